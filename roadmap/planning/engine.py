"""From a profile and a target to ordered, dated, explained steps. Pure and deterministic.

`select` finds what is needed, `order` puts it into a sequence, `explain` says why, `schedule` gives it weeks; `plan`
does all of it. The same input gives the same plan to the day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from roadmap.planning.reasons import explain
from roadmap.planning.schedule import NOTHING, Segment, end_of, schedule
from roadmap.planning.selection import select
from roadmap.planning.sequence import order
from roadmap.planning.steps import Profile, Reason, Step

DAYS = 7
ROUNDING = 1e-6
"""So much of a day is nothing: numbers of the machine end a hair before or behind midnight."""
MOST_HOURS = 60
"""The most working hours that anybody's week has."""


@dataclass(frozen=True)
class Planned:
    """A step of a plan. The days are calendar days, `ends_on` inclusive."""

    step: Step
    reason: Reason
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Plan:
    """The whole route in order.

    `late` holds the keys that end after the deadline; `hours_to_fit` is the fewest hours a week with which none would,
    None where no week has so many.
    """

    steps: tuple[Planned, ...]
    starts_on: date
    hours_per_week: int
    deadline_on: date | None
    late: frozenset[str]
    hours_to_fit: int | None
    segments: tuple[Segment, ...]

    @property
    def hours(self) -> int:
        """All working hours."""
        return sum(planned.step.hours for planned in self.steps)

    @property
    def ends_on(self) -> date:
        """The last day; the first one if there is nothing to do."""
        return max((planned.ends_on for planned in self.steps), default=self.starts_on)

    @property
    def weeks(self) -> int:
        """How many weeks it takes, begun ones counted."""
        return ceil(end_of(self.segments) - NOTHING)

    def week(self, number: int) -> dict[str, float]:
        """The working hours of each step in one week; weeks count from 0 at the first day."""
        found: dict[str, float] = {}
        for segment in self.segments:
            shared = min(segment.end, number + 1) - max(segment.start, number)
            if shared > NOTHING:
                found[segment.key] = found.get(segment.key, 0) + shared * segment.rate
        return found


def plan(
    steps: Iterable[Step], profile: Profile, *, starts_on: date, hours_per_week: int, deadline_on: date | None = None
) -> Plan:
    """The plan of a profile. Raises CyclicPrerequisites, naming the keys that wait for one another."""
    ordered = order(select(steps, profile), profile.gaps)
    reasons = explain(ordered, profile)
    while not all(reasons.values()):  # What others have closed by its turn, and nothing waits for, is not needed.
        ordered = [step for step in ordered if reasons[step.key]]
        reasons = explain(ordered, profile)
    segments = schedule(ordered, hours_per_week)
    starts = {s.key: s.start for s in reversed(segments)}
    ends = {s.key: s.end for s in segments}
    planned = []
    for step in sorted(ordered, key=lambda s: (s.phase, starts[s.key], s.companion, s.key)):
        first = floor(starts[step.key] * DAYS + ROUNDING)
        last = max(first, ceil(ends[step.key] * DAYS - ROUNDING) - 1)
        planned.append(
            Planned(step, reasons[step.key], starts_on + timedelta(days=first), starts_on + timedelta(days=last))
        )
    late = frozenset(p.step.key for p in planned if deadline_on and p.ends_on > deadline_on)
    hours_to_fit = None
    if late and deadline_on:
        hours_to_fit = hours_within(ordered, (deadline_on - starts_on).days + 1, more_than=hours_per_week)
    return Plan(tuple(planned), starts_on, hours_per_week, deadline_on, late, hours_to_fit, tuple(segments))


def hours_within(ordered: Sequence[Step], days: int, *, more_than: int) -> int | None:
    """The fewest hours a week, more than so many, with which all ends within so many days; None if none would do."""
    if days < 1:
        return None
    hours = sum(step.hours for step in ordered)
    candidates = range(max(more_than + 1, ceil(hours * DAYS / days)), MOST_HOURS + 1)

    def fits(per_week: int) -> bool:
        return ceil(end_of(schedule(ordered, per_week)) * DAYS - ROUNDING) <= days

    found = bisect_left(candidates, True, key=fits)
    return candidates[found] if found < len(candidates) else None
