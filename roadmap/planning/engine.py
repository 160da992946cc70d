"""From a profile and a target to ordered, dated, explained steps. Pure and deterministic.

`select` finds what is needed and why, `order` puts it into a sequence, `schedule` gives it days; `plan` does all
three. Working hours are exact fractions, so that the same input gives the same plan to the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from assessments.targets import RELEVANT, Gap, mastered, relevance

COMPANION_SHARE = Fraction(1, 5)  # What a companion takes of the time while the main track runs.
PRACTICE_IN_A_ROW = 2  # After so many steps of practice a foundation that is free comes next.
DAYS = 7


class CyclicPrerequisites(Exception):
    """Steps that wait for one another; the keys are the message."""


@dataclass(frozen=True)
class Step:
    """What the planner knows of a milestone template. `phase` counts from 0; `hours` are working hours."""

    key: str
    hours: int
    phase: int
    raises: Mapping[str, int]
    requires: tuple[str, ...] = ()
    roles: Mapping[str, int] = field(default_factory=dict)
    companion: bool = False
    foundation: bool = False
    activity: str | None = None
    always: bool = False
    goals: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()

    def suits(self, profile: Profile) -> bool:
        """Whether it is meant for this situation and goal at all."""
        return (not self.goals or profile.goal in self.goals) and (
            not self.situations or profile.situation in self.situations
        )


@dataclass(frozen=True)
class Profile:
    """Who plans: the mix they aim at, levels by skill, gaps to the target, where they start and want to go."""

    mix: Mapping[str, int]
    levels: Mapping[str, int]
    gaps: Mapping[str, Gap]
    situation: str
    goal: str


@dataclass(frozen=True)
class Closes:
    """A part of a gap that a step closes, and the roles of the mix that ask for it, the most demanding first."""

    skill: str
    start: int
    to: int
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why a step is in a plan, as data, so that both languages can say it. In a plan it is never empty."""

    closes: tuple[Closes, ...] = ()
    unlocks: tuple[str, ...] = ()
    proves: str | None = None
    for_goal: str | None = None
    for_situation: str | None = None

    def __bool__(self) -> bool:
        """Whether any part says something."""
        return bool(self.closes or self.unlocks or self.proves or self.for_goal or self.for_situation)


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


@dataclass(frozen=True)
class Segment:
    """A stretch of work on one step: from `start` to `end` in hours of the whole plan, at `share` of one's time."""

    key: str
    start: Fraction
    end: Fraction
    share: Fraction


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


def select(steps: Iterable[Step], profile: Profile) -> list[Step]:
    """The steps that are needed, in the order given: what closes a gap, what goal or situation ask for, and
    the prerequisites of these that the person does not master yet."""
    eligible = [step for step in steps if step.suits(profile)]
    by_key = {step.key: step for step in eligible}
    relevant = [step for step in eligible if relevance(step.roles, profile.mix) >= RELEVANT]
    wanted = {step.key for step in relevant if step.always}
    for gap in profile.gaps.values():
        if gap.to > gap.level:
            wanted.update(_chain(relevant, gap))
    wanted = _without_doubles(wanted, by_key, profile)
    waiting = sorted(wanted)
    while waiting:
        for key in by_key[waiting.pop()].requires:
            if key in by_key and key not in wanted and not mastered(by_key[key].raises, profile.levels):
                wanted.add(key)
                waiting.append(key)
    return [step for step in eligible if step.key in wanted]


def _chain(steps: Iterable[Step], gap: Gap) -> list[str]:
    """The steps that lead through one gap: those between level and target, or the next one above if there is none."""
    above = [step for step in steps if step.raises.get(gap.skill, 0) > gap.level]
    within = [step for step in above if step.raises[gap.skill] <= gap.to]
    if not within and above:
        nearest = min(step.raises[gap.skill] for step in above)
        within = [step for step in above if step.raises[gap.skill] == nearest]
    return [step.key for step in within]


def _without_doubles(wanted: set[str], by_key: Mapping[str, Step], profile: Profile) -> set[str]:
    """Leave out a step whose every gain others bring too; what proves an activity or unlocks another one stays."""
    kept = set(wanted)

    def gains(step: Step) -> set[tuple[str, int]]:
        levels = profile.levels
        return {(skill, level) for skill, level in step.raises.items() if level > levels.get(skill, 0)}

    for key in sorted(wanted, key=lambda key: (-by_key[key].hours, key)):
        step = by_key[key]
        if step.always or step.activity or any(key in by_key[other].requires for other in kept):
            continue
        others: set[tuple[str, int]] = set().union(*(gains(by_key[other]) for other in kept if other != key))
        if gains(step) <= others:
            kept.discard(key)
    return kept


