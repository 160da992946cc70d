"""The whole catalogue in memory: what pages, search, forms, plans and reasons are made from.

It is small and the same for everybody, so a process reads it once per state. One query asks which state that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

from django.db import connection
from django.http import Http404

from content.pack import format as fmt
from content.pack.content import E, PackContent
from content.pack.references import references
from content.rows.reading import content_at


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One state of it, in the pack's own entries; two are the same when they are one object.

    The mappings are by id (`classes` by number), in the order of the pack, without what is retired; only `skills` and
    `resources` hold that too, since roadmaps that were made from it name it. `expected[class][role][skill]` is a level.
    """

    digest: str
    content: PackContent
    roles: Mapping[str, fmt.Role]
    groups: Mapping[str, fmt.Group]
    competencies: Mapping[str, fmt.Competency]
    skills: Mapping[str, fmt.Skill]
    classes: Mapping[int, fmt.EngineerClass]
    phases: Mapping[str, fmt.Phase]
    activities: Mapping[str, fmt.Activity]
    situations: Mapping[str, fmt.Situation]
    goals: Mapping[str, fmt.Goal]
    resources: Mapping[str, fmt.Resource]
    templates: Mapping[str, fmt.Milestone]
    expected: Mapping[int, Mapping[str, Mapping[str, int]]]

    @property
    def pack(self) -> fmt.Pack:
        """What the pack says of itself, the scale and the example person."""
        return self.content.pack

    @property
    def by_id(self) -> Mapping[str, Mapping[str, fmt.Entry]]:
        """Every entry by kind and id, retired ones too."""
        return self.content.by_id

    def current(self, kind: type[E]) -> list[E]:
        """All entries of a kind that are not retired."""
        return self.content.current(kind)

    def find(self, kind: type[E], key: str) -> E | None:
        """One entry, retired or not; None if there has never been one of that id."""
        return self.content.find(kind, key)

    def get(self, kind: type[E], key: str) -> E:
        """The same for a page. Raises Http404."""
        found = self.find(kind, key)
        if found is None:
            raise Http404(f"no {key} among the {fmt.NAMES[kind]}")
        return found

    def named(self, kind: type[E], keys: Iterable[str]) -> list[E]:
        """The entries that `keys` name, in the order of `keys`; retired ones are left out."""
        return [entry for entry in (self.get(kind, key) for key in keys) if not entry.retired]

    def skills_of(self, competency: str) -> Sequence[fmt.Skill]:
        """The skills of a competency that are not retired."""
        return self.naming(fmt.Skill, "competency", competency)

    def expectations(self, *, role: str = "", competency: str = "") -> list[fmt.Expectation]:
        """What a role expects of each competency, or what each role expects of a competency."""
        competencies = list(self.competencies)
        found = [
            entry
            for entry in self.current(fmt.Expectation)
            if role in {"", entry.role} and competency in {"", entry.competency} and entry.competency in competencies
        ]
        return sorted(found, key=lambda entry: competencies.index(entry.competency))

    @cached_property
    def _naming(self) -> Mapping[tuple[type[fmt.Entry], str, str], list[fmt.Entry]]:
        found: dict[tuple[type[fmt.Entry], str, str], list[fmt.Entry]] = defaultdict(list)
        for kind in fmt.NAMES:
            for reference in references(kind):
                for entry in self.current(kind):
                    for key in dict.fromkeys(reference.keys(entry)):
                        found[kind, reference.field, key].append(entry)
        return found

    def naming(self, kind: type[E], field: str, key: str) -> Sequence[E]:
        """The entries of a kind, without what is retired, that name `key` in a field."""
        return cast("Sequence[E]", self._naming.get((kind, field, key), ()))

    def milestones_of(
        self, *, competency: str = "", activity: str = "", skill: str = "", level: int = 0, resource: str = ""
    ) -> Sequence[fmt.Milestone]:
        """The milestones of one competency, activity, resource, skill, or skill and level."""
        wanted = {"competency": competency, "activity": activity, "raises": skill, "resources": resource}
        found = next(self.naming(fmt.Milestone, field, key) for field, key in wanted.items() if key)
        return [entry for entry in found if entry.raises[skill] == level] if skill and level else found

    def unlocked_by(self, milestone: str) -> Sequence[fmt.Milestone]:
        """The milestones that require this one."""
        return self.naming(fmt.Milestone, "requires", milestone)

    def proofs_of(self, target_class: int) -> list[tuple[fmt.Role, list[fmt.Milestone]]]:
        """The milestones that prove a class, by role; roles of which nothing does are left out."""
        proving = {key: self.naming(fmt.Milestone, "proof_for", key) for key in self.roles}
        found = {key: [e for e in each if e.proof_for[key] == target_class] for key, each in proving.items()}
        return [(self.roles[key], milestones) for key, milestones in found.items() if milestones]

    def questions_about(self, field: str, key: str) -> Sequence[fmt.Question]:
        """The questions that name `key` in one of their fields, such as `competencies`."""
        return self.naming(fmt.Question, field, key)

    def resources_of(self, skill: str) -> Sequence[fmt.Resource]:
        """What one can learn a skill from."""
        return self.naming(fmt.Resource, "skills", skill)


class NoCatalogue(Exception):
    """No content pack is loaded; `manage.py load_pack` does that."""


# Written out, since every page asks it and building it with the ORM takes longer than the answer.
LOADED = "SELECT digest FROM content_pack ORDER BY loaded_at DESC LIMIT 1"


def current_catalogue() -> Catalogue:
    """The catalogue as it is now. One query, and some fifty more the first time after a load. Raises NoCatalogue."""
    with connection.cursor() as cursor:
        cursor.execute(LOADED)
        found = cursor.fetchone()
    if found is None:
        raise NoCatalogue
    return _read(found[0])


@lru_cache(maxsize=2)
def _read(digest: str) -> Catalogue:
    return catalogue_of(content_at(digest), digest)


def catalogue_of(content: PackContent, digest: str = "") -> Catalogue:
    """The same from what a pack says, stored or not. Pure."""

    def by_id(kind: type[E]) -> dict[str, E]:
        return {entry.id: entry for entry in content.current(kind)}

    return Catalogue(
        digest=digest,
        content=content,
        roles=by_id(fmt.Role),
        groups=by_id(fmt.Group),
        competencies=by_id(fmt.Competency),
        skills={entry.id: entry for entry in content.of(fmt.Skill)},
        classes={entry.number: entry for entry in content.current(fmt.EngineerClass)},
        phases=by_id(fmt.Phase),
        activities=by_id(fmt.Activity),
        situations=by_id(fmt.Situation),
        goals=by_id(fmt.Goal),
        resources={entry.id: entry for entry in content.of(fmt.Resource)},
        templates=by_id(fmt.Milestone),
        expected=_expected(content),
    )


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
