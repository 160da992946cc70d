"""An assessment: what somebody answered, and what came out when they finished it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User

KEPT = timedelta(days=30)
"""How long a visitor's assessment is kept after its last answer; the session that leads to it ends earlier."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def owned_by(self, user: User) -> Self:
        """Those of one person."""
        return self.filter(owner=user)

    def visitors(self, ids: list[int]) -> Self:
        """Those among `ids` that nobody owns: what a visitor's session names."""
        return self.filter(owner=None, pk__in=ids)

    def open(self) -> Self:
        """Those that are not finished."""
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        """Those with a result, the last one first."""
        return self.exclude(finished_at=None).order_by("-finished_at", "-pk")

    def abandoned(self, now: datetime) -> Self:
        """What visitors left behind."""
        return self.filter(owner=None, touched_at__lt=now - KEPT)


class Assessment(models.Model):
    """Somebody's answers at one time. A visitor's has no owner, and is found by their session.

    `result` is what `results.Result` kept when it was finished: it stays readable when the pack moves on.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assessments", null=True, blank=True
    )
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    result: Any = models.JSONField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["touched_at"], condition=Q(owner=None), name="assessment_abandoned")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(finished_at=None, owner__isnull=False), name="one_open_assessment"
            ),
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


class Answer(models.Model):
    """One answer: which question (`kind` and `key`, see `questionnaire`) and which of its options."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "kind", "key"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.kind}.{self.key}: {self.value}"


class DeclinedLevel(models.Model):
    """A proposed level that somebody did not accept; it is not proposed again."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    skill = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    declined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "skill", "level"], name="level_declined_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="declined_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"
