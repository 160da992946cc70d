"""The catalogue as its pages read it: every entry by id, and what refers to it.

Made once per state of the catalogue and kept in memory, so that a page costs no query beyond asking which state holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.http import Http404
from django.urls import reverse

from content.catalogue import Catalogue, current_catalogue
from content.pack import format as fmt
from content.pack.checks import E, PackContent


@dataclass(frozen=True, eq=False)
class Library:
    """Look-ups over one state of the catalogue; two are the same when they are one object.

    Ids in and entries out, in the order of the pack, none retired.
    """

    digest: str
    content: PackContent

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, fmt.Entry]]:
        """Every entry by kind and id, retired ones too."""
        return {kind: {entry.id: entry for entry in found} for kind, found in self.content.entries.items()}

    def current(self, kind: type[E]) -> list[E]:
        """All entries of a kind that are not retired."""
        return self.content.current(kind)

    def get(self, kind: type[E], key: str) -> E:
        """One entry, retired or not. Raises Http404."""
        found = self.by_id[fmt.NAMES[kind]].get(key)
        if not isinstance(found, kind):
            raise Http404(f"no {key} among the {fmt.NAMES[kind]}")
        return found

    def named(self, kind: type[E], keys: Iterable[str]) -> list[E]:
        """The entries that `keys` name, in the order of `keys`; retired ones are left out."""
        return [entry for entry in (self.get(kind, key) for key in keys) if not entry.retired]

    def skills_of(self, competency: str) -> list[fmt.Skill]:
        """The skills of a competency."""
        return [skill for skill in self.current(fmt.Skill) if skill.competency == competency]

    def expectations(self, *, role: str = "", competency: str = "") -> list[fmt.Expectation]:
        """What a role expects of each competency, or what each role expects of a competency."""
        competencies = [entry.id for entry in self.current(fmt.Competency)]
        found = [
            entry
            for entry in self.current(fmt.Expectation)
            if role in {"", entry.role} and competency in {"", entry.competency} and entry.competency in competencies
        ]
        return sorted(found, key=lambda entry: competencies.index(entry.competency))

    @cached_property
    def _milestones_by(self) -> Mapping[tuple[str, Any], Sequence[fmt.Milestone]]:
        found: dict[tuple[str, Any], list[fmt.Milestone]] = defaultdict(list)
        for entry in self.current(fmt.Milestone):
            found["competency", entry.competency].append(entry)
            found["activity", entry.activity].append(entry)
            for skill, level in entry.raises.items():
                found["skill", skill].append(entry)
                found["level", (skill, level)].append(entry)
            for key in entry.requires:
                found["requires", key].append(entry)
            for key in entry.resources:
                found["resource", key].append(entry)
        return found

    def milestones_of(
        self, *, competency: str = "", activity: str = "", skill: str = "", level: int = 0, resource: str = ""
    ) -> Sequence[fmt.Milestone]:
        """The milestones of one competency, activity, resource, skill, or skill and level."""
        if skill and level:
            return self._milestones_by.get(("level", (skill, level)), ())
        wanted = {"competency": competency, "activity": activity, "skill": skill, "resource": resource}
        return next(self._milestones_by.get((by, key), ()) for by, key in wanted.items() if key)

    def unlocked_by(self, milestone: str) -> Sequence[fmt.Milestone]:
        """The milestones that require this one."""
        return self._milestones_by.get(("requires", milestone), ())

    def questions_about(self, field: str, key: str) -> list[fmt.Question]:
        """The questions that name `key` in one of their fields, such as `competencies`."""
        return [entry for entry in self.current(fmt.Question) if key in getattr(entry, field)]

    def resources_of(self, skill: str) -> list[fmt.Resource]:
        """What one can learn a skill from."""
        return [entry for entry in self.current(fmt.Resource) if skill in entry.skills]

    def scale(self) -> list[fmt.ScaleStep]:
        """What the levels 0 to 4 mean in any skill."""
        return self.content.pack.scale


@lru_cache(maxsize=2)
def _library(catalogue: Catalogue) -> Library:
    return Library(catalogue.digest, catalogue.content)


def library() -> Library:
    """The catalogue as it is now. One query; raises NoCatalogue."""
    return _library(current_catalogue())


PAGES: dict[type[fmt.Entry], str] = {
    fmt.Role: "role",
    fmt.Competency: "competency",
    fmt.Activity: "activity",
    fmt.Milestone: "milestone-template",
    fmt.Question: "question",
    fmt.EngineerClass: "classes",
    fmt.Source: "sources",
}


def address_of(entry: fmt.Entry) -> str:
    """Where a reader finds an entry, in the language that is active."""
    match entry:
        case fmt.Skill():
            return f"{reverse('competency', args=[entry.competency])}#{entry.id}"
        case fmt.Resource():  # It may stand on any of the list's pages.
            return f"{reverse('resources')}?resource={entry.id}#{entry.id}"
        case fmt.EngineerClass() | fmt.Source():
            return f"{reverse(PAGES[type(entry)])}#{entry.id}"
        case fmt.Topic():
            return f"{reverse('guide')}#{entry.id}"
        case fmt.Situation() | fmt.Goal():
            return f"{reverse('guide')}?{type(entry).__name__.lower()}={entry.id}"
        case fmt.Choice() | fmt.Deed() | fmt.Rating():
            return reverse("assessment")
        case _ if type(entry) in PAGES:
            return reverse(PAGES[type(entry)], args=[entry.id])
        case _:
            return reverse("roadmap-new")