def order(steps: Sequence[Step], gaps: Mapping[str, Gap]) -> list[Step]:
    """Put `steps` into a sequence: prerequisites first, then phase by phase the largest weighted gap per hour.

    A step inherits the worth of what it unlocks. After `PRACTICE_IN_A_ROW` steps of practice a free foundation of
    the same phase comes next. Companions wait for main steps, never the other way round.
    """
    by_key = {step.key: step for step in steps}
    waits = {step.key: {key for key in step.requires if key in by_key} for step in steps}
    worth = _worth(by_key, waits, gaps)
    ordered: list[Step] = []
    placed: set[str] = set()
    practice = 0
    while len(ordered) < len(steps):
        free = [step for step in steps if step.key not in placed and waits[step.key] <= placed]
        if not free:
            raise CyclicPrerequisites(", ".join(sorted(set(by_key) - placed)))
        phase = min(step.phase for step in free)
        now = [step for step in free if step.phase == phase]
        hungry = [step for step in now if step.foundation and not step.companion]
        if practice >= PRACTICE_IN_A_ROW and hungry:
            now = hungry
        chosen = min(now, key=lambda step: (-worth[step.key], step.key))
        ordered.append(chosen)
        placed.add(chosen.key)
        if not chosen.companion:
            practice = 0 if chosen.foundation else practice + 1
    return ordered


def _worth(by_key: Mapping[str, Step], waits: Mapping[str, set[str]], gaps: Mapping[str, Gap]) -> dict[str, Fraction]:
    """Weighted gap per hour of each step, or of the best that waits for it."""
    worth = {
        key: Fraction(sum(gaps[skill].size for skill in step.raises if skill in gaps), step.hours)
        for key, step in by_key.items()
    }
    for _ in by_key:
        changed = False
        for key, needed in waits.items():
            for other in needed:
                if worth[other] < worth[key]:
                    worth[other], changed = worth[key], True
        if not changed:
            break
    return worth


def explain(ordered: Sequence[Step], profile: Profile) -> dict[str, Reason]:
    """Why each step is there. Levels rise along the sequence, so each one says from where it leads to where.

    What lies above the target is no gap: a step that only goes on from there needs another reason.
    """
    running = dict(profile.levels)
    reasons = {}
    for step in ordered:
        closes = []
        for skill, level in sorted(step.raises.items()):
            gap = profile.gaps.get(skill)
            if gap and running.get(skill, 0) < min(gap.to, level):
                closes.append(Closes(skill, running.get(skill, 0), level, gap.roles))
            running[skill] = max(running.get(skill, 0), level)
        reasons[step.key] = Reason(
            closes=tuple(closes),
            unlocks=tuple(other.key for other in ordered if step.key in other.requires),
            proves=step.activity,
            for_goal=profile.goal if step.always and step.goals else None,
            for_situation=profile.situation if step.always and step.situations else None,
        )
    return reasons


def schedule(ordered: Sequence[Step]) -> list[Segment]:
    """Lay the steps on a line of working hours: main steps one after the other, companions slowly beside them.

    A companion starts when its prerequisites are done and the main track has come to its phase. All of one's time is
    always in use, so the line is as long as the sum of the hours whatever the weekly hours are: more hours a week
    never end anything later.
    """
    main = [step for step in ordered if not step.companion]
    companions = [step for step in ordered if step.companion]
    left = {step.key: Fraction(step.hours) for step in ordered}
    keys = set(left)
    done: set[str] = set()
    segments: list[Segment] = []
    now = Fraction(0)
    beside: Step | None = None
    while main or companions:
        if beside is None:
            reached = [s for s in companions if not main or s.phase <= main[0].phase]
            beside = next((s for s in reached if keys.intersection(s.requires) <= done), None)
        working = [(main[0], 1 - COMPANION_SHARE), (beside, COMPANION_SHARE)] if main and beside else []
        if not working:
            alone = main[0] if main else beside
            if alone is None:
                raise CyclicPrerequisites(", ".join(step.key for step in companions))
            working = [(alone, Fraction(1))]
        length = min(left[step.key] / share for step, share in working)
        for step, share in working:
            segments.append(Segment(step.key, now, now + length, share))
            left[step.key] -= length * share
            if not left[step.key]:
                done.add(step.key)
        now += length
        if main and main[0].key in done:
            main.pop(0)
        if beside and beside.key in done:
            companions.remove(beside)
            beside = None
    return segments
