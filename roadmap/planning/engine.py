"""From a profile and a target to ordered, dated, explained steps. Pure and deterministic.

`select` finds what is worth something, `sizes` and `within_weeks` how much of it there is time for, `order` puts it
into a sequence, `explain` says why, `schedule` gives it weeks; a `Planner` does all of it. The same input gives the
same plan to the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from assessments.targets import mastered
from roadmap.planning.choice import Choice
from roadmap.planning.fitting import within_weeks
from roadmap.planning.reasons import explain
from roadmap.planning.schedule import NOTHING, Segment, end_of, lay, schedule
from roadmap.planning.selection import select
from roadmap.planning.sequence import Stairs, order
from roadmap.planning.sizes import Size, sizes
from roadmap.planning.steps import Profile, Reason, Step

DAYS = 7
ROUNDING = 1e-6
"""So much of a day is nothing: numbers of the machine end a hair before or behind midnight."""
TRIES = 4
"""So often a sequence is put otherwise for what stands back from a deadline."""
MOST_HOURS = 60
"""The most working hours that anybody's week has."""


@dataclass(frozen=True)
class Planned:
    """A step of a plan. `phase` is the one of the route, from 0; the days are calendar days, `ends_on` inclusive."""

    step: Step
    reason: Reason
    phase: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Outlook:
    """What a size takes: working hours, weeks, its last day, and the share of the weighted gap that it closes."""

    hours: int
    weeks: int
    ends_on: date
    share: float


@dataclass(frozen=True)
class Plan:
    """The whole route in order.

    `share` is the part of the weighted gap that it closes, of what all steps together would. `left_out` is what its
    size would have had and the deadline leaves no time for, `wished` the share with these. `late` holds the keys that
    end after the deadline all the same; `hours_to_fit` is the fewest hours a week with which nothing would be left out
    or late, None where no week has so many.
    """

    steps: tuple[Planned, ...]
    starts_on: date
    hours_per_week: int
    deadline_on: date | None
    size: Size
    share: float
    wished: float
    left_out: tuple[Step, ...]
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
        return _weeks(self.segments)

    def week(self, number: int) -> dict[str, float]:
        """The working hours of each step in one week; weeks count from 0 at the first day."""
        found: dict[str, float] = {}
        for segment in self.segments:
            shared = min(segment.end, number + 1) - max(segment.start, number)
            if shared > NOTHING:
                found[segment.key] = found.get(segment.key, 0) + shared * segment.rate
        return found


class Planner:
    """The plans that one person could have, of every size."""

    def __init__(self, steps: Iterable[Step], profile: Profile) -> None:
        """Raises CyclicPrerequisites, as its plans do, naming the keys that wait for one another."""
        steps = list(steps)
        selection = select(steps, profile)
        self.profile = profile
        # What only lays the ground leaves nothing that one would have to have at hand.
        self.mastered = {step.key for step in steps if step.phase and mastered(step.raises, profile.levels)}
        self.proofs = selection.proofs
        self.choice = Choice(selection, profile)
        self.sizes = sizes(self.choice)
        self._lines: dict[tuple[int, int], _Line] = {}

    def outlook(self, *, starts_on: date, hours_per_week: int) -> dict[Size, Outlook]:
        """What each size takes and closes, whatever the deadline."""
        lines = {size: self._line(bits, hours_per_week) for size, bits in self.sizes.items()}
        return {
            size: Outlook(line.hours, line.weeks, starts_on + timedelta(days=max(0, line.days - 1)), self._share(bits))
            for (size, line), bits in zip(lines.items(), self.sizes.values(), strict=True)
        }

    def plan(self, *, starts_on: date, hours_per_week: int, deadline_on: date | None, size: Size) -> Plan:
        """The plan of that size, or what of all steps fits before the deadline."""
        wished = kept = self.sizes[size]
        line = self._line(wished, hours_per_week)
        hours_to_fit = None
        if deadline_on is not None:
            days = (deadline_on - starts_on).days + 1
            if line.days > days:
                hours_to_fit = _hours_within(line, days)
                kept = self._within(days, hours_per_week)
                line = self._line(kept, hours_per_week)
            line = line.ahead_of(days)
        reasons = explain(
            line.sequence.steps,
            self.profile,
            stairs=line.stairs,
            proofs=self.proofs,
            mastered=self.mastered - {step.key for step in line.sequence.steps},
        )
        planned = tuple(
            Planned(step, reasons[step.key], phase, starts_on + timedelta(days=first), starts_on + timedelta(days=last))
            for step, phase, first, last in line.by_phase()
        )
        return Plan(
            steps=planned,
            starts_on=starts_on,
            hours_per_week=hours_per_week,
            deadline_on=deadline_on,
            size=size,
            share=self._share(kept),
            wished=self._share(wished),
            left_out=tuple(self.choice.of(wished & ~kept)),
            late=frozenset(p.step.key for p in planned if deadline_on and p.ends_on > deadline_on),
            hours_to_fit=hours_to_fit,
            segments=tuple(line.segments),
        )

    def _line(self, bits: int, hours_per_week: int) -> _Line:
        """A set on its line of weeks, laid once: a plan and the outlook ask for the same."""
        if (bits, hours_per_week) not in self._lines:
            self._lines[bits, hours_per_week] = _Line(self.choice, bits, hours_per_week)
        return self._lines[bits, hours_per_week]

    def _share(self, bits: int) -> float:
        total = self.choice.closed(self.sizes[Size.THOROUGH])
        return self.choice.closed(bits) / total if total else 1.0

    def _within(self, days: int, hours_per_week: int) -> int:
        """What is kept of all steps where there are only so many days."""
        if days < 1:
            return self.choice.must
        return within_weeks(
            self.choice,
            self.sizes[Size.THOROUGH],
            weeks=days / DAYS + ROUNDING,
            hours_per_week=hours_per_week,
            ends=lambda bits: _Line(self.choice, bits, hours_per_week, quickly=True).ends,
        )


