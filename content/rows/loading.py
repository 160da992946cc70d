"""Load a checked pack into the catalogue: atomic, idempotent, and nothing is ever deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from content.models import (
    ChecklistTemplate,
    Edit,
    Expectation,
    ExpectedLevel,
    MilestoneRole,
    MilestoneSkill,
    MilestoneTemplate,
    Pack,
    Release,
    Role,
    ScaleStep,
    Signal,
    Skill,
    SkillLevel,
)
from content.pack import format as fmt
from content.pack.changes import PLACE, Change, State, changes, overwritten, state_of
from content.pack.content import PackContent
from content.pack.reading import read_pack
from content.pack.rules import broken_rules
from content.rows.reading import hand_over, stored_content
from content.rows.releases import add_release
from content.rows.tables import MODELS, once, table_of

Values = Mapping[str, Any]


class WouldOverwrite(Exception):
    """Loading would undo what editors changed since the last load; `lost` says what."""

    def __init__(self, lost: Sequence[Change]) -> None:
        self.lost = lost
        said = (f"{each.kind}: {each.id}: {', '.join(each.fields) or each.what}" for each in lost)
        super().__init__("\n".join(said))


def load_pack(folder: Path, *, at: datetime, overwrite: bool = False) -> bool:
    """Load the pack in `folder`; False if just these files are what was loaded last.

    Raises PackErrors before it touches the database if anything is wrong with the files, and WouldOverwrite if
    they differ from what editors made of the same entries since the last load, unless `overwrite` says that this is
    wanted. Kinds of which the catalogue had no entry yet have come in even then: they undo nothing, and without them
    no further edit would be a whole pack.
    """
    content = read_pack(folder)
    digest = digest_of(content)
    with transaction.atomic():
        last = Release.objects.first()
        loaded = Pack.objects.order_by("-loaded_at").first()
        if last is not None and last.digest == digest and not (overwrite and loaded and loaded.digest != digest):
            return False
        base: State = (last.entries if last else None) or {}
        mine = stored_content() if loaded is not None and not overwrite else None
        lost = overwritten(base, state_of(mine), state_of(content)) if mine else []
        if mine and loaded:
            lost += _moved_back(mine, content, since=loaded.loaded_at)
        if mine and lost:
            _bring_new_kinds(mine, content)
        else:
            _Loading(content).run()
            _release(content, digest, base, at=at, again=last is not None and last.digest == digest)
    if lost:
        raise WouldOverwrite(lost)
    return True


def _moved_back(mine: PackContent, theirs: PackContent, *, since: datetime) -> list[Change]:
    """What editors have moved since then and would no longer stand where they put it."""
    edits = Edit.objects.filter(at__gte=since, after__has_key=PLACE).order_by("pk")
    found = []
    for kind, key in dict.fromkeys(edits.values_list("kind", "key")):
        if (kind, key) in theirs.files and _ahead(kind, key, mine, theirs) != _ahead(kind, key, theirs, mine):
            name = fmt.name_of(next(entry for entry in mine.entries[kind] if entry.id == key))
            ko, en = (name.ko, name.en) if isinstance(name, fmt.Bilingual) else (name, name)
            found.append(Change(kind, key, "changed", ko, en, (PLACE,)))
    return found


def _ahead(kind: str, key: str, content: PackContent, other: PackContent) -> set[str]:
    """What stands before an entry in its file, as far as the other pack has it too."""
    file = content.files[kind, key]
    keys = [entry.id for entry in content.entries[kind] if content.files[kind, entry.id] == file]
    return {each for each in keys[: keys.index(key)] if (kind, each) in other.files}


def _release(content: PackContent, digest: str, base: State, *, at: datetime, again: bool) -> None:
    """Say which pack is loaded and what it changed since `base`, unless just these files are loaded `again`."""
    pack = content.pack
    told = {"version": pack.version, "loaded_at": at, **_texts(pack, "name", "summary", "news")}
    told["example"] = pack.example.model_dump(mode="json")
    told["vocabulary"] = [term.model_dump(mode="json", exclude_defaults=True) for term in pack.vocabulary]
    Pack.objects.update_or_create(key=pack.id, defaults={"digest": digest, **told})
    stored = stored_content()
    refresh_digest(stored)
    if not again:
        said = [asdict(change) for change in changes(base, state_of(content))]
        add_release(
            Release(version=pack.version, digest=digest, loaded_at=at, changes=said, **_texts(pack, "news")),
            state_of(stored),
        )


def _bring_new_kinds(mine: PackContent, files: PackContent) -> None:
    """Load the entries of kinds of which the catalogue has none, where the rules then hold."""
    new = {kind: found for kind, found in files.entries.items() if not mine.entries[kind]}
    places = {(kind, entry.id): files.files[kind, entry.id] for kind, found in new.items() for entry in found}
    grown = PackContent(mine.pack, {**mine.entries, **new}, {**mine.files, **places})
    if new and not broken_rules(grown):
        _Loading(grown).run()
        refresh_digest()


def refresh_digest(content: PackContent | None = None) -> str:
    """Make the pack's digest that of what the rows say now; every page of the catalogue follows it.

    `content` is what they say, where that has been read already.
    """
    content = content or stored_content()
    digest = digest_of(content)
    Pack.objects.update(digest=digest)
    hand_over(content, digest)
    return digest


def digest_of(content: PackContent) -> str:
    """The same for the same content in the same order, whatever the order of a mapping within an entry."""
    said = [[kind, list(entries.items())] for kind, entries in state_of(content).items()]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _texts(said: fmt.Strict, *names: str) -> dict[str, Any]:
    """`name` → `name_ko`, `name_en`; a text that may be missing becomes an empty one in both."""
    found = {}
    for name in names:
        text = getattr(said, name)
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
                    "file": self.content.files[self.content.kind_of(entry), entry.id],
                    **self._columns(entry),
                }
                for position, entry in enumerate(found)
            }
            # What goes makes room first, and so do those of which only one may be current: two may change places.
            current = [entry.id for entry in found if not entry.retired and not _once_among_current(model)]
            model._default_manager.filter(retired=False).exclude(key__in=current).update(retired=True)
            kept = _write(model, ("key",), rows)
            self.ids[model] = {key: pk for (key,), pk in kept.items()}
        for kind in MODELS:
            for field in table_of(kind).many:
                self._link(kind, field)
            for field in table_of(kind).parts:
                self._parts(kind, field)
        steps = self.content.pack.scale
        _write(ScaleStep, ("level",), {(step.level,): _texts(step, "name", "meaning") for step in steps})
        self._signals()
        self._expected_levels()
        self._milestones()

    def _columns(self, said: fmt.Strict) -> dict[str, Any]:
        """The columns of an entry, beside those that all kinds have, or of a part."""
        table = table_of(type(said))
        found = _texts(said, *table.texts)
        for name, column in table.plain.items():
            value = getattr(said, name)
            if isinstance(value, fmt.Strict):
                value = value.model_dump(exclude_none=True)
            found[column] = "" if value is None and column not in table.nullable else value
        for name, (column, target) in table.one.items():
            key = getattr(said, name)
            found[column] = None if key is None else self.ids[target][key]
        return found

    def _link(self, kind: type[fmt.Entry], field: str) -> None:
        """Make a many-to-many field say just what the pack says, in one insert."""
        model, target = MODELS[kind], table_of(kind).many[field]
        through = getattr(model, field).through
        relation: Any = model._meta.get_field(field)
        source_column, target_column = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        ids, target_ids = self.ids[model], self.ids[target]
        through.objects.filter(**{f"{source_column}__in": list(ids.values())}).delete()
        through.objects.bulk_create(
            through(**{source_column: ids[entry.id], target_column: target_ids[other]})
            for entry in self.content.of(kind)
            for other in getattr(entry, field)
        )

    def _parts(self, kind: type[fmt.Entry], field: str) -> None:
        """Make the rows below a kind say what a list of parts says; those that have an order keep it."""
        model, ids = table_of(table_of(kind).parts[field]).model, self.ids[MODELS[kind]]
        above, *by = once(model)
        rows = [
            {above: ids[entry.id], **({"position": position} if "position" in by else {}), **self._columns(part)}
            for entry in self.content.of(kind)
            for position, part in enumerate(getattr(entry, field))
        ]
        _replace(model, rows, ids.values())

    def _signals(self) -> None:
        ids = self.ids[Skill]
        levels = {(skill, level): pk for pk, skill, level in SkillLevel.objects.values_list("pk", "skill", "level")}
        signals: list[dict[str, Any]] = [
            {
                "skill_level_id": levels[ids[skill.id], level.level],
                "position": position,
                "text_ko": signal.ko,
                "text_en": signal.en,
            }
            for skill in self.content.of(fmt.Skill)
            for level in skill.levels
            for position, signal in enumerate(level.signals)
        ]
        _replace(Signal, signals, {row["skill_level_id"] for row in signals})

    def _expected_levels(self) -> None:
        ids, skills = self.ids[Expectation], self.ids[Skill]
        rows = [
            {"expectation_id": ids[entry.id], "skill_id": skill, "engineer_class": number, "level": level}
            for entry in self.content.of(fmt.Expectation)
            for skill, levels in [(None, entry.levels), *((skills[key], each) for key, each in entry.skills.items())]
            for number, level in levels.items()
        ]
        _replace(ExpectedLevel, rows, ids.values())

    def _milestones(self) -> None:
        found = self.content.of(fmt.Milestone)
        ids = self.ids[MilestoneTemplate]
        skills, roles = self.ids[Skill], self.ids[Role]
        raises = [
            {"milestone_id": ids[entry.id], "skill_id": skills[key], "level": level}
            for entry in found
            for key, level in entry.raises.items()
        ]
        _replace(MilestoneSkill, raises, ids.values())
        weights = [
            {
                "milestone_id": ids[entry.id],
                "role_id": roles[key],
                "weight": weight,
                "proof_class": entry.proof_for.get(key),
            }
            for entry in found
            for key, weight in entry.roles.items()
        ]
        _replace(MilestoneRole, weights, ids.values())
        items = {
            (ids[entry.id], item.id): {"position": position, "retired": False, **_texts(item, "text")}
            for entry in found
            for position, item in enumerate(entry.checklist)
        }
        kept = _write(ChecklistTemplate, ("milestone_id", "key"), items)
        gone = ChecklistTemplate.objects.filter(milestone_id__in=list(ids.values()), retired=False)
        gone.exclude(pk__in=kept.values()).update(retired=True)


def _once_among_current(model: type[models.Model]) -> bool:
    """Whether the database lets only one current row of a table say something, such as a class its number."""
    return any(isinstance(each, models.UniqueConstraint) and each.condition for each in model._meta.constraints)


def _write(
    model: type[models.Model], by: tuple[str, ...], rows: Mapping[tuple[Any, ...], Values]
) -> dict[tuple[Any, ...], int]:
    """Create or update `rows`, known by the columns `by`; returns their primary keys. Others stay as they are."""
    manager = model._default_manager
    names = list(next(iter(rows.values()), ()))
    # Values alone: thousands of objects would take longer than what is asked of them.
    stored = {
        tuple(key[: len(by)]): (pk, dict(zip(names, key[len(by) :], strict=True)))
        for pk, *key in models.QuerySet(model).values_list("pk", *by, *names)
    }
    new, changed = [], []
    columns: set[str] = set()
    for key, values in rows.items():
        known = dict(zip(by, key, strict=True))
        if key not in stored:
            new.append(model(**known, **values))
        elif differing := [name for name in names if stored[key][1][name] != values[name]]:
            changed.append(model(pk=stored[key][0], **known, **values))
            columns.update(differing)
    manager.bulk_create(new)
    if changed:
        manager.bulk_update(changed, sorted(columns), batch_size=100)
    if not new:
        return {key: stored[key][0] for key in rows}
    return {
        tuple(found[:-1]): found[-1] for found in manager.values_list(*by, "pk").order_by() if tuple(found[:-1]) in rows
    }


def _replace(model: type[models.Model], rows: Iterable[Values], below: Iterable[int]) -> None:
    """Like `_write`, and what else hangs `below` these entries goes first: for parts that nobody's data refers to.

    What has left the pack keeps its parts, so that it can be told in full.
    """
    by = once(model)
    known = {tuple(row[name] for name in by): {n: v for n, v in row.items() if n not in by} for row in rows}
    loaded = model._default_manager.filter(**{f"{by[0]}__in": list(below)})
    gone = [pk for *key, pk in loaded.values_list(*by, "pk").order_by() if tuple(key) not in known]
    model._default_manager.filter(pk__in=gone).delete()
    _write(model, by, known)
