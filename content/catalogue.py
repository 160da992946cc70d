"""The whole catalogue in memory: what forms, plans and reasons are made from.

It is small and the same for everybody, so a process reads it once per loaded pack. One query asks which pack that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from content import models
from content.pack import format as fmt
from content.pack.checks import PackContent
from content.pack.format import Bilingual
from content.rows.reading import content_at

Words = Bilingual


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
    """All of it; two are the same when they are one object. `content` is what the pack says in full.

    Each mapping is by key, in the order of the pack; `expected[class][role][skill]` is a level.
    `skills`, `titles` (of milestones) and `resources` hold retired entries too: roadmaps made from them name them.
    """

    digest: str
    content: PackContent
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


# Written out, since every page asks it and building it with the ORM takes longer than the answer.
LOADED = "SELECT digest FROM content_pack ORDER BY loaded_at DESC LIMIT 1"


def current_catalogue() -> Catalogue:
    """The catalogue as it is loaded now. One query, and some twenty more the first time after a load."""
    with connection.cursor() as cursor:
        cursor.execute(LOADED)
        found = cursor.fetchone()
    if found is None:
        raise NoCatalogue
    return _read(found[0])


@lru_cache(maxsize=2)
def _read(digest: str) -> Catalogue:
    return catalogue_of(content_at(digest), digest)


def catalogue_of(content: PackContent, digest: str) -> Catalogue:
    """The same from what a pack says. Pure."""
    pack = content.pack
    skills = content.of(fmt.Skill)
    return Catalogue(
        digest=digest,
        content=content,
        pack=pack.id,
        version=pack.version,
        example=pack.example.model_dump() | {"name": pack.example.name},
        scale=tuple((step.level, step.name, step.meaning) for step in pack.scale),
        roles={e.id: Role(*_named(e), letter=e.letter) for e in content.current(fmt.Role)},
        groups={e.id: Named(*_named(e)) for e in content.current(fmt.Group)},
        competencies={e.id: Competency(*_named(e), group=e.group) for e in content.current(fmt.Competency)},
        skills={e.id: Skill(*_named(e), competency=e.competency) for e in skills},
        classes={e.number: EngineerClass(*_named(e), number=e.number) for e in content.current(fmt.EngineerClass)},
        phases={e.id: Named(*_named(e)) for e in content.current(fmt.Phase)},
        activities={e.id: Named(*_named(e)) for e in content.current(fmt.Activity)},
        situations={
            e.id: Situation(*_named(e), advice=e.advice, levels=e.levels) for e in content.current(fmt.Situation)
        },
        goals={e.id: Goal(*_named(e), advice=e.advice) for e in content.current(fmt.Goal)},
        resources={e.id: _resource(e) for e in content.of(fmt.Resource)},
        templates=_templates(content),
        titles={e.id: e.title for e in content.of(fmt.Milestone)},
        expected=_expected(content),
    )


def _named(entry: Any) -> tuple[str, Words, Words]:
    return entry.id, entry.name, entry.summary


def _resource(entry: fmt.Resource) -> Resource:
    return Resource(entry.id, entry.title, entry.by, entry.url, entry.kind, entry.language, entry.cost, entry.hours)


def _templates(content: PackContent) -> dict[str, Template]:
    known = {resource.id for resource in content.current(fmt.Resource)}
    return {
        entry.id: Template(
            key=entry.id,
            competency=entry.competency,
            phase=entry.phase,
            activity=entry.activity,
            title=entry.title,
            outcome=entry.outcome,
            hours=entry.hours,
            companion=entry.track == "companion",
            always=entry.always,
            raises=entry.raises,
            requires=tuple(sorted(entry.requires)),
            roles=entry.roles,
            goals=frozenset(entry.goals),
            situations=frozenset(entry.situations),
            resources=tuple(key for key in entry.resources if key in known),
            checklist=tuple(Item(item.id, item.text) for item in entry.checklist),
        )
        for entry in content.current(fmt.Milestone)
    }


def _expected(content: PackContent) -> dict[int, dict[str, dict[str, int]]]:
    """A competency's expectation holds for each of its skills unless the skill says otherwise."""
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    by_competency = defaultdict(list)
    for skill in content.current(fmt.Skill):
        by_competency[skill.competency].append(skill.id)
    for entry in content.current(fmt.Expectation):
        for number, level in entry.levels.items():
            found[number][entry.role] |= dict.fromkeys(by_competency[entry.competency], level)
        for key, levels in entry.skills.items():
            for number, level in levels.items():
                found[number][entry.role][key] = level
    return {number: {role: dict(levels) for role, levels in by_role.items()} for number, by_role in found.items()}
