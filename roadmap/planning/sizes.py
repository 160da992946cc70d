"""The sizes that a plan can have, and the plan that fits into so many hours. Pure."""

from __future__ import annotations

from enum import StrEnum
from math import ceil

from roadmap.planning.choice import Choice


class Size(StrEnum):
    """How much of the gap a plan closes. Each size holds all of the smaller ones."""

    ESSENTIAL = "essential"
    SOLID = "solid"
    THOROUGH = "thorough"


SHARES = {Size.SOLID: 0.85, Size.ESSENTIAL: 0.6}
"""The part of the weighted gap that these close at least, of what all steps together close; each is chosen from the
next larger one."""


def sizes(choice: Choice) -> dict[Size, int]:
    """The set of each size: the shortest that is found, and everything that closes anything or proves an activity."""
    every = (1 << len(choice.steps)) - 1
    proving = choice.bits(step.key for step in choice.steps if step.activity)
    among = choice.without_idle(every, keep=choice.must) | choice.closed_under(proving)
    total = choice.closed(among)
    found = {Size.THOROUGH: among}
    for size, share in SHARES.items():
        least = ceil(share * total)
        grown = choice.grown(choice.must, among=among, least=least)
        among = found[size] = choice.without_idle(grown, keep=choice.must, least=min(least, choice.closed(grown)))
    return {size: found[size] for size in Size}
