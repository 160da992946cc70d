"""What finished work proves, and the levels that it speaks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Finished:
    """A milestone that somebody finished: its template's key, what it is called, the levels it leads to, and when."""

    key: str
    title: str
    raises: Mapping[str, int]
    at: datetime


def proven(finished: Sequence[Finished]) -> dict[str, int]:
    """The level in each skill that finished milestones prove: the highest that one of them leads to."""
    levels: dict[str, int] = {}
    for each in finished:
        for skill, level in each.raises.items():
            levels[skill] = max(level, levels.get(skill, 0))
    return levels


@dataclass(frozen=True)
class Proposal:
    """A level that finished milestones speak for, above what the person said (None where they said nothing)."""

    skill: str
    said: int | None
    level: int
    because: tuple[Finished, ...]


def proposals(finished: Sequence[Finished], said: Mapping[str, int], declined: Mapping[str, int]) -> list[Proposal]:
    """What is proposed, skill by skill. Pure.

    `declined[skill]` is the highest level that the person did not accept. The milestones of a proposal are those
    that lead above what the person said.
    """
    found = []
    for skill, level in sorted(proven(finished).items()):
        now = said.get(skill)
        if (now is not None and level <= now) or level <= declined.get(skill, 0):
            continue
        because = tuple(each for each in finished if each.raises.get(skill, 0) > (now or 0))
        found.append(Proposal(skill, now, level, because))
    return found
