"""How kinds of entries, and parts of them, are kept in tables: what the format declares finds its columns by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models as db

from content import models
from content.pack import format as fmt
from content.pack.references import EACH, parts_of, references

MODELS: dict[type[fmt.Entry], type[models.Entry]] = {
    fmt.Source: models.Source,
    fmt.Group: models.Group,
    fmt.Competency: models.Competency,
    fmt.Skill: models.Skill,
    fmt.Role: models.Role,
    fmt.EngineerClass: models.EngineerClass,
    fmt.Expectation: models.Expectation,
    fmt.Phase: models.Phase,
    fmt.Activity: models.Activity,
    fmt.Situation: models.Situation,
    fmt.Goal: models.Goal,
    fmt.Resource: models.Resource,
    fmt.Milestone: models.MilestoneTemplate,
    fmt.Topic: models.Topic,
    fmt.Question: models.Question,
    fmt.Choice: models.Choice,
    fmt.Deed: models.Deed,
    fmt.Rating: models.Rating,
}
"""The table of each kind of entry, in the order in which they can be loaded."""

PARTS: dict[type[fmt.Strict], type[db.Model]] = {
    fmt.Difference: models.RoleDifference,
    fmt.SkillLevel: models.SkillLevel,
    fmt.InterviewQuestion: models.InterviewQuestion,
    fmt.PanelView: models.PanelView,
    fmt.ChoiceOption: models.ChoiceOption,
    fmt.DeedOption: models.DeedOption,
    fmt.RatedLevel: models.RatedLevel,
}
"""The table of each kind of part of which nobody's data refers to a row."""

COLUMNS: dict[tuple[type[fmt.Strict], str], str] = {(fmt.Difference, "role"): "other"}
"""What is called otherwise in the table than in the format; an id is always the `key`."""

OWN: dict[type[fmt.Strict], set[str]] = {
    fmt.SkillLevel: {"signals"},
    fmt.Expectation: {"levels", "skills"},
    fmt.Milestone: {"raises", "roles", "proof_for", "checklist"},
}
"""What is kept in a way of its own, which loading and reading know; every other field finds its place by itself."""

SHARED = frozenset(fmt.Entry.model_fields)
"""What every entry has, beside what its kind says."""


@dataclass(frozen=True)
class Table:
    """Where a kind is kept: `texts` in two columns each, `plain` in one, `one` as a foreign key, `many` as a relation.

    Each is by its name in the format; `plain` and `one` say the name of the column, `one` and `many` the table that is
    named. `parts` are lists of parts in tables of their own.
    """

    model: type[db.Model]
    texts: tuple[str, ...]
    plain: Mapping[str, str]
    one: Mapping[str, tuple[str, type[db.Model]]]
    many: Mapping[str, type[db.Model]]
    parts: Mapping[str, type[fmt.Strict]]
    nullable: frozenset[str]
    """The columns that are empty by holding nothing; others by an empty text."""


@cache
def table_of(kind: type[fmt.Strict]) -> Table:
    """The table of a kind of entry or part. Raises TypeError if there is no place in it for a field of the format."""
    model = MODELS[kind] if issubclass(kind, fmt.Entry) else PARTS[kind]
    columns = {field.name: field for field in model._meta.concrete_fields}
    relations = {field.name for field in model._meta.many_to_many}
    named = {each.steps: MODELS[fmt.KINDS[each.kind]] for each in references(kind) if each.field not in SHARED}
    parts = {name: part for name, part in parts_of(kind).items() if part in PARTS}
    texts, plain, one, many = [], {}, {}, {}
    for name in kind.model_fields:
        if name in SHARED and issubclass(kind, fmt.Entry):
            continue
        column = COLUMNS.get((kind, name), "key" if name == "id" else name)
        if (name,) in named:
            one[name] = columns[column].attname, named[name,]
        elif (name, EACH) in named and column in relations:
            many[name] = named[name, EACH]
        elif f"{column}_en" in columns:
            texts.append(name)
        elif column in columns:
            plain[name] = column
        elif name not in parts and name not in OWN.get(kind, ()):
            raise TypeError(f"{model.__name__} has no place for {kind.__name__}.{name}")
    nullable = frozenset(name for name, field in columns.items() if field.null)
    return Table(model, tuple(texts), plain, one, many, parts, nullable)


def once(model: type[db.Model]) -> tuple[str, ...]:
    """The columns by which a row that hangs below another is known, that of the other first: its constraints say so."""
    constraints = (each for each in model._meta.constraints if isinstance(each, db.UniqueConstraint))
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    return tuple(dict.fromkeys(columns[name] for each in constraints for name in each.fields))
