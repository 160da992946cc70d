"""The whole catalogue in memory: what forms, plans and reasons are made from.

It is small and the same for everybody, so a process reads it once per loaded pack. One query asks which pack that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from content import models


@dataclass(frozen=True)
class Words:
    """One text in both languages; as a string it is the one of the active language."""

    ko: str
    en: str

    def __str__(self) -> str:
        return self.ko if get_language() == "ko" else self.en


@dataclass(frozen=True)
class Named:
    """An entry that forms and reasons name."""

    key: str
    name: Words
    summary: Words


@dataclass(frozen=True)
class Role(Named):
    """A role; `letter` stands for it in charts."""

    letter: str


@dataclass(frozen=True)
class Competency(Named):
    """A competency and the key of its group."""

    group: str


@dataclass(frozen=True)
class Skill(Named):
    """A skill and the key of the competency it is part of."""

    competency: str


@dataclass(frozen=True)
class Situation(Named):
    """A start, with the usual level of each competency."""

    advice: Words
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Goal(Named):
    """An aim, with advice."""

    advice: Words


@dataclass(frozen=True)
class EngineerClass(Named):
    """An engineer class by number."""

    number: int


@dataclass(frozen=True)
class Resource:
    """Something to learn from."""

    key: str
    title: str
    by: str
    url: str
    kind: str
    language: str
    cost: str
    hours: int | None

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return str(models.Resource.Kind(self.kind).label)

    @property
    def cost_label(self) -> str:
        """The cost in the reader's language."""
        return str(models.Resource.Cost(self.cost).label)


@dataclass(frozen=True)
class Item:
    """A checklist item of a template."""

    key: str
    text: Words


