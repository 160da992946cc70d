"""How far a roadmap has come: done ÷ (all − skipped), computed in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import Self

from django.db import connection
from django.db.models import Count, Q

from accounts.models import User
from roadmap.models import Milestone, Roadmap
from roadmap.models.counting import COUNTED, MILESTONE_COUNTS

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
    rows = (
        Roadmap.objects.owned_by(owner)
        .order_by()
        .values("owner_id", "pk")
        .annotate(
            total=Count("items", filter=COUNTED),
            done=Count("items", filter=COUNTED & Q(items__done_at__isnull=False)),
        )
        .values_list("pk", "done", "total")
    )
    return {pk: Progress(done, total) for pk, done, total in rows}


def standing(milestone: Milestone) -> Standing:
    """The progress of a milestone, its phase and its roadmap. One query, one row, whatever their size."""
    return _standing(milestone.roadmap_id, milestone.owner_id, phase=milestone.phase_id, milestone=milestone.pk)


# Written out, since building this with the ORM takes longer than all the rest of a tick. A milestone's own progress
# is shown even while it is skipped; in its phase and in the whole it counts for nothing then.
SUMS = """
    SUM(done) FILTER (WHERE NOT skipped) AS done,
    SUM(total) FILTER (WHERE NOT skipped) AS total,
    SUM(total) FILTER (WHERE skipped) AS skipped,
    SUM(hours * 1.0 * done / NULLIF(total, 0)) FILTER (WHERE NOT skipped) AS worked,
    SUM(hours) FILTER (WHERE NOT skipped AND total > 0) AS hours,
    SUM(done) FILTER (WHERE NOT skipped AND phase_id = {phase}) AS phase_done,
    SUM(total) FILTER (WHERE NOT skipped AND phase_id = {phase}) AS phase_total,
    SUM(total) FILTER (WHERE skipped AND phase_id = {phase}) AS phase_skipped,
    SUM(done) FILTER (WHERE id = {milestone}) AS own_done,
    SUM(total) FILTER (WHERE id = {milestone}) AS own_total
"""
COLUMNS = 10
STANDING = f"""
    SELECT {SUMS.format(phase="%s", milestone="%s")} FROM ({MILESTONE_COUNTS.format(roadmap="%s")}) counted
"""


def _standing(roadmap: int, owner: int, *, phase: int, milestone: int) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [phase, phase, phase, milestone, milestone, roadmap, owner])
        return standing_of(cursor.fetchone())


def standing_of(sums: tuple[float | None, ...]) -> Standing:
    """What a row of `SUMS` says."""
    done, total, skipped, worked, hours, *rest = (found or 0 for found in sums)
    return Standing(
        whole=RoadmapProgress(int(done), int(total), int(skipped), worked=float(worked), hours=int(hours)),
        phase=Progress(*map(int, rest[:3])),
        milestone=Progress(*map(int, rest[3:])),
    )
