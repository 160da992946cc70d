"""What counts, said once: in SQL for what is read from rows, in Python for what is in memory already.

An item counts while it is on its checklist and its milestone on the roadmap; in the whole and in its phase only while
the milestone is not skipped. A milestone's hours count by the share of its items that are ticked: without items it
cannot be finished, and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

ITEMS_OF_MILESTONE = """
    LEFT JOIN roadmap_checklistitem i ON i.milestone_id = m.id AND i.owner_id = m.owner_id AND i.removed_at IS NULL
"""
"""Behind `roadmap_milestone m`: `COUNT(i.id)` items, `COUNT(i.done_at)` of them ticked."""

FINISHED = "(total > 0 AND done = total)"
"""Whether a row of `counted` has all its items ticked."""

SUMS = """
    SUM(done) FILTER (WHERE NOT skipped) AS done,
    SUM(total) FILTER (WHERE NOT skipped) AS total,
    SUM(total) FILTER (WHERE skipped) AS skipped,
    SUM(hours * 1.0 * done / NULLIF(total, 0)) FILTER (WHERE NOT skipped) AS worked,
    SUM(hours) FILTER (WHERE NOT skipped AND total > 0) AS hours
"""
"""What rows of `counted` add up to, as `Sums` has it; NULL for nothing."""

SUMS_OF_PHASE = """
    SUM(done) FILTER (WHERE NOT skipped AND phase_id = {phase}) AS phase_done,
    SUM(total) FILTER (WHERE NOT skipped AND phase_id = {phase}) AS phase_total,
    SUM(total) FILTER (WHERE skipped AND phase_id = {phase}) AS phase_skipped
"""
"""The same of those in one phase, without hours."""


def counted(*, of: str = "TRUE", more: str = "NULL") -> str:
    """SQL that gives a row for each milestone on the roadmaps of the owner that is its last parameter.

    Its columns are id, roadmap_id, phase_id, hours, skipped, total, done, and `more`; `of` says which milestones `m`.
    """
    return f"""
        SELECT m.id, m.roadmap_id, m.phase_id, m.hours, m.skipped_at IS NOT NULL AS skipped,
               COUNT(i.id) AS total, COUNT(i.done_at) AS done, {more}
          FROM roadmap_milestone m {ITEMS_OF_MILESTONE}
         WHERE {of} AND m.owner_id = %s AND m.removed_at IS NULL
         GROUP BY m.owner_id, m.id
    """


def finished(*, done: int, total: int) -> bool:
    """Whether a milestone with so many items, and so many of them ticked, is finished."""
    return total > 0 and done == total


def worked(hours: int, *, done: int, total: int) -> float:
    """The hours of a milestone that its ticked items stand for, whether it is skipped or not."""
    return hours * done / total if total else 0.0


class Counted(Protocol):
    """A milestone in figures: items, ticked ones, hours, and whether it is skipped."""

    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def hours(self) -> int: ...
    @property
    def skipped(self) -> bool: ...


class Sums(NamedTuple):
    """What milestones add up to: `done` and `total` items that count, `skipped` ones, hours `worked` and in all."""

    done: int
    total: int
    skipped: int
    worked: float
    hours: int


def sums_of(milestones: Iterable[Counted]) -> Sums:
    """What `SUMS` says of rows, of milestones in memory."""
    done = total = skipped = hours = 0
    work = 0.0
    for each in milestones:
        if each.skipped:
            skipped += each.total
        elif each.total:
            done += each.done
            total += each.total
            hours += each.hours
            work += worked(each.hours, done=each.done, total=each.total)
    return Sums(done, total, skipped, work, hours)
