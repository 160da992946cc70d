"""Changes of checklist items: ticked, added, removed, renamed."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection, transaction

from roadmap.changes.history import moment, record
from roadmap.changes.holding import hold
from roadmap.changes.kinds import TEXT
from roadmap.changes.limits import room_for_item
from roadmap.changes.ordering import position_at_end
from roadmap.changes.texts import replace_text
from roadmap.models import ChecklistItem, Event, Milestone
from roadmap.models.event import Kind

# Written out: it is what people do most, and expressions take longer to build than to run.
TOUCH = "UPDATE roadmap_roadmap SET version = version + 1 WHERE id = %s AND owner_id = %s AND version = %s"
SET_DONE = "UPDATE roadmap_checklistitem SET done_at = %s WHERE id = %s AND owner_id = %s"
RECORD = """INSERT INTO roadmap_event
    (owner_id, roadmap_id, milestone_id, item_id, actor, kind, number, at, before, after)
    VALUES (%s, %s, %s, %s, 'owner', %s, %s, %s, %s, %s) RETURNING id
"""


def tick(item: ChecklistItem, *, done: bool, at: datetime, version: int) -> int | None:
    """Set an item that is not yet as wanted; the primary key of the event.

    `item` was read with the `version` of its roadmap. None, and nothing is written, if there is another one by now:
    who holds the roadmap and reads again will find it.
    """
    then = at if done else None
    before, after = (json.dumps({"done_at": moment(each)}) for each in (item.done_at, then))
    kind = Kind.ITEM_DONE if done else Kind.ITEM_UNDONE
    adapted = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TOUCH, [item.roadmap_id, item.owner_id, version])
        if cursor.rowcount != 1:
            return None
        cursor.execute(SET_DONE, [adapted(then), item.pk, item.owner_id])
        where = [item.owner_id, item.roadmap_id, item.milestone_id, item.pk]
        cursor.execute(RECORD, [*where, str(kind), version + 1, adapted(at), before, after])
        event: int = cursor.fetchone()[0]
        return event


def set_done(item: ChecklistItem, *, done: bool, at: datetime) -> Event | None:
    """Tick an item, or take the tick back, whatever was read of it. A second tick keeps the time of the first."""
    with transaction.atomic():
        roadmap = hold(item)
        item.done_at = item.row().values_list("done_at", flat=True).get()
        if (item.done_at is not None) is done:
            return None
        tick(item, done=done, at=at, version=roadmap.version)
        item.done_at = at if done else None
        return Event.objects.filter(roadmap=roadmap).latest("number")


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