class _Line:
    """A set of steps in a sequence, on a line of weeks; `quickly` leaves open whether fewer hours would end sooner."""

    def __init__(self, choice: Choice, bits: int, hours_per_week: int, *, quickly: bool = False) -> None:
        self.hours = choice.hours(bits)
        self.hours_per_week = hours_per_week
        self.stairs: Stairs = choice.stairs(bits)
        self._steps, self._gaps, self._lay = choice.of(bits), choice.profile.gaps, lay if quickly else schedule
        self._order({})

    def _order(self, due: Mapping[str, float]) -> None:
        self.sequence = order(self._steps, self._gaps, self.stairs, due)
        self.segments = self._lay(self.sequence.steps, self.sequence.waits, self.hours_per_week)

    def ahead_of(self, days: int) -> _Line:
        """The same with what stands back from a deadline in so many days moved ahead, as far as that can be."""
        due = {s.key: (days / DAYS - s.before_deadline) for s in self._steps if s.before_deadline is not None}
        hours = {key: weeks * self.hours_per_week for key, weeks in due.items()}
        found = self
        for _ in range(TRIES):
            ends = found.ends
            late = {key: ends[key] - weeks for key, weeks in due.items() if ends[key] > weeks + ROUNDING}
            if not late:
                break
            # What runs beside takes hours too, so that there are fewer of them before that day than it seems.
            hours |= {key: hours[key] - over * self.hours_per_week for key, over in late.items()}
            other = copy(self)
            other._order(hours)
            if found.days <= days < other.days:
                break  # All of it in time comes first.
            found = other
        return found

    @property
    def ends(self) -> dict[str, float]:
        """When each step is done, in weeks."""
        return {segment.key: segment.end for segment in self.segments}

    @property
    def days(self) -> int:
        """How many days all of it takes."""
        return _days(self.segments)

    @property
    def weeks(self) -> int:
        """How many weeks it takes, begun ones counted."""
        return _weeks(self.segments)

    def by_phase(self) -> Iterable[tuple[Step, int, int, int]]:
        """The steps as the route shows them, each with its phase there and the numbers of its first and last day.

        A phase is one of the route: what comes after something of a later phase is done in that, unless the other was
        only moved ahead.
        """
        starts = {s.key: s.start for s in reversed(self.segments)}
        ends, phases, phase = self.ends, {}, 0
        for step in self.sequence.steps:
            phases[step.key] = max(phase, step.phase)
            if step.key not in self.sequence.moved:
                phase = phases[step.key]
        for step in sorted(self.sequence.steps, key=lambda s: (phases[s.key], starts[s.key], s.companion, s.key)):
            first = floor(starts[step.key] * DAYS + ROUNDING)
            yield step, phases[step.key], first, max(first, ceil(ends[step.key] * DAYS - ROUNDING) - 1)


def _weeks(segments: Iterable[Segment]) -> int:
    return ceil(end_of(segments) - NOTHING)


def _days(segments: Iterable[Segment]) -> int:
    return ceil(end_of(segments) * DAYS - ROUNDING)


def _hours_within(line: _Line, days: int) -> int | None:
    """The fewest hours a week, more than there are, with which all ends within so many days; None if none would do.

    More hours end no plan later, so the first that would do are the fewest.
    """
    if days < 1:
        return None
    least = max(line.hours_per_week + 1, ceil(line.hours * DAYS / days))
    sequence = line.sequence
    fitting = (n for n in range(least, MOST_HOURS + 1) if _days(lay(sequence.steps, sequence.waits, n)) <= days)
    return next(fitting, None)
