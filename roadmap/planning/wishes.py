"""What a person asks of a plan, between the form, the session and the planner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from assessments.role_mix import is_mix
from content.catalogue import Catalogue
from roadmap.planning.sizes import Size


@dataclass(frozen=True)
class Wish:
    """A target, a start and the time there is. `levels` maps every competency's key to a level from 0 to 4.

    `skills` are the levels of single skills that the person said precisely, or that are usual where they start; each
    counts in place of its competency's.
    `size` is one of `Size`; wishes of earlier releases do not say it, and mean everything.
    """

    role_mix: Mapping[str, int]
    target_class: int
    situation: str
    goal: str
    hours_per_week: int
    starts_on: date
    deadline_on: date | None
    levels: Mapping[str, int]
    skills: Mapping[str, int] = field(default_factory=dict)
    size: str = Size.THOROUGH

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the session."""
        days = {name: value.isoformat() if value else None for name, value in self._days().items()}
        return {**asdict(self), **days}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Back from `to_json`."""
        starts_on = date.fromisoformat(values["starts_on"])
        deadline_on = date.fromisoformat(values["deadline_on"]) if values["deadline_on"] else None
        return cls(**{**values, "starts_on": starts_on, "deadline_on": deadline_on})

    def _days(self) -> dict[str, date | None]:
        return {"starts_on": self.starts_on, "deadline_on": self.deadline_on}

    def fits(self, catalogue: Catalogue) -> bool:
        """Whether the catalogue, which may have changed since, knows everything that the wish names."""
        return (
            is_mix(self.role_mix, list(catalogue.roles))
            and self.target_class in catalogue.expected
            and self.size in list(Size)
            and self.situation in catalogue.situations
            and self.goal in catalogue.goals
            and set(self.levels) == set(catalogue.competencies)
        )


def usual_skills(situation: str, competencies: Collection[str], catalogue: Catalogue) -> dict[str, int]:
    """The levels of single skills that are usual in a situation, of those competencies alone.

    These are the ones of which the person said nothing: what they say of a competency is meant for all of its skills.
    """
    usual = catalogue.situations[situation].skills
    return {key: level for key, level in usual.items() if catalogue.skills[key].competency in competencies}


def example_wish(catalogue: Catalogue, *, today: date) -> Wish:
    """The wish of the pack's example person, who starts today."""
    example = catalogue.pack.example
    return Wish(
        role_mix=example.role_mix,
        target_class=example.target_class,
        situation=example.situation,
        goal=example.goal,
        hours_per_week=example.hours_per_week,
        starts_on=today,
        deadline_on=None,
        levels=catalogue.situations[example.situation].levels,
        skills=usual_skills(example.situation, catalogue.competencies, catalogue),
        size=Size.SOLID,
    )
