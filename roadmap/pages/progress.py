"""How far a roadmap has come: done ÷ (all − skipped), computed in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import Self

from django.db import connection

from accounts.models import User
from roadmap.models import Milestone, Roadmap
from roadmap.models.counting import SUMS, SUMS_OF_PHASE, Sums, counted

NEARLY = 1e-6
"""So far a sum of shares may be from what it is exactly."""


@dataclass(frozen=True)
class Progress:
    """Ticked items and all that count; what was skipped is in neither, but said apart."""

    done: int
    total: int
    skipped: int = 0

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when everything is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def left(self) -> int:
        """What remains."""
        return self.total - self.done

    @property
    def finished(self) -> bool:
        """Whether nothing remains, and there was something."""
        return self.total > 0 and self.done == self.total

    def moved(self, by: int) -> Self:
        """The same after so many more ticks."""
        return replace(self, done=self.done + by)


@dataclass(frozen=True)
class RoadmapProgress(Progress):
    """The same for a whole roadmap, with working hours: a milestone's count by the share of its ticked items.

    `worked` is what the shares add up to, exact but for rounding errors.
    """

    worked: float = 0
    hours: int = 0

    @classmethod
    def of(cls, sums: Sums) -> Self:
        """The progress of milestones that add up to this."""
        return cls(sums.done, sums.total, sums.skipped, worked=sums.worked, hours=sums.hours)

    @property
    def hours_done(self) -> int:
        """Whole hours, rounded down: all of them only when every item is done, so items and hours never disagree."""
        return self.hours if self.finished else min(floor(self.worked + NEARLY), max(0, self.hours - 1))


@dataclass(frozen=True)
class Standing:
    """What a change of one item moves."""

    whole: RoadmapProgress
    phase: Progress
    milestone: Progress


def roadmap_progress(roadmap: Roadmap) -> RoadmapProgress:
    """The progress of a whole roadmap. One query."""
    return _standing(roadmap.pk, roadmap.owner_id, phase=0, milestone=0).whole


def roadmaps_progress(owner: User) -> dict[int, Progress]:
    """The progress of each roadmap of a person, by primary key. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ROADMAPS, [owner.pk, owner.pk])
        return {pk: Progress(int(done or 0), int(total or 0), int(skipped or 0)) for pk, done, total, skipped in cursor}


def standing(milestone: Milestone) -> Standing:
    """The progress of a milestone, its phase and its roadmap. One query, one row, whatever their size."""
    return _standing(milestone.roadmap_id, milestone.owner_id, phase=milestone.phase_id, milestone=milestone.pk)


# Written out, since building this with the ORM takes longer than all the rest of a tick. A milestone's own progress
# is shown even while it is skipped; in its phase and in the whole it counts for nothing then.
STANDING = f"""
    {SUMS}, {SUMS_OF_PHASE},
    SUM(done) FILTER (WHERE id = {{milestone}}) AS own_done,
    SUM(total) FILTER (WHERE id = {{milestone}}) AS own_total
"""
"""What rows of `counted` say of a whole roadmap, of `{phase}` and of `{milestone}`."""

STANDING_OF = f"""
    SELECT {STANDING.format(phase="%s", milestone="%s")} FROM ({counted(of="m.roadmap_id = %s")}) counted
"""

ROADMAPS = f"""
    SELECT r.id, sums.done, sums.total, sums.skipped
      FROM roadmap_roadmap r
      LEFT JOIN (SELECT roadmap_id, {SUMS} FROM ({counted()}) counted GROUP BY roadmap_id) sums
        ON sums.roadmap_id = r.id
     WHERE r.owner_id = %s
"""


def _standing(roadmap: int, owner: int, *, phase: int, milestone: int) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING_OF, [phase, phase, phase, milestone, milestone, roadmap, owner])
        return standing_of(cursor.fetchone())


def standing_of(row: tuple[float | None, ...]) -> Standing:
    """What a row of `STANDING` says."""
    done, total, skipped, worked, hours, *rest = (found or 0 for found in row)
    return Standing(
        whole=RoadmapProgress.of(Sums(int(done), int(total), int(skipped), float(worked), int(hours))),
        phase=Progress(*map(int, rest[:3])),
        milestone=Progress(*map(int, rest[3:])),
    )
