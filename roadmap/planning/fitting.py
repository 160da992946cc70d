"""What is kept of a plan when a deadline is too near for all of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import floor

from roadmap.planning.choice import Choice, numbers
from roadmap.planning.steps import Step

BENT: tuple[float, ...] = (1.0, 0.7, 0.4)
"""How much hours count while a set grows: the best a short hour is not always the best in all."""

ROUNDS = 8
"""So often a set is laid on the line of weeks before only what every plan has is kept."""


def most_within(choice: Choice, hours: int, *, among: int) -> int:
    """The set that closes most of the weighted gap in so many hours, as far as it is found."""
    return _most_within(choice, hours, among, BENT)[0]


def _most_within(choice: Choice, hours: int, among: int, bents: Sequence[float]) -> tuple[int, float]:
    """The same, and how much hours counted when it was found."""
    bits = choice.must
    best, most, found_by = bits, choice.closed(bits), bents[0]
    for bent in bents:
        found = _refilled(choice, choice.grown(bits, among=among, hours=hours, bent=bent), hours, among)
        closed = choice.closed(found)
        if closed > most:
            best, most, found_by = found, closed, bent
    return best, found_by


def _refilled(choice: Choice, bits: int, hours: int, among: int) -> int:
    """A set after idle steps have made room for others."""
    while True:
        lean = choice.without_idle(bits, keep=choice.must)
        grown = choice.grown(lean, among=among, hours=hours)
        if choice.closed(grown) <= choice.closed(bits):
            return lean
        bits = grown


def within_weeks(
    choice: Choice, everything: int, *, weeks: float, hours_per_week: int, ends: Callable[[int], Mapping[str, float]]
) -> int:
    """The set that closes most and is done within so many weeks; `ends` says when each step of a set is done.

    What cannot be done in time even if it were begun at once is left out first; then what still ends too late because
    it is bound to time, and last there are fewer hours to fill. What every plan has stays, even if it is late.
    """
    among = _begun_at_once(choice, everything, weeks=weeks, hours_per_week=hours_per_week) | choice.must
    hours, bents = floor(weeks * hours_per_week), BENT
    for _ in range(ROUNDS):
        bits, bent = _most_within(choice, hours, among, bents)
        bents = (bent,)  # What was best at first is nearly always best again.
        if bits == choice.must:
            break
        late = {key: end - weeks for key, end in ends(bits).items() if end > weeks}
        if not late:
            return bits
        bound = choice.bits(key for key in late if choice.step(key).pace or choice.step(key).companion) & ~choice.must
        if bound:
            among = choice.without(bound, among)
        else:
            hours = min(hours, choice.hours(bits)) - max(1, floor(max(late.values()) * hours_per_week))
    return choice.must


def _begun_at_once(choice: Choice, everything: int, *, weeks: float, hours_per_week: int) -> int:
    """The steps of a set that could be done in time, with all that they require."""

    def alone(step: Step) -> float:
        bound = step.pace.weeks or 0 if step.pace else 0
        rate = step.pace.rate(step.hours) if step.pace else hours_per_week
        return max(bound, step.hours / min(rate, hours_per_week))

    @cache
    def done(number: int) -> float:
        before = (done(other) for other in numbers(choice.required[number]))
        return max(before, default=0.0) + alone(choice.steps[number])

    late = 0
    for number in numbers(everything):
        if done(number) > weeks:
            late |= 1 << number
    return choice.without(late, everything)
