"""Which entries name an entry. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from content.pack import format as fmt
from content.pack.changes import PACK
from content.pack.content import PackContent

NAMES: dict[type[fmt.Entry], dict[str, str]] = {
    fmt.Competency: {"group": "groups"},
    fmt.Skill: {"competency": "competencies"},
    fmt.Role: {"differs": "roles"},
    fmt.Expectation: {"role": "roles", "competency": "competencies", "skills": "skills"},
    fmt.Activity: {"proves": "competencies"},
    fmt.Situation: {"levels": "competencies"},
    fmt.Resource: {"skills": "skills"},
    fmt.Milestone: {
        "competency": "competencies",
        "phase": "phases",
        "activity": "activities",
        "raises": "skills",
        "requires": "milestones",
        "roles": "roles",
        "goals": "goals",
        "situations": "situations",
        "resources": "resources",
    },
    fmt.Question: {
        "topic": "topics",
        "situations": "situations",
        "goals": "goals",
        "roles": "roles",
        "competencies": "competencies",
        "milestones": "milestones",
    },
    fmt.Choice: {"options": "roles"},
    fmt.Rating: {"competency": "competencies"},
}
"""The kind that each field of a kind names, beside what all kinds have."""


@dataclass(frozen=True)
class Use:
    """An entry that names another one; `field` is where. `entry` is None for `pack.yaml`."""

    kind: str
    key: str
    entry: fmt.Entry | None
    field: str


def references(kind: type[fmt.Entry]) -> dict[str, str]:
    """Every field of a kind that names entries, and the kind that it names."""
    found = {"replaced_by": fmt.NAMES[kind], **NAMES.get(kind, {})}
    return found | ({"sources": "sources"} if issubclass(kind, fmt.Sourced) else {})


def uses_of(content: PackContent, kind: str, key: str) -> Iterator[Use]:
    """Every entry that names `key` of `kind`, once for each field that does, in the order of the pack."""
    for model, name in fmt.NAMES.items():
        fields = [field for field, named in references(model).items() if named == kind]
        for entry in content.of(model) if fields else ():
            for field in fields:
                if key in _keys(getattr(entry, field)):
                    yield Use(name, entry.id, entry, field)
    example = content.pack.example
    named = {"roles": list(example.role_mix), "situations": [example.situation], "goals": [example.goal]}
    if key in named.get(kind, ()):
        yield Use(PACK, content.pack.id, None, "example")


def _keys(value: Any) -> list[str]:
    match value:
        case None:
            return []
        case str():
            return [value]
        case Mapping():
            return list(value)
        case _:
            return [key for each in value for key in _keys_of(each)]


def _keys_of(each: Any) -> list[str]:
    match each:
        case fmt.Difference():
            return [each.role]
        case fmt.ChoiceOption():
            return list(each.adds)
        case _:
            return [each]
