"""What comes out of an assessment: made once when it is finished, and kept with it. Pure.

What it keeps of each answer is what was asked, what was answered and what that counted, in both languages: a result
stays readable and the same, whatever becomes of the questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Self

from assessments import scoring
from assessments.role_mix import even_mix
from assessments.scoring import CompetencyLevel, Weighed
from content.pack.format import Bilingual


@dataclass(frozen=True)
class Given:
    """One answer as it was given. `adds` is what it counted for the role mix, `shows` for the class."""

    kind: str
    key: str
    value: str
    question: Mapping[str, str]
    option: Mapping[str, str]
    adds: Mapping[str, int] = field(default_factory=dict)
    shows: int | None = None
    lead: Mapping[str, str] = field(default_factory=dict)

    @property
    def scene(self) -> Bilingual | None:
        """What was said before the question; results of earlier releases did not keep it."""
        return Bilingual(**self.lead) if self.lead else None

    @property
    def asked(self) -> Bilingual:
        """The question in the reader's language."""
        return Bilingual(**self.question)

    @property
    def said(self) -> Bilingual:
        """The answer in the reader's language."""
        return Bilingual(**self.option)


@dataclass(frozen=True)
class Result:
    """What came out, as plain values; everything else is worked out from it.

    `role_mix` and `engineer_class` are None while unknown. `skills` maps each competency that was asked to its
    skills, `ratings` and `precise` are levels by rating and by skill, and `rated` maps each rating to the skills that
    it is about; in results of earlier releases that is a competency. `missing` are the levels by competency that the
    next class needs besides deeds.
    """

    pack_version: str
    situation: str | None
    goal: str | None
    hours_per_week: int | None
    role_mix: Mapping[str, int] | None
    engineer_class: int | None
    roles: Sequence[str]
    skills: Mapping[str, Sequence[str]]
    ratings: Mapping[str, int]
    precise: Mapping[str, int]
    given: Sequence[Given]
    rated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Back from `to_json`."""
        return cls(**{**values, "given": tuple(Given(**each) for each in values["given"])})

    @property
    def answers(self) -> dict[str, str]:
        """What was answered of what counts, by the names of the questions."""
        return {f"{each.kind}.{each.key}": each.value for each in self.given}

    @cached_property
    def skill_levels(self) -> Mapping[str, int]:
        """The level in each skill that is known."""
        return scoring.skill_levels(self.ratings, self.precise, self.rated or self.skills)

    @cached_property
    def competency_levels(self) -> Mapping[str, CompetencyLevel]:
        """The level in each competency that is known."""
        return scoring.competency_levels(self.skill_levels, self.precise, self.skills)

    @cached_property
    def single(self) -> Mapping[str, int]:
        """The levels of skills of which more is known than the level of their competency."""
        parts = {skill for rating, found in self.rated.items() if rating not in self.skills for skill in found}
        return {key: level for key, level in self.skill_levels.items() if key in parts or key in self.precise}

    @cached_property
    def what_moved(self) -> list[tuple[Weighed, Given]]:
        """The answers that moved the role mix most, the first one most."""
        choices = {each.key: each for each in self.given if each.kind == "choice"}
        weighed = scoring.what_moved({key: each.adds for key, each in choices.items()}, self.roles)
        return [(each, choices[each.question]) for each in weighed]

    @cached_property
    def shown(self) -> Mapping[str, int]:
        """The class that each answered deed shows."""
        return {each.key: each.shows for each in self.given if each.kind == "deed" and each.shows is not None}

    @cached_property
    def deciding(self) -> list[Given]:
        """The deeds that made the class what it is, the best first."""
        if self.engineer_class is None:
            return []
        deeds = {each.key: each for each in self.given if each.kind == "deed"}
        return [deeds[key] for key in scoring.deciding(self.shown, self.engineer_class)]

    @property
    def own_mix(self) -> dict[str, int]:
        """The role mix, or an even one while it is unknown."""
        return dict(self.role_mix) if self.role_mix is not None else even_mix(list(self.roles))
