"""What a target expects, and how far a person is from it. Pure.

A target is a role mix at an engineer class. What each role expects of each skill at that class is weighted by
the parts of the mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.role_mix import PARTS

TOP = 4
"""The highest level of a skill."""

RELEVANT = 10
"""What matters at least so much to a role mix is useful: a mean weight of 1 over its ten parts."""


@dataclass(frozen=True)
class Gap:
    """What lies between a person and a target in one skill.

    `to` is the mix's expected level, rounded half up; `size` adds up the levels that each role misses, in tenths of
    a level; `roles` are those that miss any, the one that asks for most first. `asks` says for each level from 1 to 4
    how many parts of the mix expect it.
    """

    skill: str
    level: int
    to: int
    size: int
    roles: tuple[str, ...]
    asks: tuple[int, ...]

    def closed(self, level: int) -> int:
        """How much of what lies below `to` somebody at `level` has closed, weighted, in tenths of a level."""
        return sum(self.asks[self.level : min(level, self.to)])


def gaps(
    expected: Mapping[str, Mapping[str, int]], mix: Mapping[str, int], levels: Mapping[str, int]
) -> dict[str, Gap]:
    """The gap in each skill that some role of `mix` expects something of; `to` may be at or below the level.

    `expected[role][skill]` and `levels[skill]` are levels from 0 to 4; a skill without a level counts as 0.
    """
    skills = sorted({skill for role, parts in mix.items() if parts for skill in expected[role]})
    found = {}
    for skill in skills:
        level = levels.get(skill, 0)
        weighted = sum(parts * expected[role].get(skill, 0) for role, parts in mix.items())
        missing = {role: parts * max(0, expected[role].get(skill, 0) - level) for role, parts in mix.items() if parts}
        asking = sorted((role for role in missing if missing[role]), key=lambda role: (-missing[role], role))
        to = (2 * weighted + PARTS) // (2 * PARTS)
        asks = tuple(
            sum(p for role, p in mix.items() if p and expected[role].get(skill, 0) >= n) for n in range(1, TOP + 1)
        )
        found[skill] = Gap(skill, level, to, sum(missing.values()), tuple(asking), asks)
    return found


def reached(gaps: Iterable[Gap]) -> float:
    """The share of what a target expects that somebody has, weighted, from 0 to 1; 1 where nothing is expected."""
    found = list(gaps)
    whole = sum(sum(gap.asks[: gap.to]) for gap in found)
    return sum(sum(gap.asks[: min(gap.level, gap.to)]) for gap in found) / whole if whole else 1.0


def relevance(weights: Mapping[str, int], mix: Mapping[str, int]) -> int:
    """How much something matters to a role mix, from 0 to 30; `weights` say how much to each role, 0 to 3."""
    return sum(parts * weights.get(role, 0) for role, parts in mix.items())


def mastered(raises: Mapping[str, int], levels: Mapping[str, int]) -> bool:
    """Whether somebody with these levels has all that a milestone `raises` to already."""
    return all(levels.get(skill, 0) >= level for skill, level in raises.items())