@dataclass(frozen=True)
class Template:
    """A milestone template; keys refer to the other parts of the catalogue. `hours` are working hours."""

    key: str
    competency: str
    phase: str
    activity: str | None
    title: Words
    outcome: Words
    hours: int
    companion: bool
    always: bool
    raises: Mapping[str, int]
    requires: tuple[str, ...]
    roles: Mapping[str, int]
    goals: frozenset[str]
    situations: frozenset[str]
    resources: tuple[str, ...]
    checklist: tuple[Item, ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All of it; two are the same when they are one object.

    Each mapping is by key, in the order of the pack; `expected[class][role][skill]` is a level.
    `skills`, `titles` (of milestones) and `resources` hold retired entries too: roadmaps made from them name them.
    """

    digest: str
    pack: str
    version: str
    example: Mapping[str, Any]
    scale: tuple[tuple[int, Words, Words], ...]
    roles: Mapping[str, Role]
    groups: Mapping[str, Named]
    competencies: Mapping[str, Competency]
    skills: Mapping[str, Skill]
    classes: Mapping[int, EngineerClass]
    phases: Mapping[str, Named]
    activities: Mapping[str, Named]
    situations: Mapping[str, Situation]
    goals: Mapping[str, Goal]
    resources: Mapping[str, Resource]
    templates: Mapping[str, Template]
    titles: Mapping[str, Words]
    expected: Mapping[int, Mapping[str, Mapping[str, int]]]


class NoCatalogue(Exception):
    """No content pack is loaded; `manage.py load_pack` does that."""


def catalogue() -> Catalogue:
    """The catalogue as it is loaded now. One query, and some twenty more the first time after a load."""
    pack = models.Pack.objects.order_by("-loaded_at").values_list("digest", flat=True).first()
    if pack is None:
        raise NoCatalogue
    return _read(pack)


@lru_cache(maxsize=2)
def _read(digest: str) -> Catalogue:
    pack = models.Pack.objects.get(digest=digest)
    skills = {row.pk: row for row in models.Skill.objects.select_related("competency")}
    roles = {row.pk: row for row in models.Role.objects.current()}
    return Catalogue(
        digest=digest,
        pack=pack.key,
        version=pack.version,
        example=pack.example | {"name": _words(pack, "name")},
        scale=tuple((s.level, _words(s, "name"), _words(s, "meaning")) for s in models.ScaleStep.objects.all()),
        roles={row.key: Role(**_named(row), letter=row.letter) for row in roles.values()},
        groups={row.key: Named(**_named(row)) for row in models.Group.objects.current()},
        competencies={
            row.key: Competency(**_named(row), group=row.group.key)
            for row in models.Competency.objects.current().select_related("group")
        },
        skills={row.key: Skill(**_named(row), competency=row.competency.key) for row in skills.values()},
        classes={
            row.number: EngineerClass(**_named(row), number=row.number)
            for row in models.EngineerClass.objects.current()
        },
        phases={row.key: Named(**_named(row)) for row in models.Phase.objects.current()},
        activities={row.key: Named(**_named(row)) for row in models.Activity.objects.current()},
        situations={
            row.key: Situation(**_named(row), advice=_words(row, "advice"), levels=row.levels)
            for row in models.Situation.objects.current()
        },
        goals={row.key: Goal(**_named(row), advice=_words(row, "advice")) for row in models.Goal.objects.current()},
        resources={row.key: _resource(row) for row in models.Resource.objects.all()},
        templates=_templates(skills, roles),
        titles={row.key: _words(row, "title") for row in models.MilestoneTemplate.objects.all()},
        expected=_expected(skills, roles),
    )


def _words(row: Any, field: str) -> Words:
    return Words(getattr(row, f"{field}_ko") or "", getattr(row, f"{field}_en") or "")


def _named(row: Any) -> dict[str, Any]:
    return {"key": row.key, "name": _words(row, "name"), "summary": _words(row, "summary")}


def _resource(row: models.Resource) -> Resource:
    return Resource(row.key, row.title, row.by, row.url, row.kind, row.language, row.cost, row.hours)


def _templates(skills: Mapping[int, models.Skill], roles: Mapping[int, models.Role]) -> dict[str, Template]:
    rows = (
        models.MilestoneTemplate.objects.current()
        .select_related("competency", "phase", "activity")
        .prefetch_related("raises", "role_weights", "requires", "goals", "situations", "resources", "checklist")
    )
    return {
        row.key: Template(
            key=row.key,
            competency=row.competency.key,
            phase=row.phase.key,
            activity=row.activity.key if row.activity else None,
            title=_words(row, "title"),
            outcome=_words(row, "outcome"),
            hours=row.hours,
            companion=row.track == models.MilestoneTemplate.Track.COMPANION,
            always=row.always,
            raises={skills[found.skill_id].key: found.level for found in row.raises.all()},
            requires=tuple(sorted(found.key for found in row.requires.all())),
            roles={roles[found.role_id].key: found.weight for found in row.role_weights.all()},
            goals=frozenset(found.key for found in row.goals.all()),
            situations=frozenset(found.key for found in row.situations.all()),
            resources=tuple(found.key for found in row.resources.all() if not found.retired),
            checklist=tuple(Item(i.key, _words(i, "text")) for i in row.checklist.all() if not i.retired),
        )
        for row in rows
    }


def _expected(
    skills: Mapping[int, models.Skill], roles: Mapping[int, models.Role]
) -> dict[int, dict[str, dict[str, int]]]:
    """A competency's expectation holds for each of its skills unless the skill says otherwise."""
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    by_competency = defaultdict(list)
    for skill in skills.values():
        if not skill.retired:
            by_competency[skill.competency_id].append(skill.key)
    rows = models.Expectation.objects.current().prefetch_related("levels")
    for row in rows:
        role = roles[row.role_id].key
        levels = sorted(row.levels.all(), key=lambda level: level.skill_id is not None)
        for level in levels:
            keys = by_competency[row.competency_id] if level.skill_id is None else [skills[level.skill_id].key]
            for key in keys:
                found[level.engineer_class][role][key] = level.level
    return {number: {role: dict(levels) for role, levels in by_role.items()} for number, by_role in found.items()}
