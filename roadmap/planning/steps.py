"""What the planner knows: the steps that there are, the person, and why a step is in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.targets import Gap


class CyclicPrerequisites(Exception):
    """Steps that wait for one another; the keys are the message."""


@dataclass(frozen=True)
class Pace:
    """How long a step takes at least, or `exactly`, and what it takes of a week, whatever time there is.

    `weeks` is None for what is bound to hours a week alone, `hours_a_week` for what is spread over its weeks.
    """

    weeks: int | None = None
    exactly: bool = False
    hours_a_week: int | None = None

    def rate(self, hours: int) -> float:
        """The most hours a week at which so many hours are worked."""
        spread = [hours / self.weeks] if self.weeks else []
        return min([*spread, self.hours_a_week] if self.hours_a_week else spread)


@dataclass(frozen=True)
class Step:
    """What the planner knows of a milestone template. `phase` counts from 0; `hours` are working hours.

    It comes after what it `requires`, which is planned with it, and after what stands in `after` where that is planned
    too. `proof_for` says which class it proves of which roles. It is done `before_deadline` weeks ahead of a deadline.
    """

    key: str
    hours: int
    phase: int
    raises: Mapping[str, int]
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    competency: str = ""
    roles: Mapping[str, int] = field(default_factory=dict)
    companion: bool = False
    foundation: bool = False
    activity: str | None = None
    always: bool = False
    pace: Pace | None = None
    proof_for: Mapping[str, int] = field(default_factory=dict)
    before_deadline: int | None = None
    goals: frozenset[str] = frozenset()
    situations: frozenset[str] = frozenset()

    @property
    def beside(self) -> bool:
        """Whether it runs beside the main work."""
        return self.companion or self.pace is not None

    def suits(self, profile: Profile) -> bool:
        """Whether it is meant for this situation and goal at all."""
        return (not self.goals or profile.goal in self.goals) and (
            not self.situations or profile.situation in self.situations
        )


@dataclass(frozen=True)
class Profile:
    """Who plans: the mix and class they aim at, levels by skill, gaps to the target, where they start and go."""

    mix: Mapping[str, int]
    levels: Mapping[str, int]
    gaps: Mapping[str, Gap]
    situation: str
    goal: str
    target_class: int = 0


@dataclass(frozen=True)
class Closes:
    """A part of a gap that a step closes, and the roles of the mix that ask for it, the most demanding first."""

    skill: str
    start: int
    to: int
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why a step is in a plan, as data, so that both languages can say it. In a plan it is never empty.

    `unlocks` are the steps that require it or go on from its level, `proof_for` the roles of which it proves
    `proof_class`.
    `brings` is no reason: it names what it requires and the person can do already, so that they bring it along.
    """

    closes: tuple[Closes, ...] = ()
    unlocks: tuple[str, ...] = ()
    proves: str | None = None
    proof_for: tuple[str, ...] = ()
    proof_class: int = 0
    brings: tuple[str, ...] = ()
    for_goal: str | None = None
    for_situation: str | None = None

    def __bool__(self) -> bool:
        """Whether any part says something."""
        return bool(self.closes or self.unlocks or self.proves or self.proof_for or self.for_goal or self.for_situation)
