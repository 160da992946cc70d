"""What changed between two results. No queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.results import Result
from content.catalogue import Catalogue
from content.pack import format as fmt


@dataclass(frozen=True)
class MixChange:
    """A role's parts before and after, each None while the mix was unknown."""

    number: int
    role: fmt.Role
    before: int | None
    after: int | None


@dataclass(frozen=True)
class LevelChange:
    """A competency's or skill's level before and after; None where it was unknown. In tenths for a competency."""

    named: fmt.Competency | fmt.Skill
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Difference:
    """All that differs; what is the same in both is left out of `competencies` and `skills`."""

    mix: tuple[MixChange, ...]
    classes: tuple[int | None, int | None]
    competencies: tuple[LevelChange, ...]
    skills: tuple[LevelChange, ...]

    @property
    def same_mix(self) -> bool:
        """Whether the role mix is what it was."""
        return all(each.before == each.after for each in self.mix)

    @property
    def nothing(self) -> bool:
        """Whether nothing differs."""
        return self.same_mix and self.classes[0] == self.classes[1] and not self.competencies and not self.skills


def difference(before: Result, after: Result, catalogue: Catalogue) -> Difference:
    """What differs from one result to another, in the words of the catalogue."""
    old, new = before.competency_levels, after.competency_levels
    tenths = {
        key: (old[key].tenths if key in old else None, new[key].tenths if key in new else None)
        for key in catalogue.competencies
    }
    return Difference(
        mix=tuple(
            MixChange(n, role, *((each.role_mix.get(key, 0) if each.role_mix else None) for each in (before, after)))
            for n, (key, role) in enumerate(catalogue.roles.items(), 1)
        ),
        classes=(before.engineer_class, after.engineer_class),
        competencies=_changes(catalogue.competencies, tenths),
        skills=_changes(
            catalogue.skills,
            {key: (before.skill_levels.get(key), after.skill_levels.get(key)) for key in catalogue.skills},
        ),
    )


def _changes(
    named: Mapping[str, fmt.Competency] | Mapping[str, fmt.Skill], levels: Mapping[str, tuple[int | None, int | None]]
) -> tuple[LevelChange, ...]:
    return tuple(LevelChange(named[key], *levels[key]) for key in named if levels[key][0] != levels[key][1])
