"""From a profile and a target to ordered, dated, explained steps. Pure and deterministic.

`select` finds what is needed, `order` puts it into a sequence, `explain` says why, `schedule` gives it days; `plan`
does all of it. Working hours are exact fractions, so that the same input gives the same plan to the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from roadmap.planning.reasons import explain
from roadmap.planning.schedule import Segment, schedule
from roadmap.planning.selection import select
from roadmap.planning.sequence import order
from roadmap.planning.steps import Profile, Reason, Step

DAYS = 7


@dataclass(frozen=True)
class Planned:
    """A step of a plan. The days are calendar days, `ends_on` inclusive."""

    step: Step
    reason: Reason
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Plan:
    """The whole route in order. `late` holds the keys that end after the deadline; `hours_to_fit` would be enough."""

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
        return ceil(Fraction(self.hours, self.hours_per_week))

    def week(self, number: int) -> dict[str, Fraction]:
        """The working hours of each step in one week; weeks count from 0 at the first day."""
        low, high = number * self.hours_per_week, (number + 1) * self.hours_per_week
        found: dict[str, Fraction] = {}
        for segment in self.segments:
            shared = min(segment.end, Fraction(high)) - max(segment.start, Fraction(low))
            if shared > 0:
                found[segment.key] = found.get(segment.key, Fraction(0)) + shared * segment.share
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
    segments = schedule(ordered)
    starts = {s.key: s.start for s in reversed(segments)}
    ends = {s.key: s.end for s in segments}
    planned = []
    for step in sorted(ordered, key=lambda s: (s.phase, starts[s.key], s.companion, s.key)):
        first = floor(starts[step.key] * DAYS / hours_per_week)
        last = max(first, ceil(ends[step.key] * DAYS / hours_per_week) - 1)
        planned.append(
            Planned(step, reasons[step.key], starts_on + timedelta(days=first), starts_on + timedelta(days=last))
        )
    late = frozenset(p.step.key for p in planned if deadline_on and p.ends_on > deadline_on)
    hours_to_fit = None
    if late and deadline_on and deadline_on >= starts_on:
        days = (deadline_on - starts_on).days + 1
        hours_to_fit = ceil(Fraction(sum(s.hours for s in ordered) * DAYS, days))
    return Plan(tuple(planned), starts_on, hours_per_week, deadline_on, late, hours_to_fit, tuple(segments))
