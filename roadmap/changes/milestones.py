"""Changes of milestones: skipped, added, removed, renamed, noted on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from roadmap.changes.history import moment, record
from roadmap.changes.holding import hold
from roadmap.changes.kinds import NOTES, TITLE
from roadmap.changes.limits import room_for_milestones
from roadmap.changes.ordering import position_after, position_of
from roadmap.changes.texts import replace_text
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap
from roadmap.models.event import Kind


def set_skipped(milestone: Milestone, *, skipped: bool, at: datetime) -> Event | None:
    """Leave a milestone out of the progress, or count it again."""
    with transaction.atomic():
        roadmap = hold(milestone)
        before: datetime | None = milestone.row().values_list("skipped_at", flat=True).get()
        if (before is not None) is skipped:
            return None
        milestone.skipped_at = at if skipped else None
        milestone.row().update(skipped_at=milestone.skipped_at)
        return record(
            roadmap,
            Kind.MILESTONE_SKIPPED if skipped else Kind.MILESTONE_TAKEN_BACK,
            at=at,
            milestone=milestone,
            before={"skipped_at": moment(before)},
            after={"skipped_at": moment(milestone.skipped_at)},
        )


def add_milestone(
    phase: Phase, title: str, items: list[str], *, hours: int, starts_on: date, ends_on: date, at: datetime
) -> tuple[Milestone, Event]:
    """Put a milestone of one's own into a phase, behind the last that starts no later. Raises TooMany."""
    with transaction.atomic():
        roadmap = hold(phase)
        room_for_milestones(roadmap)
        there = Milestone.objects.filter(phase=phase)
        earlier = there.filter(removed_at=None, starts_on__lte=starts_on).order_by("-position")
        milestone = Milestone.objects.create(
            roadmap=roadmap,
            owner_id=phase.owner_id,
            phase=phase,
            position=position_after(there, earlier.values_list("pk", flat=True).first()),
            title_ko=title,
            title_en=title,
            hours=hours,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        ChecklistItem.objects.bulk_create(
            ChecklistItem(
                roadmap=roadmap,
                milestone=milestone,
                owner_id=phase.owner_id,
                position=position_of(number),
                text_ko=text,
                text_en=text,
            )
            for number, text in enumerate(items)
        )
        return milestone, record_added(roadmap, [milestone], at=at)


def record_added(roadmap: Roadmap, milestones: Sequence[Milestone], *, at: datetime) -> Event:
    """Say that milestones were put on a roadmap: one change, which one undo takes back."""
    several = {"milestones": [milestone.pk for milestone in milestones]} if len(milestones) > 1 else {}
    return record(
        roadmap,
        Kind.MILESTONE_ADDED,
        at=at,
        milestone=milestones[0],
        before={"removed_at": moment(at), **several},
        after={"removed_at": None, **several},
    )


def remove_milestone(milestone: Milestone, *, at: datetime) -> Event | None:
    """Take a milestone off its roadmap."""
    with transaction.atomic():
        roadmap = hold(milestone)
        if not milestone.remove(at=at):
            return None
        return record(
            roadmap,
            Kind.MILESTONE_REMOVED,
            at=at,
            milestone=milestone,
            before={"removed_at": None},
            after={"removed_at": moment(at)},
        )


def rename_milestone(milestone: Milestone, title: str, *, seen: str, at: datetime) -> Event | None:
    """Change a milestone's title that was `seen` before. Raises Stale if it is another one by now."""
    return _replace(milestone, Kind.MILESTONE_RENAMED, TITLE, title, seen=seen, at=at)


def write_notes(milestone: Milestone, notes: str, *, seen: str, at: datetime) -> Event | None:
    """Change a milestone's notes that were `seen` before. Raises Stale if they are others by now."""
    return _replace(milestone, Kind.NOTES_CHANGED, NOTES, notes, seen=seen, at=at)


def _replace(
    milestone: Milestone, kind: Kind, columns: tuple[str, ...], text: str, *, seen: str, at: datetime
) -> Event | None:
    with transaction.atomic():
        roadmap = hold(milestone)
        texts = replace_text(milestone, columns, text, seen=seen)
        if texts is None:
            return None
        before, after = texts
        return record(roadmap, kind, at=at, milestone=milestone, before=before, after=after)
