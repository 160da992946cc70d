"""How far a roadmap has come: done ÷ (all − skipped), computed in the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from accounts.models import User
from roadmap.models import Milestone, Roadmap

ON_ROADMAP = Q(items__removed_at=None, items__milestone__removed_at=None, items__milestone__skipped_at=None)


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


@dataclass(frozen=True)
class RoadmapProgress(Progress):
    """The same for a whole roadmap, with working hours: a milestone's count by the share of its ticked items."""

    hours_done: int = 0
    hours: int = 0


@dataclass(frozen=True)
class Standing:
    """What a change of one item moves."""

    whole: RoadmapProgress
    phase: Progress
    milestone: Progress


def roadmap_progress(roadmap: Roadmap) -> RoadmapProgress:
    """The progress of a whole roadmap. One query."""
    return _standing(roadmap.pk, phase=0, milestone=0).whole


def roadmaps_progress(owner: User) -> dict[int, Progress]:
    """The progress of each roadmap of a person, by primary key. One query."""
    rows = (
        Roadmap.objects.owned_by(owner)
        .order_by()
        .annotate(
            total=Count("items", filter=ON_ROADMAP),
            done=Count("items", filter=ON_ROADMAP & Q(items__done_at__isnull=False)),
        )
        .values_list("pk", "done", "total")
    )
    return {pk: Progress(done, total) for pk, done, total in rows}


def standing(milestone: Milestone) -> Standing:
    """The progress of a milestone, its phase and its roadmap. One query, one row, whatever their size."""
    return _standing(milestone.roadmap_id, phase=milestone.phase_id, milestone=milestone.pk)


# Written out, since building this with the ORM takes longer than all the rest of a tick. A milestone's own progress
# is shown even while it is skipped; in its phase and in the whole it counts for nothing then.
STANDING = """
    WITH counted AS (
        SELECT m.id, m.phase_id, m.hours, m.skipped_at IS NOT NULL AS skipped,
               COUNT(i.id) AS total, COUNT(i.done_at) AS done
        FROM roadmap_milestone m
        LEFT JOIN roadmap_checklistitem i ON i.milestone_id = m.id AND i.removed_at IS NULL
        WHERE m.roadmap_id = %s AND m.removed_at IS NULL
        GROUP BY m.id
    )
    SELECT SUM(done) FILTER (WHERE NOT skipped),
           SUM(total) FILTER (WHERE NOT skipped),
           SUM(total) FILTER (WHERE skipped),
           SUM(hours * 1.0 * done / NULLIF(total, 0)) FILTER (WHERE NOT skipped),
           SUM(hours) FILTER (WHERE NOT skipped AND total > 0),
           SUM(done) FILTER (WHERE NOT skipped AND phase_id = %s),
           SUM(total) FILTER (WHERE NOT skipped AND phase_id = %s),
           SUM(total) FILTER (WHERE skipped AND phase_id = %s),
           SUM(done) FILTER (WHERE id = %s),
           SUM(total) FILTER (WHERE id = %s)
    FROM counted
"""


def _standing(roadmap: int, *, phase: int, milestone: int) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [roadmap, phase, phase, phase, milestone, milestone])
        row = cursor.fetchone()
    done, total, skipped, hours_done, hours, *rest = (found or 0 for found in row)
    return Standing(
        whole=RoadmapProgress(int(done), int(total), int(skipped), hours_done=round(hours_done), hours=int(hours)),
        phase=Progress(*map(int, rest[:3])),
        milestone=Progress(*map(int, rest[3:])),
    )
