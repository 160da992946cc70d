"""The history: what was changed is recorded, taken back and done again.

Undo is a stack. Taking a change back records another event that `reverts` it; taking that one back does the change
again. Each writes the columns that the kind of the change holds, and only over what the change itself had left there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_datetime

from roadmap.changes.holding import hold
from roadmap.changes.kinds import KINDS, REMOVED
from roadmap.changes.limits import room_for_item, room_for_milestones
from roadmap.models import ChecklistItem, Event, Milestone, Roadmap
from roadmap.models.event import Kind

State = dict[str, Any]
"""Columns and their values, as an event holds them: texts, or moments in ISO format."""


class Stale(Exception):
    """What was to be changed is not as it was when it was read. `current` is the text that stands there now."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__("it was changed meanwhile")


def moment(at: datetime | None) -> str | None:
    """A moment as an event holds it."""
    return at.isoformat() if at else None


def record(
    roadmap: Roadmap,
    kind: Kind,
    *,
    at: datetime,
    before: State,
    after: State,
    milestone: Milestone | None = None,
    item: ChecklistItem | None = None,
    reverts: Event | None = None,
) -> Event:
    """Remember a change of a roadmap that is held, and say that the roadmap is another one now."""
    event = Event.objects.create(
        roadmap=roadmap,
        owner_id=roadmap.owner_id,
        kind=kind,
        number=roadmap.version + 1,
        at=at,
        before=before,
        after=after,
        milestone=milestone,
        item=item,
        reverts=reverts,
    )
    roadmap.touch()
    return event


def undo(event: Event, *, at: datetime) -> Event | None:
    """Take a change back, or do again what `event` took back.

    None if that is so already. Raises Stale if something else stands there by now, TooMany if there is no room for
    what would come back, and Gone.
    """
    with transaction.atomic():
        roadmap = hold(event)
        change, again = _change_of(event)
        if change.before is None or change.after is None:
            raise Stale("")  # Of a release that did not keep both.
        taken_back = taken_back_of(change)
        if (taken_back is not None) is not again:
            return None
        kind = Kind(change.kind) if again else KINDS[Kind(change.kind)].opposite
        before, after = (change.before, change.after) if again else (change.after, change.before)
        if not _write(change, roadmap, before, after):
            return None
        return record(
            roadmap,
            kind,
            at=at,
            before=before,
            after=after,
            milestone=change.milestone,
            item=change.item,
            reverts=taken_back if again else change,
        )


def taken_back_of(change: Event) -> Event | None:
    """The event by which a change is taken back now, if it is."""
    again = Event.objects.filter(owner_id=OuterRef("owner_id"), reverts_id=OuterRef("pk"))
    return Event.objects.filter(reverts=change).filter(~Exists(again)).first()


def _change_of(event: Event) -> tuple[Event, bool]:
    """The change that an event speaks of, and whether undoing the event means doing the change again."""
    if event.reverts is None:
        return event, False
    return (event.reverts, True) if event.reverts.reverts is None else (event.reverts.reverts, False)


def _write(change: Event, roadmap: Roadmap, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Set what a change holds from `before` to `after`; False if all of it is so already."""
    about = KINDS[Kind(change.kind)]
    rows = _rows(change, roadmap)
    changed = 0
    for row in rows.order_by("pk"):
        there = {column: getattr(row, column) for column in about.holds}
        if there == {column: _value(column, after[column]) for column in about.holds}:
            continue
        if there != {column: _value(column, before[column]) for column in about.holds}:
            raise Stale(str(next(iter(there.values())) or ""))
        if about.holds == REMOVED and after["removed_at"] is None:
            _make_room(row, roadmap)
        changed += row.row().update(**{column: _value(column, after[column]) for column in about.holds})
    return changed > 0


def _rows(change: Event, roadmap: Roadmap) -> QuerySet[Any]:
    """The rows that a change moved."""
    about = KINDS[Kind(change.kind)]
    if about.subject is Roadmap:
        return roadmap.row()
    if about.subject is ChecklistItem:
        return ChecklistItem.objects.filter(owner_id=change.owner_id, pk__in=[change.item_id])
    several = (change.after or {}).get("milestones") or [change.milestone_id]
    return Milestone.objects.filter(owner_id=change.owner_id, pk__in=several)


def _make_room(row: ChecklistItem | Milestone, roadmap: Roadmap) -> None:
    if isinstance(row, ChecklistItem):
        room_for_item(row.milestone)
    else:
        room_for_milestones(roadmap)


def _value(column: str, held: Any) -> Any:
    return parse_datetime(held) if held and column.endswith("_at") else held
