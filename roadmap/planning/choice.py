"""Sets of steps among which a plan is chosen: what they close, what they need, and how they grow. Pure.

Sets are the bits of whole numbers, in the order of the steps' keys: thousands of them are looked at for one plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from roadmap.planning.selection import Selection, missing
from roadmap.planning.steps import Profile, Step


class Choice:
    """The steps that are worth something to one person. `must` holds those that every plan has, with what they need.

    By the number of a step, `required` is the set of what it requires and the person does not master, and `groups` are
    the sets of which it needs one step each: what it requires, and its stairs.
    """

    def __init__(self, selection: Selection, profile: Profile) -> None:
        self.profile = profile
        self.steps = selection.steps
        self.bit = {step.key: 1 << number for number, step in enumerate(self.steps)}
        by_key = {step.key: step for step in self.steps}
        required = [missing(step, by_key, profile) for step in self.steps]
        self.required = [self.bits(keys) for keys in required]
        self._closure = _closures(self.required)
        self._worth = [_worth(step, profile) for step in self.steps]
        self._raising: dict[str, int] = {}
        for number, step in enumerate(self.steps):
            for skill in step.raises:
                self._raising[skill] = self._raising.get(skill, 0) | 1 << number
        self._stairs = [tuple(self._stairs_of(number)) for number in range(len(self.steps))]
        self.groups = [
            (*map(self.bit.__getitem__, keys), *stairs) for keys, stairs in zip(required, self._stairs, strict=True)
        ]
        self.must = self.closed_under(self.bits(selection.must))

    # Sets

    def bits(self, keys: Iterable[str]) -> int:
        """The set of these keys, as far as they are in the choice."""
        found = 0
        for key in keys:
            found |= self.bit.get(key, 0)
        return found

    def of(self, bits: int) -> list[Step]:
        """The steps of a set, by key."""
        return [self.steps[number] for number in numbers(bits)]

    def step(self, key: str) -> Step:
        """One step."""
        return self.steps[self.bit[key].bit_length() - 1]

    def hours(self, bits: int) -> int:
        """The working hours of a set."""
        return sum(self.steps[number].hours for number in numbers(bits))

    # What a set closes

    def closed(self, bits: int) -> int:
        """How much of the weighted gap a set closes, in tenths of a level."""
        return sum(self._reached(bits).values())

    def _reached(self, bits: int) -> dict[str, int]:
        """The same by skill."""
        reached: dict[str, int] = {}
        for number in numbers(bits):
            for skill, worth in self._worth[number].items():
                if worth > reached.get(skill, 0):
                    reached[skill] = worth
        return reached

    def lost(self, number: int, rest: int) -> int:
        """How much less a set closes without a step of it; `rest` is what stays."""
        found = 0
        for skill, worth in self._worth[number].items():
            other = max((self._worth[n].get(skill, 0) for n in numbers(self._raising[skill] & rest)), default=0)
            found += max(0, worth - other)
        return found

    # What a set needs

    def _stairs_of(self, number: int) -> Iterator[int]:
        """For each skill that a step raises, the steps that lead to the level from which it goes on.

        What waits for the step itself, or stands in a later phase, cannot lead to it.
        """
        step = self.steps[number]
        for skill, level in step.raises.items():
            below: dict[int, int] = {}
            for other in numbers(self._raising[skill]):
                leads = self.steps[other]
                if (
                    self.profile.levels.get(skill, 0) < leads.raises[skill] < level
                    and leads.phase <= step.phase
                    and not self._closure[other] & 1 << number
                ):
                    below[leads.raises[skill]] = below.get(leads.raises[skill], 0) | 1 << other
            if below:
                yield below[max(below)]

    def stairs(self, bits: int) -> dict[str, list[frozenset[str]]]:
        """For each step of a set, and each skill, the others in it that lead to the level from which it goes on."""
        return {
            self.steps[number].key: [
                frozenset(step.key for step in self.of(group & bits)) for group in self._stairs[number]
            ]
            for number in numbers(bits)
        }

    def without(self, gone: int, bits: int) -> int:
        """A set without some steps and without what needs them."""
        rest = bits & ~gone
        while stranded := [n for n in numbers(rest) if any(not group & rest for group in self.groups[n])]:
            for number in stranded:
                rest &= ~(1 << number)
        return rest

    def closed_under(self, bits: int, having: int = 0) -> int:
        """A set with all that it needs and is not in `having`.

        Where one of several would do and none is there, the one on the shortest way comes in.
        """
        found, waiting = bits, list(numbers(bits))
        while waiting:
            for group in self.groups[waiting.pop()]:
                if not group & (found | having):
                    number = min(numbers(group), key=self._way.__getitem__)
                    found |= 1 << number
                    waiting.append(number)
        return found

    @cached_property
    def _way(self) -> list[tuple[int, str]]:
        """The hours of each step with what it requires, and its key."""
        return [(self.hours(closure), step.key) for closure, step in zip(self._closure, self.steps, strict=True)]

    def without_idle(self, bits: int, *, keep: int = 0, least: int | None = None) -> int:
        """A set without the steps that nothing in it needs and without which it closes `least`, or as much as before.

        What takes longest goes first; what is in `keep` stays.
        """
        closed = self.closed(bits)
        spare = closed - (closed if least is None else least)
        longest = sorted(numbers(bits & ~keep), key=lambda n: (-self.steps[n].hours, self.steps[n].key))
        while True:
            for number in longest:
                rest = bits & ~(1 << number)
                if rest == bits or any(not group & rest for n in numbers(rest) for group in self.groups[n]):
                    continue
                lost = self.lost(number, rest)
                if lost <= spare:
                    bits, spare = rest, spare - lost
                    break
            else:
                return bits

    # How a set grows

    def grown(
        self, bits: int, *, among: int, least: float | None = None, hours: int | None = None, bent: float = 1.0
    ) -> int:
        """A set that takes in, again and again, what closes most an hour with all that it needs.

        It grows until it closes `least`, until nothing more would fit into `hours`, or nothing of `among` closes more.
        `bent` below 1 counts hours for less.
        """
        spent, reached = self.hours(bits), self._reached(bits)
        offers: dict[int, tuple[int, int, int, float]] = {}
        while least is None or sum(reached.values()) < least:
            best, first = -1, (0.0, "")
            for number in numbers(among & ~bits):
                offer = offers.get(number)
                if offer is None:
                    offer = offers[number] = self._offer(number, bits, reached, bent)
                found, _watched, cost, worth = offer
                if worth <= 0 or found & ~among or (hours is not None and spent + cost > hours):
                    continue
                rank = (-worth, self.steps[number].key)
                if best < 0 or rank < first:
                    best, first = number, rank
            if best < 0:
                break
            found, _, cost, _ = offers[best]
            bits, spent = bits | found, spent + cost
            reached = self._reached(bits)
            touched = found
            for number in numbers(found):
                for skill in self._worth[number]:
                    touched |= self._raising[skill]
            offers = {number: offer for number, offer in offers.items() if not offer[1] & touched}
        return bits

    def _offer(self, number: int, bits: int, reached: dict[str, int], bent: float) -> tuple[int, int, int, float]:
        """What a step would bring into a set: the steps, those on which this depends, their hours, and their worth."""
        found = self.closed_under(1 << number, bits)
        watched, gain, cost = found, 0, 0
        then: dict[str, int] = {}
        for each in numbers(found):
            cost += self.steps[each].hours
            for group in self.groups[each]:
                watched |= group
            for skill, worth in self._worth[each].items():
                before = then.get(skill, reached.get(skill, 0))
                if worth > before:
                    gain += worth - before
                    then[skill] = worth
        return found, watched, cost, gain / cost**bent


def numbers(bits: int) -> Iterator[int]:
    """The places of the bits of a set, rising."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _worth(step: Step, profile: Profile) -> dict[str, int]:
    """What reaching a step's levels closes of the gap in each skill, where it closes any."""
    closed = {s: profile.gaps[s].closed(level) for s, level in step.raises.items() if s in profile.gaps}
    return {skill: worth for skill, worth in closed.items() if worth > 0}


def _closures(required: Sequence[int]) -> list[int]:
    """For each step the set of all that it requires, directly or not, and itself."""
    found = [1 << number | bits for number, bits in enumerate(required)]
    changed = True
    while changed:
        changed = False
        for number, bits in enumerate(found):
            grown = bits
            for other in numbers(bits):
                grown |= found[other]
            if grown != bits:
                found[number], changed = grown, True
    return found
