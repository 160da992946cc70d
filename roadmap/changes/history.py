"""Every change of a roadmap: one short transaction that writes what changed, an event, and a new version.

Each function returns the event that `undo` takes back, or None when nothing changed: what is wanted twice is done once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap

Kind = Event.Kind
MAX_ITEMS = 40
MAX_MILESTONES = 300

OPPOSITE = {
    Kind.ITEM_DONE: Kind.ITEM_UNDONE,
    Kind.ITEM_UNDONE: Kind.ITEM_DONE,
    Kind.ITEM_ADDED: Kind.ITEM_REMOVED,
    Kind.ITEM_REMOVED: Kind.ITEM_RESTORED,
    Kind.ITEM_RESTORED: Kind.ITEM_REMOVED,
    Kind.MILESTONE_SKIPPED: Kind.MILESTONE_TAKEN_BACK,
    Kind.MILESTONE_TAKEN_BACK: Kind.MILESTONE_SKIPPED,
    Kind.MILESTONE_ADDED: Kind.MILESTONE_REMOVED,
    Kind.MILESTONE_REMOVED: Kind.MILESTONE_RESTORED,
    Kind.MILESTONE_RESTORED: Kind.MILESTONE_REMOVED,
    Kind.ROADMAP_ARCHIVED: Kind.ROADMAP_UNARCHIVED,
    Kind.ROADMAP_UNARCHIVED: Kind.ROADMAP_ARCHIVED,
}
"""What takes back what. A changed text is not here: it is taken back by the text before it."""


class TooMany(Exception):
    """There are as many already as there may be."""


class Stale(Exception):
    """A text was changed by somebody else since it was read. `current` is what is stored now."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__("the text was changed meanwhile")


def set_done(item: ChecklistItem, *, done: bool, at: datetime) -> Event | None:
    """Tick an item or take the tick back."""
    with transaction.atomic():
        if not (item.tick(at=at) if done else item.untick()):
            return None
        before = None if done else _moment(item.done_at)
        item.done_at = at if done else None
        return _record(item.milestone, Kind.ITEM_DONE if done else Kind.ITEM_UNDONE, at=at, item=item, before=before)


def set_skipped(milestone: Milestone, *, skipped: bool, at: datetime) -> Event | None:
    """Leave a milestone out of the progress, or count it again."""
    with transaction.atomic():
        if not (milestone.skip(at=at) if skipped else milestone.take_back()):
            return None
        before = None if skipped else _moment(milestone.skipped_at)
        milestone.skipped_at = at if skipped else None
        kind = Kind.MILESTONE_SKIPPED if skipped else Kind.MILESTONE_TAKEN_BACK
        return _record(milestone, kind, at=at, before=before)


def add_item(milestone: Milestone, text: str, *, at: datetime) -> tuple[ChecklistItem, Event]:
    """Put an item of one's own at the end of a checklist. Raises TooMany."""
    with transaction.atomic():
        if milestone.items.on_checklist().count() >= MAX_ITEMS:
            raise TooMany
        last = milestone.items.aggregate(last=Max("position"))["last"]
        item = ChecklistItem.objects.create(
            roadmap=milestone.roadmap,
            milestone=milestone,
            owner_id=milestone.owner_id,
            position=0 if last is None else last + 1,
            text_ko=text,
            text_en=text,
        )
        return item, _record(milestone, Kind.ITEM_ADDED, at=at, item=item)


def remove_item(item: ChecklistItem, *, at: datetime) -> Event | None:
    """Take an item off its checklist."""
    with transaction.atomic():
        return _record(item.milestone, Kind.ITEM_REMOVED, at=at, item=item) if item.remove(at=at) else None


def rename_item(item: ChecklistItem, text: str, *, seen: str, at: datetime) -> Event | None:
    """Change an item's text that was `seen` before. Raises Stale if it is another one by now."""
    with transaction.atomic():
        change = _replace_text(item, ("text_ko", "text_en"), text, seen=seen)
        return _record(item.milestone, Kind.ITEM_RENAMED, at=at, item=item, **change) if change else None


