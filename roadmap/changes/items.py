"""Changes of checklist items: ticked, added, removed, renamed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from roadmap.changes.history import moment, record
from roadmap.changes.holding import hold
from roadmap.changes.kinds import TEXT
from roadmap.changes.limits import room_for_item
from roadmap.changes.ordering import position_at_end
from roadmap.changes.texts import replace_text
from roadmap.models import ChecklistItem, Event, Milestone
from roadmap.models.event import Kind


def set_done(item: ChecklistItem, *, done: bool, at: datetime) -> Event | None:
    """Tick an item, or take the tick back. A second tick keeps the time of the first."""
    with transaction.atomic():
        roadmap = hold(item)
        before: datetime | None = item.row().values_list("done_at", flat=True).get()
        if (before is not None) is done:
            return None
        item.done_at = at if done else None
        item.row().update(done_at=item.done_at)
        return record(
            roadmap,
            Kind.ITEM_DONE if done else Kind.ITEM_UNDONE,
            at=at,
            milestone=item.milestone,
            item=item,
            before={"done_at": moment(before)},
            after={"done_at": moment(item.done_at)},
        )


def add_item(milestone: Milestone, text: str, *, at: datetime) -> tuple[ChecklistItem, Event]:
    """Put an item of one's own at the end of a checklist. Raises TooMany."""
    with transaction.atomic():
        roadmap = hold(milestone)
        room_for_item(milestone)
        item = ChecklistItem.objects.create(
            roadmap=roadmap,
            milestone=milestone,
            owner_id=milestone.owner_id,
            position=position_at_end(milestone.items.all()),
            text_ko=text,
            text_en=text,
        )
        event = record(
            roadmap,
            Kind.ITEM_ADDED,
            at=at,
            milestone=milestone,
            item=item,
            before={"removed_at": moment(at)},
            after={"removed_at": None},
        )
        return item, event


def remove_item(item: ChecklistItem, *, at: datetime) -> Event | None:
    """Take an item off its checklist."""
    with transaction.atomic():
        roadmap = hold(item)
        if not item.remove(at=at):
            return None
        return record(
            roadmap,
            Kind.ITEM_REMOVED,
            at=at,
            milestone=item.milestone,
            item=item,
            before={"removed_at": None},
            after={"removed_at": moment(at)},
        )


def rename_item(item: ChecklistItem, text: str, *, seen: str, at: datetime) -> Event | None:
    """Change an item's text that was `seen` before. Raises Stale if it is another one by now."""
    with transaction.atomic():
        roadmap = hold(item)
        texts = replace_text(item, TEXT, text, seen=seen)
        if texts is None:
            return None
        before, after = texts
        return record(
            roadmap, Kind.ITEM_RENAMED, at=at, milestone=item.milestone, item=item, before=before, after=after
        )
