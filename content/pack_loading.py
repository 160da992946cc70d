"""Load a checked pack into the catalogue: atomic, idempotent, and nothing is ever deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from content import pack_format as fmt
from content.models import (
    Activity,
    ChecklistTemplate,
    Competency,
    EngineerClass,
    Expectation,
    ExpectedLevel,
    Goal,
    Group,
    MilestoneRole,
    MilestoneSkill,
    MilestoneTemplate,
    Pack,
    Phase,
    Resource,
    Role,
    RoleDifference,
    ScaleStep,
    Signal,
    Situation,
    Skill,
    SkillLevel,
    Source,
)
from content.pack_checks import PackContent, read_pack

Values = Mapping[str, Any]

MODELS: dict[type[fmt.Entry], type[models.Model]] = {
    fmt.Source: Source,
    fmt.Group: Group,
    fmt.Competency: Competency,
    fmt.Skill: Skill,
    fmt.Role: Role,
    fmt.EngineerClass: EngineerClass,
    fmt.Expectation: Expectation,
    fmt.Phase: Phase,
    fmt.Activity: Activity,
    fmt.Situation: Situation,
    fmt.Goal: Goal,
    fmt.Resource: Resource,
    fmt.Milestone: MilestoneTemplate,
}
"""The table of each kind of entry, in the order in which they can be loaded."""


def load_pack(folder: Path, *, at: datetime) -> bool:
    """Load the pack in `folder`; False if just this content is what was loaded last.

    Raises PackErrors before it touches the database if anything is wrong with the files.
    """
    content = read_pack(folder)
    digest = _digest(content)
    with transaction.atomic():
        if Pack.objects.order_by("-loaded_at").values_list("digest", flat=True).first() == digest:
            return False
        _Loading(content).run()
        pack = content.pack
        Pack.objects.update_or_create(
            key=pack.id,
            defaults={
                "version": pack.version,
                "digest": digest,
                "loaded_at": at,
                "example": pack.example.model_dump(mode="json"),
                **_texts(pack, "name", "summary"),
            },
        )
    return True


def _digest(content: PackContent) -> str:
    sha = hashlib.sha256(content.pack.model_dump_json().encode())
    for kind, found in content.entries.items():
        sha.update(kind.encode())
        for entry in found:
            sha.update(entry.model_dump_json().encode())
    return sha.hexdigest()


def _texts(entry: fmt.Strict, *names: str) -> dict[str, str]:
    """`name` → `name_ko`, `name_en`; a text that may be missing becomes an empty one in both."""
    found = {}
    for name in names:
        text = getattr(entry, name)
        found[f"{name}_ko"] = text.ko if text else ""
        found[f"{name}_en"] = text.en if text else ""
    return found


class _Loading:
    """One load. `ids` maps each kind's keys to primary keys as they become known."""

    def __init__(self, content: PackContent) -> None:
        self.content = content
        self.ids: dict[type[models.Model], dict[str, int]] = {}

    def run(self) -> None:
        """Write every kind, then what hangs below it and between them."""
        for kind, model in MODELS.items():
            found = self.content.of(kind)
            rows = {
                (entry.id,): {
                    "position": position,
                    "retired": entry.retired,
                    "replaced_by": entry.replaced_by or "",
                    **self._columns(entry),
                }
                for position, entry in enumerate(found)
            }
            # What goes makes room first: a new class may take a retired one's number.
            current = [entry.id for entry in found if not entry.retired]
            model._default_manager.filter(retired=False).exclude(key__in=current).update(retired=True)
            kept = _write(model, ("key",), rows)
            self.ids[model] = {key: pk for (key,), pk in kept.items()}
            if issubclass(kind, fmt.Sourced):
                self._link(model, "sources", {entry.id: entry.sources for entry in found}, Source)  # type: ignore[attr-defined]
        self._scale()
        self._differences()
        self._skill_levels()
        self._expected_levels()
        self._milestones()
        activities = self.content.of(fmt.Activity)
        self._link(Activity, "proves", {entry.id: entry.proves for entry in activities}, Competency)

    def _columns(self, entry: fmt.Entry) -> dict[str, Any]:
        """The columns of one entry beside those that all kinds have."""
        match entry:
            case fmt.Source():
                plain = {"title": entry.title, "author": entry.author, "url": entry.url or "", "licence": entry.licence}
                return plain | _texts(entry, "note")
            case fmt.Competency():
                group = {"group_id": self.ids[Group][entry.group]}
                return group | _texts(entry, "name", "summary", "description")
            case fmt.Skill():
                return {"competency_id": self.ids[Competency][entry.competency]} | _texts(entry, "name", "summary")
            case fmt.Role():
                return {"letter": entry.letter} | _texts(entry, "name", "summary", "description", "contributes")
            case fmt.EngineerClass():
                return {"number": entry.number} | _texts(entry, "name", "summary", "description", "training")
            case fmt.Expectation():
                role, competency = self.ids[Role][entry.role], self.ids[Competency][entry.competency]
                return {"role_id": role, "competency_id": competency} | _texts(entry, "reason")
            case fmt.Activity():
                return _texts(entry, "name", "summary", "description", "choose", "do_well", "tell")
            case fmt.Situation():
                return {"levels": entry.levels} | _texts(entry, "name", "summary", "advice")
            case fmt.Goal():
                return _texts(entry, "name", "summary", "advice")
            case fmt.Group() | fmt.Phase():
                return _texts(entry, "name", "summary")
            case fmt.Resource():
                return entry.model_dump(exclude={"id", "retired", "replaced_by"})
            case fmt.Milestone():
                return {
                    "competency_id": self.ids[Competency][entry.competency],
                    "phase_id": self.ids[Phase][entry.phase],
                    "activity_id": self.ids[Activity][entry.activity] if entry.activity else None,
                    "hours": entry.hours,
                    "track": entry.track,
                    "always": entry.always,
                } | _texts(entry, "title", "outcome")
            case _:
                raise TypeError(f"no columns are known for {type(entry).__name__}")

    def _scale(self) -> None:
        steps = self.content.pack.scale
        _write(ScaleStep, ("level",), {(step.level,): _texts(step, "name", "meaning") for step in steps})

    def _differences(self) -> None:
        ids = self.ids[Role]
        rows = {
            (ids[role.id], ids[difference.role]): _texts(difference, "text")
            for role in self.content.of(fmt.Role)
            for difference in role.differs
        }
        _replace(RoleDifference, ("role_id", "other_id"), rows)

    def _skill_levels(self) -> None:
        skills = self.content.of(fmt.Skill)
        ids = self.ids[Skill]
        levels = {(ids[s.id], level.level): _texts(level, "evidence") for s in skills for level in s.levels}
        kept = _replace(SkillLevel, ("skill_id", "level"), levels)
        signals = {
            (kept[ids[skill.id], level.level], position): {"text_ko": signal.ko, "text_en": signal.en}
            for skill in skills
            for level in skill.levels
            for position, signal in enumerate(level.signals)
        }
        _replace(Signal, ("skill_level_id", "position"), signals)

    def _expected_levels(self) -> None:
        rows: dict[tuple[Any, ...], Values] = {}
        for entry in self.content.of(fmt.Expectation):
            expectation = self.ids[Expectation][entry.id]
            for number, level in entry.levels.items():
                rows[expectation, None, number] = {"level": level}
            for skill, levels in entry.skills.items():
                for number, level in levels.items():
                    rows[expectation, self.ids[Skill][skill], number] = {"level": level}
        _replace(ExpectedLevel, ("expectation_id", "skill_id", "engineer_class"), rows)

    def _milestones(self) -> None:
        found = self.content.of(fmt.Milestone)
        ids = self.ids[MilestoneTemplate]
        skills, roles = self.ids[Skill], self.ids[Role]
        raises = {(ids[m.id], skills[key]): {"level": level} for m in found for key, level in m.raises.items()}
        _replace(MilestoneSkill, ("milestone_id", "skill_id"), raises)
        weights = {(ids[m.id], roles[key]): {"weight": weight} for m in found for key, weight in m.roles.items()}
        _replace(MilestoneRole, ("milestone_id", "role_id"), weights)
        items = {
            (ids[m.id], item.id): {
                "position": position,
                "retired": False,
                "text_ko": item.text.ko,
                "text_en": item.text.en,
            }
            for m in found
            for position, item in enumerate(m.checklist)
        }
        kept = _write(ChecklistTemplate, ("milestone_id", "key"), items)
        ChecklistTemplate.objects.filter(retired=False).exclude(pk__in=kept.values()).update(retired=True)
        for field, target in (("goals", Goal), ("situations", Situation), ("resources", Resource)):
            self._link(MilestoneTemplate, field, {m.id: getattr(m, field) for m in found}, target)
        self._link(MilestoneTemplate, "requires", {m.id: m.requires for m in found}, MilestoneTemplate)

    def _link(
        self, model: type[models.Model], field: str, wanted: Mapping[str, Iterable[str]], target: type[models.Model]
    ) -> None:
        """Make a many-to-many field say just what the pack says, in one insert."""
        through = getattr(model, field).through
        relation: Any = model._meta.get_field(field)
        source_column, target_column = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        ids, target_ids = self.ids[model], self.ids[target]
        through.objects.filter(**{f"{source_column}__in": list(ids.values())}).delete()
        through.objects.bulk_create(
            through(**{source_column: ids[key], target_column: target_ids[other]})
            for key, others in wanted.items()
            for other in others
        )


def _write(
    model: type[models.Model], by: tuple[str, ...], rows: Mapping[tuple[Any, ...], Values]
) -> dict[tuple[Any, ...], int]:
    """Create or update `rows`, known by the columns `by`; returns their primary keys. Others stay as they are."""
    manager = model._default_manager
    existing = {tuple(getattr(row, name) for name in by): row for row in manager.all()}
    new, changed = [], []
    for key, values in rows.items():
        row = existing.get(key)
        if row is None:
            new.append(model(**dict(zip(by, key, strict=True)), **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    manager.bulk_create(new)
    if changed:
        manager.bulk_update(changed, list(next(iter(rows.values()))), batch_size=100)
    return {
        tuple(found[:-1]): found[-1] for found in manager.values_list(*by, "pk").order_by() if tuple(found[:-1]) in rows
    }


def _replace(
    model: type[models.Model], by: tuple[str, ...], rows: Mapping[tuple[Any, ...], Values]
) -> dict[tuple[Any, ...], int]:
    """Like `_write`, and what is not in `rows` goes: for parts of an entry that nobody's data refers to."""
    kept = _write(model, by, rows)
    model._default_manager.exclude(pk__in=list(kept.values())).delete()
    return kept