def add_milestone(
    phase: Phase, title: str, items: list[str], *, hours: int, starts_on: date, ends_on: date, at: datetime
) -> tuple[Milestone, Event]:
    """Put a milestone of one's own into a phase, after what starts before it. Raises TooMany."""
    with transaction.atomic():
        if Milestone.objects.filter(roadmap=phase.roadmap_id, removed_at=None).count() >= MAX_MILESTONES:
            raise TooMany
        last = Milestone.objects.filter(phase=phase, starts_on__lte=starts_on).aggregate(last=Max("position"))["last"]
        milestone = Milestone.objects.create(
            roadmap=phase.roadmap,
            owner_id=phase.owner_id,
            phase=phase,
            position=0 if last is None else last,
            title_ko=title,
            title_en=title,
            hours=hours,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        ChecklistItem.objects.bulk_create(
            ChecklistItem(
                roadmap=phase.roadmap,
                milestone=milestone,
                owner_id=phase.owner_id,
                position=number,
                text_ko=text,
                text_en=text,
            )
            for number, text in enumerate(items)
        )
        return milestone, _record(milestone, Kind.MILESTONE_ADDED, at=at)


def record_added(milestones: Sequence[Milestone], *, at: datetime) -> Event:
    """Say that milestones were put on a roadmap: one change, which one undo takes back."""
    first, *others = milestones
    after = {"milestones": [milestone.pk for milestone in milestones]} if others else None
    return _record(first, Kind.MILESTONE_ADDED, at=at, after=after)


def remove_milestone(milestone: Milestone, *, at: datetime) -> Event | None:
    """Take a milestone off its roadmap."""
    with transaction.atomic():
        return _record(milestone, Kind.MILESTONE_REMOVED, at=at) if milestone.remove(at=at) else None


def rename_milestone(milestone: Milestone, title: str, *, seen: str, at: datetime) -> Event | None:
    """Change a milestone's title that was `seen` before. Raises Stale if it is another one by now."""
    with transaction.atomic():
        change = _replace_text(milestone, ("title_ko", "title_en"), title, seen=seen)
        return _record(milestone, Kind.MILESTONE_RENAMED, at=at, **change) if change else None


def write_notes(milestone: Milestone, notes: str, *, seen: str, at: datetime) -> Event | None:
    """Change a milestone's notes that were `seen` before. Raises Stale if they are others by now."""
    with transaction.atomic():
        change = _replace_text(milestone, ("notes",), notes, seen=seen)
        return _record(milestone, Kind.NOTES_CHANGED, at=at, **change) if change else None


def rename_roadmap(roadmap: Roadmap, title: str, *, seen: str, at: datetime) -> Event | None:
    """Change a roadmap's title that was `seen` before. Raises Stale if it is another one by now."""
    with transaction.atomic():
        change = _replace_text(roadmap, ("title_ko", "title_en"), title, seen=seen)
        return _record_on(roadmap, Kind.ROADMAP_RENAMED, at=at, **change) if change else None


def set_archived(roadmap: Roadmap, *, archived: bool, at: datetime) -> Event | None:
    """Put a roadmap away or take it back."""
    with transaction.atomic():
        if not (roadmap.archive(at=at) if archived else roadmap.unarchive()):
            return None
        return _record_on(roadmap, Kind.ROADMAP_ARCHIVED if archived else Kind.ROADMAP_UNARCHIVED, at=at)


def undo(event: Event, *, at: datetime) -> Event | None:
    """Take a change back. None if it was taken back already; raises Stale if a later change stands on its text."""
    with transaction.atomic():
        if Kind(event.kind) in TEXTS:
            return _undo_text(event, at=at)
        kind = OPPOSITE[Kind(event.kind)]
        item, milestone = event.item, event.milestone
        before, first = None, _first_moment(event) or at
        changed = False
        match kind:
            case Kind.ITEM_DONE if item:
                changed = item.tick(at=first)
            case Kind.ITEM_UNDONE if item:
                before, changed = _moment(item.done_at), item.untick()
            case Kind.ITEM_REMOVED if item:
                changed = item.remove(at=at)
            case Kind.ITEM_RESTORED if item:
                changed = item.restore()
            case Kind.MILESTONE_SKIPPED if milestone:
                changed = milestone.skip(at=first)
            case Kind.MILESTONE_TAKEN_BACK if milestone:
                before, changed = _moment(milestone.skipped_at), milestone.take_back()
            case Kind.MILESTONE_REMOVED if milestone:
                changed = sum(each.remove(at=at) for each in _milestones_of(event)) > 0
            case Kind.MILESTONE_RESTORED if milestone:
                changed = sum(each.restore() for each in _milestones_of(event)) > 0
            case Kind.ROADMAP_ARCHIVED:
                changed = event.roadmap.archive(at=at)
            case Kind.ROADMAP_UNARCHIVED:
                changed = event.roadmap.unarchive()
        if not changed:
            return None
        return _record_on(event.roadmap, kind, at=at, milestone=milestone, item=item, before=before, after=event.after)


def _milestones_of(event: Event) -> list[Milestone]:
    """All the milestones that a change moved; it names them where they are several."""
    if event.after:
        return list(Milestone.objects.filter(roadmap=event.roadmap, pk__in=event.after["milestones"]))
    return [event.milestone] if event.milestone else []


def _moment(at: datetime | None) -> dict[str, str] | None:
    """When a tick or a skip was made, kept while it is taken back."""
    return {"at": at.isoformat()} if at else None


def _first_moment(event: Event) -> datetime | None:
    return datetime.fromisoformat(event.before["at"]) if event.before else None


TEXTS = {
    Kind.ITEM_RENAMED: ("text_ko", "text_en"),
    Kind.MILESTONE_RENAMED: ("title_ko", "title_en"),
    Kind.NOTES_CHANGED: ("notes",),
    Kind.ROADMAP_RENAMED: ("title_ko", "title_en"),
}
"""The columns in which each kind of text is held."""


def _undo_text(event: Event, *, at: datetime) -> Event | None:
    row = event.item or event.milestone or event.roadmap
    before: dict[str, str] = event.before or {}
    found = _locked(row, TEXTS[Kind(event.kind)])
    if found == before:
        return None
    if found != event.after:
        raise Stale(next(iter(found.values())))
    type(row)._default_manager.filter(pk=row.pk).update(**before)
    return _record_on(
        event.roadmap,
        Kind(event.kind),
        at=at,
        milestone=event.milestone,
        item=event.item,
        before=event.after,
        after=before,
    )


def _replace_text(
    row: ChecklistItem | Milestone | Roadmap, fields: tuple[str, ...], text: str, *, seen: str
) -> dict[str, Any] | None:
    """Write `text` into every one of `fields` if `seen` still stands in one of them; the texts before and after."""
    before = _locked(row, fields)
    after = dict.fromkeys(fields, text)
    if before == after or text == seen:
        return None
    if seen not in before.values():
        raise Stale(next(iter(before.values())))
    type(row)._default_manager.filter(pk=row.pk).update(**after)
    for field in fields:
        setattr(row, field, text)
    return {"before": before, "after": after}


def _locked(row: ChecklistItem | Milestone | Roadmap, fields: tuple[str, ...]) -> dict[str, str]:
    """The texts as they are stored, held until the transaction ends."""
    found: dict[str, str] = type(row)._default_manager.select_for_update().values(*fields).get(pk=row.pk)
    return found


def _record(milestone: Milestone, kind: Event.Kind, *, at: datetime, **rest: Any) -> Event:
    return _record_on(milestone.roadmap, kind, at=at, milestone=milestone, **rest)


def _record_on(roadmap: Roadmap, kind: Event.Kind, *, at: datetime, **rest: Any) -> Event:
    event = Event.objects.create(roadmap=roadmap, owner_id=roadmap.owner_id, kind=kind, at=at, **rest)
    roadmap.touch()
    return event
