"""The items of a milestone's checklist."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from accounts.models import User
from accounts.owned import Owned, OwnedForeignKey, OwnedQuerySet
from roadmap.models.milestone import Milestone
from roadmap.models.roadmap import Roadmap


class ChecklistItemQuerySet(OwnedQuerySet["ChecklistItem"]):
    """Checklist items."""

    def owned_by(self, user: User) -> Self:
        """Those of one person that can be seen on a roadmap."""
        return self.filter(owner=user, removed_at=None, milestone__removed_at=None)

    def on_checklist(self) -> Self:
        """Those that were not removed, in order."""
        return self.filter(removed_at=None).order_by("position", "pk")


class ChecklistItem(Owned):
    """The smallest thing to tick. `template` is the key of the template's item, empty for one's own."""

    roadmap = OwnedForeignKey(Roadmap, on_delete=models.CASCADE, related_name="items")
    milestone = OwnedForeignKey(Milestone, on_delete=models.CASCADE, related_name="items", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.IntegerField()
    template = models.CharField(max_length=60, blank=True)
    text_ko = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["milestone", "position"], name="item_position_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What is to be done, in the reader's language."""
        return self.text_ko if get_language() == "ko" else self.text_en

    def tick(self, *, at: datetime) -> bool:
        """Mark it done and keep the first time; False if it was done already."""
        return bool(self.row().filter(done_at=None).update(done_at=at))

    def untick(self) -> bool:
        """Mark it not done; False if it was not."""
        return bool(self.row().exclude(done_at=None).update(done_at=None))

    def remove(self, *, at: datetime) -> bool:
        """Take it off the checklist; False if it was off already."""
        return bool(self.row().filter(removed_at=None).update(removed_at=at))

    def restore(self) -> bool:
        """Put it back where it was; False if it was there."""
        return bool(self.row().exclude(removed_at=None).update(removed_at=None))
