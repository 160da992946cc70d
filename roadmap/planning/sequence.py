"""The sequence of a plan: what comes before what. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.targets import Gap
from roadmap.planning.steps import CyclicPrerequisites, Step

PRACTICE_IN_A_ROW = 2
"""After so many steps of practice a foundation that is free comes next."""

COMPETENCY_IN_A_ROW = 3
"""After so many main steps of one competency one of another comes next, where one is free."""

SHORT = 20
"""A plan begins with a step of so many hours at most, where one is free: the first thing done is not far away."""

Waits = Mapping[str, frozenset[str]]
"""What each step comes after."""

Stairs = Mapping[str, Sequence[frozenset[str]]]
"""For each step, and each skill that it raises, the steps that lead to the level from which it goes on."""


@dataclass(frozen=True)
class Ordered:
    """Steps one after another, what each of them waits for, and which were `moved` ahead for a day that is set."""

    steps: tuple[Step, ...]
    waits: Waits
    moved: frozenset[str]


def order(
    steps: Collection[Step], gaps: Mapping[str, Gap], stairs: Stairs, due: Mapping[str, float] | None = None
) -> Ordered:
    """Put `steps` into a sequence.

    Prerequisites come first, and before a step what stands in its `after` and one of each of its `stairs`, as far as
    these do not wait for the step. Then phase by phase what the situation asks for, what takes its weeks whenever it
    begins, and the largest weighted gap per hour; a step inherits the worth of what it unlocks. The first step of all
    is short. A free foundation comes after PRACTICE_IN_A_ROW steps of practice, another competency after
    COMPETENCY_IN_A_ROW of one. Companions wait for main steps, never the other way round. What is `due` after so many
    working hours is moved ahead, with all that it waits for, no sooner than it must be.
    """
    by_key = {step.key: step for step in steps}
    hard = {step.key: frozenset(step.requires) & by_key.keys() for step in steps}
    waits = {key: needed | frozenset(by_key[key].after) & by_key.keys() for key, needed in hard.items()}
    worth = _worth(by_key, hard, gaps)
    every = {key: needed.union(*stairs.get(key, ())) for key, needed in waits.items()}
    press = _Press(by_key, every, due or {})
    ordered: list[Step] = []
    placed: set[str] = set()
    row = _Row()

    def first(among: Iterable[Step]) -> Step:
        return min(among, key=lambda step: (not _of_the_start(step), not step.pace, -worth[step.key], step.key))

    while len(ordered) < len(by_key):
        left = [step for step in by_key.values() if step.key not in placed]
        free = [step for step in left if waits[step.key] <= placed]
        free = [step for step in free if all(group & placed for group in stairs.get(step.key, ()))] or free
        free = free or [step for step in left if hard[step.key] <= placed]
        if not free:
            raise CyclicPrerequisites(", ".join(sorted(by_key.keys() - placed)))
        chosen = first(row.next_of(free))
        pressing = press.keys(placed, chosen)
        if pressing and (hurried := [step for step in free if step.key in pressing]):
            chosen = first(row.next_of(hurried))
            press.moved.add(chosen.key)
        ordered.append(chosen)
        placed.add(chosen.key)
        row.add(chosen)
    return Ordered(tuple(ordered), _kept(ordered, every), frozenset(press.moved))


class _Press:
    """What has to be done after so many hours at the latest. `moved` are the steps that came ahead for it."""

    def __init__(self, by_key: Mapping[str, Step], waits: Waits, due: Mapping[str, float]) -> None:
        self.by_key = by_key
        self.needed = {key: _all_before(key, waits) for key in due if key in by_key}
        self.due = due
        self.moved: set[str] = set()

    def keys(self, placed: set[str], chosen: Step) -> frozenset[str]:
        """What must go on now, since after `chosen` there would be too few hours left for it; none where there are."""
        spent = self._hours(placed)
        for key in sorted(self.needed, key=lambda key: (self.due[key], key)):
            left = self.needed[key] - placed
            if left and chosen.key not in left and spent + chosen.hours + self._hours(left) > self.due[key]:
                return left
        return frozenset()

    def _hours(self, keys: Iterable[str]) -> int:
        return sum(self.by_key[key].hours for key in keys)


def _all_before(key: str, waits: Waits) -> frozenset[str]:
    """A step and all that it waits for, directly or not."""
    found, waiting = {key}, [key]
    while waiting:
        new = waits[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found)


def _of_the_start(step: Step) -> bool:
    """Whether it is what the situation asks for: school comes first for who goes to it."""
    return step.always and bool(step.situations)


class _Row:
    """The main steps that came last: how many of practice, and how many of one competency."""

    def __init__(self) -> None:
        self.begun = False
        self.practice = 0
        self.competency, self.of_it = "", 0

    def next_of(self, free: list[Step]) -> list[Step]:
        """Those from which the next one is taken: of the first phase that has any, unless they are all of one kind."""
        if self.of_it >= COMPETENCY_IN_A_ROW:
            free = [step for step in free if step.beside or step.competency != self.competency] or free
        phase = min(step.phase for step in free)
        now = [step for step in free if step.phase == phase]
        main = [step for step in now if not step.companion]
        if not self.begun:
            short = [step for step in main if step.hours <= SHORT or step.pace]
            now = main = short or main or now
        hungry = [step for step in main if step.foundation]
        return hungry if self.practice >= PRACTICE_IN_A_ROW and hungry else now

    def add(self, step: Step) -> None:
        """Go on after a step."""
        if step.beside:
            return
        self.begun = True
        self.practice = 0 if step.foundation else self.practice + 1
        self.of_it = self.of_it + 1 if step.competency == self.competency else 1
        self.competency = step.competency


def _kept(ordered: Collection[Step], waits: Waits) -> Waits:
    """What each step waits for and comes after; main steps never wait for what they do not require and runs beside."""
    before: set[str] = set()
    beside = {step.key for step in ordered if step.companion}
    found = {}
    for step in ordered:
        freed = frozenset() if step.companion else beside - set(step.requires)
        found[step.key] = (waits[step.key] & before) - freed
        before.add(step.key)
    return found


def _worth(by_key: Mapping[str, Step], waits: Waits, gaps: Mapping[str, Gap]) -> dict[str, float]:
    """Weighted gap per hour of each step, or of the best that waits for it."""
    worth = {
        key: sum(gaps[skill].size for skill in step.raises if skill in gaps) / step.hours
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
