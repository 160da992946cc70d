"""How far a roadmap has come: done ÷ (all − skipped), computed in the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce, NullIf

from accounts.models import User
from roadmap.models import Milestone, Roadmap

COUNTED = Q(skipped_at=None)
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
    found = _counted(roadmap).aggregate(**_sums("whole", Q()), **_hours())
    return RoadmapProgress(**_progress(found, "whole"), hours_done=round(found["hours_done"]), hours=found["hours"])


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
    found = _counted(milestone.roadmap).aggregate(
        **_sums("whole", Q()),
        **_sums("phase", Q(phase_id=milestone.phase_id)),
        **_sums("milestone", Q(pk=milestone.pk), skipped=True),
        **_hours(),
    )
    return Standing(
        whole=RoadmapProgress(**_progress(found, "whole"), hours_done=round(found["hours_done"]), hours=found["hours"]),
        phase=Progress(**_progress(found, "phase")),
        milestone=Progress(**_progress(found, "milestone")),
    )


def _counted(roadmap: Roadmap) -> QuerySet[Milestone]:
    return Milestone.objects.filter(roadmap=roadmap, removed_at=None).with_progress().order_by()


def _sums(name: str, part: Q, *, skipped: bool = False) -> dict[str, Coalesce]:
    counted = part if skipped else part & COUNTED
    return {
        f"{name}_done": Coalesce(Sum("done", filter=counted), 0),
        f"{name}_total": Coalesce(Sum("total", filter=counted), 0),
        f"{name}_skipped": Coalesce(Sum("total", filter=part & ~COUNTED), 0),
    }


def _hours() -> dict[str, Coalesce]:
    share = Cast("done", FloatField()) / NullIf(F("total"), 0)
    return {
        "hours_done": Coalesce(Sum(F("hours") * share, filter=COUNTED, output_field=FloatField()), 0.0),
        "hours": Coalesce(Sum("hours", filter=COUNTED & Q(total__gt=0)), 0),
    }


def _progress(found: dict[str, int], name: str) -> dict[str, int]:
    return {part: found[f"{name}_{part}"] for part in ("done", "total", "skipped")}
