"""What happened on a roadmap: append-only. Undo and "since you last looked" are read from it."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet
from roadmap.models.item import ChecklistItem
from roadmap.models.milestone import Milestone
from roadmap.models.roadmap import Roadmap
from roadmap.models.share_link import ShareLink


class Kind(StrEnum):
    """What a change did. `roadmap.changes.kinds` says of each what it means."""

    ITEM_DONE = "item-done"
    ITEM_UNDONE = "item-undone"
    ITEM_ADDED = "item-added"
    ITEM_REMOVED = "item-removed"
    ITEM_RESTORED = "item-restored"
    ITEM_RENAMED = "item-renamed"
    MILESTONE_SKIPPED = "milestone-skipped"
    MILESTONE_TAKEN_BACK = "milestone-taken-back"
    MILESTONE_ADDED = "milestone-added"
    MILESTONE_REMOVED = "milestone-removed"
    MILESTONE_RESTORED = "milestone-restored"
    MILESTONE_RENAMED = "milestone-renamed"
    NOTES_CHANGED = "notes-changed"
    ROADMAP_RENAMED = "roadmap-renamed"
    ROADMAP_ARCHIVED = "roadmap-archived"
    ROADMAP_UNARCHIVED = "roadmap-unarchived"


class Actor(StrEnum):
    """Who made a change: the roadmap's owner, a guest through a share link, or Waymark itself."""

    OWNER = "owner"
    GUEST = "guest"
    SYSTEM = "system"


class Event(Owned):
    """One change, by its owner unless `actor` and `link` say otherwise.

    `number` is the roadmap's version after the change: the order of the history, whatever the clocks said.
    `before` and `after` hold the columns that it changed, as they were and as they became; events of the first
    releases have them for texts alone. `reverts` is the change that this one takes back, or the taking back that it
    takes back; changes of their own revert nothing.
    """

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="events", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    actor = models.CharField(
        max_length=6, choices=[(each.value, each.value) for each in Actor], default=Actor.OWNER, db_default=Actor.OWNER
    )
    link = OwnedForeignKey(
        ShareLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    milestone = OwnedForeignKey(Milestone, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    item = OwnedForeignKey(ChecklistItem, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=24)
    number = models.PositiveIntegerField(default=0, db_default=0)
    at = models.DateTimeField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reverts = OwnedForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="reverted_by", db_index=False
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["roadmap", "number"], name="event_of_roadmap"),
            models.Index(fields=["link"], condition=Q(link__isnull=False), name="event_of_link"),
            models.Index(fields=["reverts"], condition=Q(reverts__isnull=False), name="event_reverts"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(actor=Actor.GUEST) | Q(link=None), name="event_link_only_of_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
