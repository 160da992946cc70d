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
    Activity,
    ChecklistTemplate,
    Choice,
    ChoiceOption,
    Competency,
    Deed,
    DeedOption,
    Edit,
    EngineerClass,
    Expectation,
    ExpectedLevel,
    Goal,
    Group,
    InterviewQuestion,
    MilestoneRole,
    MilestoneSkill,
    MilestoneTemplate,
    Pack,
    PanelView,
    Phase,
    Question,
    RatedLevel,
    Rating,
    Release,
    Resource,
    Role,
    RoleDifference,
    ScaleStep,
    Signal,
    Situation,
    Skill,
    SkillLevel,
    Source,
    Topic,
)
from content.pack import format as fmt
from content.pack.changes import PLACE, Change, State, changes, overwritten, state_of
from content.pack.content import PackContent
from content.pack.reading import read_pack
from content.pack.rules import broken_rules
from content.rows.reading import hand_over, stored_content
from content.rows.releases import add_release

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
    fmt.Topic: Topic,
    fmt.Question: Question,
    fmt.Choice: Choice,
    fmt.Deed: Deed,
    fmt.Rating: Rating,
}
"""The table of each kind of entry, in the order in which they can be loaded."""


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
    example = pack.example.model_dump(mode="json")
    Pack.objects.update_or_create(key=pack.id, defaults={"digest": digest, "example": example, **told})
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
            if issubclass(kind, fmt.Sourced):
                self._link(model, "sources", {entry.id: entry.sources for entry in found}, Source)  # type: ignore[attr-defined]
        self._scale()
        self._differences()
        self._skill_levels()
        self._expected_levels()
        self._milestones()
        self._activities()
        self._questions()
        self._asked()

    def _activities(self) -> None:
        activities = self.content.of(fmt.Activity)
        self._link(Activity, "proves", {entry.id: entry.proves for entry in activities}, Competency)
        ids = self.ids[Activity]
        rows = {
            (ids[entry.id], position): _texts(asked, "question", "listens_for")
            for entry in activities
            for position, asked in enumerate(entry.interview)
        }
        _replace(InterviewQuestion, ("activity_id", "position"), rows, ids.values())
        resources = self.content.of(fmt.Resource)
        self._link(Resource, "skills", {entry.id: entry.skills for entry in resources}, Skill)

    def _questions(self) -> None:
        found = self.content.of(fmt.Question)
        targets: list[tuple[str, type[models.Model]]] = [
            ("situations", Situation),
            ("goals", Goal),
            ("roles", Role),
            ("competencies", Competency),
            ("milestones", MilestoneTemplate),
        ]
        for field, target in targets:
            self._link(Question, field, {entry.id: getattr(entry, field) for entry in found}, target)
        ids = self.ids[Question]
        rows = {
            (ids[entry.id], position): _texts(view, "who", "text")
            for entry in found
            for position, view in enumerate(entry.views)
        }
        _replace(PanelView, ("question_id", "position"), rows, ids.values())

    def _asked(self) -> None:
        """The answers to choose from in the questions of the assessment."""
        choices, deeds, ratings = self.ids[Choice], self.ids[Deed], self.ids[Rating]
        options = {
            (choices[entry.id], option.id, position): {"adds": option.adds, **_texts(option, "text")}
            for entry in self.content.of(fmt.Choice)
            for position, option in enumerate(entry.options)
        }
        _replace(ChoiceOption, ("choice_id", "key", "position"), options, choices.values())
        done = {
            (deeds[entry.id], option.id, position): {"shows": option.shows, **_texts(option, "text")}
            for entry in self.content.of(fmt.Deed)
            for position, option in enumerate(entry.options)
        }
        _replace(DeedOption, ("deed_id", "key", "position"), done, deeds.values())
        levels = {
            (ratings[entry.id], rated.level): _texts(rated, "text")
            for entry in self.content.of(fmt.Rating)
            for rated in entry.levels
        }
        _replace(RatedLevel, ("rating_id", "level"), levels, ratings.values())

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
                return {"letter": entry.letter} | _texts(entry, "name", "summary", "description", "day", "contributes")
            case fmt.EngineerClass():
                return {"number": entry.number} | _texts(entry, "name", "summary", "description", "training")
            case fmt.Expectation():
                role, competency = self.ids[Role][entry.role], self.ids[Competency][entry.competency]
                return {"role_id": role, "competency_id": competency} | _texts(entry, "reason")
            case fmt.Activity():
                return _texts(entry, "name", "summary", "description", "choose", "do_well", "portfolio", "tell")
            case fmt.Situation():
                return {"levels": entry.levels} | _texts(entry, "name", "summary", "advice")
            case fmt.Goal():
                return _texts(entry, "name", "summary", "advice")
            case fmt.Group() | fmt.Phase() | fmt.Topic():
                return _texts(entry, "name", "summary")
            case fmt.Resource():
                plain = {"title": entry.title, "by": entry.by, "url": entry.url, "kind": entry.kind}
                plain |= {"language": entry.language, "cost": entry.cost}
                return plain | {"hours": entry.hours, "reviewed_on": entry.reviewed_on} | _texts(entry, "note")
            case fmt.Question():
                topic = {"topic_id": self.ids[Topic][entry.topic]}
                return topic | _texts(entry, "question", "short", "answer", "since_2018")
            case fmt.Rating():
                return {"competency_id": self.ids[Competency][entry.competency]} | _texts(entry, "lead", "question")
            case fmt.Choice() | fmt.Deed():
                return _texts(entry, "lead", "question")
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
        _replace(RoleDifference, ("role_id", "other_id"), rows, ids.values())

    def _skill_levels(self) -> None:
        skills = self.content.of(fmt.Skill)
        ids = self.ids[Skill]
        levels = {(ids[s.id], level.level): _texts(level, "evidence") for s in skills for level in s.levels}
        kept = _replace(SkillLevel, ("skill_id", "level"), levels, ids.values())
        signals = {
            (kept[ids[skill.id], level.level], position): {"text_ko": signal.ko, "text_en": signal.en}
            for skill in skills
            for level in skill.levels
            for position, signal in enumerate(level.signals)
        }
        _replace(Signal, ("skill_level_id", "position"), signals, kept.values())

    def _expected_levels(self) -> None:
        rows: dict[tuple[Any, ...], Values] = {}
        for entry in self.content.of(fmt.Expectation):
            expectation = self.ids[Expectation][entry.id]
            for number, level in entry.levels.items():
                rows[expectation, None, number] = {"level": level}
            for skill, levels in entry.skills.items():
                for number, level in levels.items():
                    rows[expectation, self.ids[Skill][skill], number] = {"level": level}
        _replace(ExpectedLevel, ("expectation_id", "skill_id", "engineer_class"), rows, self.ids[Expectation].values())

    def _milestones(self) -> None:
        found = self.content.of(fmt.Milestone)
        ids = self.ids[MilestoneTemplate]
        skills, roles = self.ids[Skill], self.ids[Role]
        raises = {(ids[m.id], skills[key]): {"level": level} for m in found for key, level in m.raises.items()}
        _replace(MilestoneSkill, ("milestone_id", "skill_id"), raises, ids.values())
        weights = {(ids[m.id], roles[key]): {"weight": weight} for m in found for key, weight in m.roles.items()}
        _replace(MilestoneRole, ("milestone_id", "role_id"), weights, ids.values())
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
        gone = ChecklistTemplate.objects.filter(milestone_id__in=list(ids.values()), retired=False)
        gone.exclude(pk__in=kept.values()).update(retired=True)
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


def _replace(
    model: type[models.Model], by: tuple[str, ...], rows: Mapping[tuple[Any, ...], Values], below: Iterable[int]
) -> dict[tuple[Any, ...], int]:
    """Like `_write`, and what else hangs `below` these entries goes first: for parts that nobody's data refers to.

    `by` begins with the column of the entry. What has left the pack keeps its parts, so that it can be told in full.
    """
    loaded = model._default_manager.filter(**{f"{by[0]}__in": list(below)})
    gone = [pk for *key, pk in loaded.values_list(*by, "pk").order_by() if tuple(key) not in rows]
    model._default_manager.filter(pk__in=gone).delete()
    return _write(model, by, rows)
