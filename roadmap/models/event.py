"""What happened on a roadmap: append-only. Undo and "since you last looked" are read from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet
from roadmap.models.item import ChecklistItem
from roadmap.models.milestone import Milestone
from roadmap.models.roadmap import Roadmap


class Event(Owned):
    """One change. `before` and `after` are the two texts where a text was changed.

    Where a tick or a skip was taken back, `before` holds the moment it was made, so that undo gives that one back.
    """

    class Kind(models.TextChoices):
        """What a change did. Each pair undoes the other; a text change is undone by its `before`."""

        ITEM_DONE = "item-done", _("Ticked.")
        ITEM_UNDONE = "item-undone", _("Tick taken back.")
        ITEM_ADDED = "item-added", _("Item added.")
        ITEM_REMOVED = "item-removed", _("Item removed.")
        ITEM_RESTORED = "item-restored", _("Item is back.")
        ITEM_RENAMED = "item-renamed", _("Item changed.")
        MILESTONE_SKIPPED = "milestone-skipped", _("Milestone skipped.")
        MILESTONE_TAKEN_BACK = "milestone-taken-back", _("Milestone counts again.")
        MILESTONE_ADDED = "milestone-added", _("Milestone added.")
        MILESTONE_REMOVED = "milestone-removed", _("Milestone removed.")
        MILESTONE_RESTORED = "milestone-restored", _("Milestone is back.")
        MILESTONE_RENAMED = "milestone-renamed", _("Milestone renamed.")
        NOTES_CHANGED = "notes-changed", _("Notes saved.")
        ROADMAP_RENAMED = "roadmap-renamed", _("Roadmap renamed.")
        ROADMAP_ARCHIVED = "roadmap-archived", _("Archived.")
        ROADMAP_UNARCHIVED = "roadmap-unarchived", _("Taken back from the archive.")

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="events")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    milestone = OwnedForeignKey(Milestone, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    item = OwnedForeignKey(ChecklistItem, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=24, choices=Kind)
    at = models.DateTimeField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["roadmap", "at"], name="event_roadmap_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
