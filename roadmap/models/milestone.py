"""What is on a roadmap: milestones and the items of their checklists.

Texts are held in both languages, as they were copied; what a person writes is the same in both.
What is removed keeps its row until the roadmap is deleted, so that it can be taken back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet
from roadmap.models.base import Base
from roadmap.models.roadmap import Phase, Roadmap


class MilestoneQuerySet(OwnedQuerySet["Milestone"]):
    """Milestones."""

    def owned_by(self, user: User) -> Self:
        """Those of one person that were not removed."""
        return self.filter(owner=user, removed_at=None)

    def on(self, roadmap: Roadmap) -> Self:
        """Those of one roadmap that were not removed, in the order of the route."""
        # The phase is found by its roadmap too: PostgreSQL would read the whole table while it is small.
        found = self.filter(roadmap=roadmap, phase__roadmap=roadmap, removed_at=None)
        return found.order_by("phase__position", "position", "pk")


class Milestone(Owned):
    """A piece of a roadmap that can be finished. `hours` are working hours; the days are inclusive.

    `template` is the key of what it was copied from, empty for a milestone of one's own; `base` is what that said,
    not known of copies from the first releases. `reason` is the planner's reason as data; `resources` are keys of the
    catalogue, so that a link that moved is right for everybody.
    """

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="milestones")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    phase = OwnedForeignKey(Phase, on_delete=models.CASCADE, related_name="milestones", db_index=False)
    position = models.IntegerField()
    template = models.CharField(max_length=60, blank=True)
    base = models.ForeignKey(
        Base, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, db_default=None
    )
    pack_version = models.CharField(max_length=20, blank=True)
    competency = models.CharField(max_length=60, blank=True)
    activity = models.CharField(max_length=60, blank=True)
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    outcome_ko = models.CharField(max_length=300, blank=True)
    outcome_en = models.CharField(max_length=300, blank=True)
    hours = models.PositiveSmallIntegerField()
    companion = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.JSONField(default=dict)
    resources = models.JSONField(default=list)
    notes = models.TextField(_("notes"), max_length=20000, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="milestone_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__range=(1, 1000)), name="milestone_hours_1_to_1000"),
            models.UniqueConstraint(fields=["phase", "position"], name="milestone_position_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its address on its roadmap."""
        return reverse("milestone", args=[self.roadmap_id, self.pk])

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_ko if get_language() == "ko" else self.title_en

    @property
    def outcome(self) -> str:
        """The outcome in the reader's language."""
        return self.outcome_ko if get_language() == "ko" else self.outcome_en

    @property
    def own(self) -> bool:
        """Whether the person wrote it themselves."""
        return not self.template

    @property
    def raises(self) -> bool:
        """Whether it leads above the level at which the person stood in some skill when it was put here."""
        return bool(self.reason.get("closes"))

    def skip(self, *, at: datetime) -> bool:
        """Leave it out of the progress; False if it was left out already."""
        return bool(self.row().filter(skipped_at=None).update(skipped_at=at))

    def take_back(self) -> bool:
        """Count it again; False if it was counted anyway."""
        return bool(self.row().exclude(skipped_at=None).update(skipped_at=None))

    def remove(self, *, at: datetime) -> bool:
        """Take it off the roadmap; False if it was off already."""
        return bool(self.row().filter(removed_at=None).update(removed_at=at))

    def restore(self) -> bool:
        """Put it back where it was; False if it was there."""
        return bool(self.row().exclude(removed_at=None).update(removed_at=None))
