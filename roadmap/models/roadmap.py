"""A person's roadmap and its phases."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.fetching import LARGEST, fetch
from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet


class RoadmapQuerySet(OwnedQuerySet["Roadmap"]):
    """Roadmaps."""

    def active(self) -> Self:
        """Those that are not archived."""
        return self.filter(archived_at=None)


class Roadmap(Owned):
    """A person's own copy of milestones, ordered and dated, with the target and the start it was planned for.

    `role_mix` maps role keys to parts of ten, `levels` competency keys to levels, `skill_levels` the keys of those
    skills that count by themselves: judged one by one, or usual where the person starts. All else is as the person
    gave it. `size` says how much of the gap it was to close; before there were sizes that was all.
    `version` rises with every write to the roadmap or anything on it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roadmaps")
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    role_mix = models.JSONField()
    target_class = models.PositiveSmallIntegerField()
    situation = models.CharField(max_length=60)
    goal = models.CharField(max_length=60)
    hours_per_week = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    deadline_on = models.DateField(null=True, blank=True)
    size = models.CharField(max_length=12, default="thorough")
    levels = models.JSONField()
    skill_levels = models.JSONField(default=dict)
    pack = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target_class__range=(1, 3)), name="roadmap_class_1_to_3"),
            models.CheckConstraint(condition=Q(size__in=["essential", "solid", "thorough"]), name="roadmap_size_known"),
            models.CheckConstraint(condition=Q(hours_per_week__range=(1, 60)), name="roadmap_hours_1_to_60"),
            models.CheckConstraint(
                condition=Q(deadline_on=None) | Q(deadline_on__gte=F("starts_on")),
                name="roadmap_deadline_after_start",
                violation_error_message=_("The deadline must not be before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("roadmap", args=[self.pk])

    @classmethod
    def of(cls, owner_id: int, pk: int) -> Roadmap:
        """One of that person's. Raises Http404: somebody else's is as unknown as one that does not exist."""
        found = fetch(cls, "WHERE id = %s AND owner_id = %s", [pk, owner_id]) if pk <= LARGEST else []
        if not found:
            raise Http404("no such roadmap")
        return found[0]

    @property
    def title(self) -> str:
        """The title in the reader's language; one that the person gave it is the same in both."""
        return self.title_ko if get_language() == "ko" else self.title_en

    def touch(self) -> None:
        """Say that something on it changed: what was read at an older version is stale."""
        # Written out: every change ends with it, and an expression takes longer to build than to run.
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE roadmap_roadmap SET version = version + 1 WHERE id = %s AND owner_id = %s",
                [self.pk, self.owner_id],
            )
        self.version += 1

    def archive(self, *, at: datetime) -> bool:
        """Put it away; False if it was put away already."""
        return bool(self.row().filter(archived_at=None).update(archived_at=at))

    def unarchive(self) -> bool:
        """Take it back; False if it was not put away."""
        found = self.row().exclude(archived_at=None)
        return bool(found.update(archived_at=None))


class Phase(Owned):
    """A stretch of one roadmap."""

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="phases", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="phase_position_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_ko if get_language() == "ko" else self.name_en
