"""An assessment: what somebody answered, and what came out when they finished it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet

KEPT = timedelta(days=30)
"""How long a visitor's assessment is kept after its last answer; the session that leads to it ends earlier."""


class AssessmentQuerySet(OwnedQuerySet["Assessment"]):
    """Assessments."""

    def of(self, owner_id: int | None) -> Self:
        """Those of a person, or of a visitor by their number; none of nobody's."""
        return self.none() if owner_id is None else self.filter(owner_id=owner_id)

    def open(self) -> Self:
        """Those that are not finished."""
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        """Those with a result, the last one first."""
        return self.exclude(finished_at=None).order_by("-finished_at", "-pk")

    def abandoned(self, now: datetime) -> Self:
        """What visitors left behind."""
        return self.filter(owner_id__lt=0, touched_at__lt=now - KEPT)


class Assessment(Owned):
    """Somebody's answers at one time. A visitor's has their number for an owner, which is below zero and no person's.

    `result` is what `results.Result` kept when it was finished: it stays readable when the pack moves on.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assessments", db_constraint=False
    )
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    result: Any = models.JSONField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["touched_at"], condition=Q(owner__lt=0), name="assessment_abandoned")]
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(finished_at=None), name="one_open_assessment"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, result__isnull=True)
                | Q(finished_at__isnull=False, result__isnull=False),
                name="assessment_finished_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finished_at or self.started_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of its result."""
        return reverse("assessment-result", args=[self.pk])


class Answer(Owned):
    """One answer: which question (`kind` and `key`, see `questionnaire`) and which of its options."""

    assessment = OwnedForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    answered_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "kind", "key"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.kind}.{self.key}: {self.value}"


class DeclinedLevel(Owned):
    """A proposed level that somebody did not accept; it is not proposed again."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    skill = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    declined_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "skill", "level"], name="level_declined_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="declined_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"
