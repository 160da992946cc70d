"""The catalogue in the database as a pack would say it: the way back from rows to files.

`stored_files` is what `pack.reading.check` takes; `content_after` holds an edit to the same rules as a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import models as db

from content import models
from content.pack import format as fmt
from content.pack.content import PackContent, parse
from content.pack.problems import PackErrors, Problem
from content.pack.rules import broken_rules

Said = dict[str, Any]


def stored_files(kinds: Collection[str] = fmt.KINDS) -> dict[str, Any]:
    """What the files of the pack would say, by their paths. Some fifty queries for all kinds, whatever the size."""
    pack = models.Pack.objects.order_by("-loaded_at").first()
    if pack is None:
        return {}
    return {"pack.yaml": _pack(pack), **_Reading().files(kinds)}


def stored_content() -> PackContent:
    """The catalogue without the rules between entries, which every write has held already.

    Raises PackErrors if a row says what no pack may.
    """
    return _parsed(stored_files())


_handed_over: dict[str, PackContent] = {}


def hand_over(content: PackContent, digest: str) -> None:
    """Tell what the rows of a state say, having just read them: whoever asks for it next need not read them again."""
    _handed_over.clear()
    _handed_over[digest] = content


def content_at(digest: str) -> PackContent:
    """What the rows say in the state of that digest, which is the one that holds."""
    return _handed_over.pop(digest, None) or stored_content()


def content_after(known: PackContent, kind: str) -> PackContent:
    """What the rows say after a write that touched entries of one kind, or the pack itself, and nothing else.

    `known` is what they said before; entries are never deleted. Raises PackErrors if a row or a rule is broken now.
    """
    read = _parsed(stored_files({kind}))
    entries = {each: read.entries[each] if each == kind else found for each, found in known.entries.items()}
    content = PackContent(read.pack, entries, known.files | read.files)
    broken = broken_rules(content)
    if broken:
        raise PackErrors(broken)
    return content


def _parsed(files: dict[str, Any]) -> PackContent:
    problems: list[Problem] = []
    content = parse(files, problems)
    if content is None or problems:
        raise PackErrors(problems)
    return content


def _texts(row: Any, *names: str) -> Said:
    """`name_ko`, `name_en` → `name`; a text that is empty in both languages is not there."""
    found: Said = {}
    for name in names:
        ko, en = getattr(row, f"{name}_ko") or "", getattr(row, f"{name}_en") or ""
        if ko or en:
            found[name] = {"ko": ko, "en": en}
    return found


def _pack(pack: models.Pack) -> Said:
    scale = [{"level": step.level, **_texts(step, "name", "meaning")} for step in models.ScaleStep.objects.all()]
    said = {"id": pack.key, "version": pack.version, "scale": scale, "example": pack.example}
    return said | _texts(pack, "name", "summary", "news")


def _rows(model: type[db.Model]) -> Iterable[Any]:
    """Every row in its order, by `pk` and the names of the columns; whole objects would take twice as long."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return db.QuerySet(model).values_list("pk", *columns, named=True)


class _Reading:
    """One reading; rows that hang below others are fetched once for all of them."""

    def __init__(self) -> None:
        self.keys: dict[type[db.Model], dict[int, str]] = {}

    def files(self, kinds: Collection[str] = fmt.KINDS) -> dict[str, Any]:
        """The entries of each of `kinds` in the order of the pack, by file."""
        found: dict[str, list[Said]] = defaultdict(list)
        for kind, model, reader in self._kinds():
            if kind not in kinds:
                continue
            say = reader()
            linked = self._linked(model, "sources") if issubclass(model, models.Sourced) else {}
            rows = sorted(_rows(model), key=lambda row: (row.file, row.position, row.pk))
            for row in rows:
                said: Said = {"id": row.key}
                if row.retired:
                    said["retired"] = True
                if row.replaced_by:
                    said["replaced_by"] = row.replaced_by
                if row.pk in linked:
                    said["sources"] = linked[row.pk]
                found[row.file or f"{kind}.yaml"].append(said | say(row))
        return dict(sorted(found.items()))

    def _kinds(self) -> list[tuple[str, type[models.Entry], Callable[[], Callable[[Any], Said]]]]:
        """Each kind, its table, and what makes the function that says a row: it reads what hangs below the rows."""
        return [
            ("sources", models.Source, lambda: self._source),
            ("groups", models.Group, _plainly("name", "summary")),
            ("competencies", models.Competency, lambda: self._competency),
            ("skills", models.Skill, self._skills),
            ("roles", models.Role, self._roles),
            ("classes", models.EngineerClass, lambda: self._class),
            ("expectations", models.Expectation, self._expectations),
            ("phases", models.Phase, _plainly("name", "summary")),
            ("activities", models.Activity, self._activities),
            ("situations", models.Situation, lambda: lambda row: {"levels": row.levels} | _texts(row, *_ADVICE)),
            ("goals", models.Goal, _plainly(*_ADVICE)),
            ("resources", models.Resource, self._resources),
            ("milestones", models.MilestoneTemplate, self._milestones),
            ("topics", models.Topic, _plainly("name", "summary")),
            ("questions", models.Question, self._questions),
            ("choices", models.Choice, self._choices),
            ("deeds", models.Deed, self._deeds),
            ("ratings", models.Rating, self._ratings),
        ]

    def _key(self, model: type[db.Model], pk: int) -> str:
        if model not in self.keys:
            self.keys[model] = dict(model._default_manager.values_list("pk", "key"))
        return self.keys[model][pk]

    def _linked(self, model: type[db.Model], field: str) -> dict[int, list[str]]:
        """The keys that a many-to-many field names, in the order in which they were named."""
        relation: Any = model._meta.get_field(field)
        through, target = relation.remote_field.through, relation.remote_field.model
        columns = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        found: dict[int, list[str]] = defaultdict(list)
        for row, other in through._default_manager.order_by("pk").values_list(*columns):
            found[row].append(self._key(target, other))
        return found

    def _below(self, model: type[db.Model], parent: str) -> dict[int, list[Any]]:
        """The rows that hang below each row of the model which `parent` names."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in _rows(model):
            found[getattr(row, parent)].append(row)
        return found

    def _source(self, row: models.Source) -> Said:
        plain = {"title": row.title, "author": row.author, "url": row.url or None, "licence": row.licence}
        return {name: value for name, value in plain.items() if value} | _texts(row, "note")

    def _competency(self, row: models.Competency) -> Said:
        return {"group": self._key(models.Group, row.group_id)} | _texts(row, "name", "summary", "description")

    def _class(self, row: models.EngineerClass) -> Said:
        return {"number": row.number} | _texts(row, "name", "summary", "description", "training")

    def _skills(self) -> Callable[[models.Skill], Said]:
        levels = self._below(models.SkillLevel, "skill_id")
        signals = self._below(models.Signal, "skill_level_id")

        def say(row: models.Skill) -> Said:
            said = [
                {
                    "level": level.level,
                    "signals": [_texts(signal, "text")["text"] for signal in signals[level.pk]],
                    **_texts(level, "evidence"),
                }
                for level in levels[row.pk]
            ]
            return {
                "competency": self._key(models.Competency, row.competency_id),
                "levels": said,
                **_texts(row, "name", "summary"),
            }

        return say

    def _roles(self) -> Callable[[models.Role], Said]:
        differences = self._below(models.RoleDifference, "role_id")

        def say(row: models.Role) -> Said:
            differs = [
                {"role": self._key(models.Role, other.other_id), **_texts(other, "text")}
                for other in differences[row.pk]
            ]
            texts = _texts(row, "name", "summary", "description", "day", "contributes")
            return {"letter": row.letter, "differs": differs, **texts}

        return say

    def _expectations(self) -> Callable[[models.Expectation], Said]:
        levels = self._below(models.ExpectedLevel, "expectation_id")

        def say(row: models.Expectation) -> Said:
            said: Said = {
                "role": self._key(models.Role, row.role_id),
                "competency": self._key(models.Competency, row.competency_id),
                "levels": {},
                **_texts(row, "reason"),
            }
            overrides: dict[str, dict[int, int]] = defaultdict(dict)
            for level in levels[row.pk]:
                if level.skill_id is None:
                    said["levels"][level.engineer_class] = level.level
                else:
                    overrides[self._key(models.Skill, level.skill_id)][level.engineer_class] = level.level
            return said | ({"skills": dict(overrides)} if overrides else {})

        return say

    def _activities(self) -> Callable[[models.Activity], Said]:
        proves = self._linked(models.Activity, "proves")
        interview = self._below(models.InterviewQuestion, "activity_id")

        def say(row: models.Activity) -> Said:
            return {
                "proves": proves[row.pk],
                "interview": [_texts(asked, "question", "listens_for") for asked in interview[row.pk]],
                **_texts(row, "name", "summary", "description", "choose", "do_well", "portfolio", "tell"),
            }

        return say

    def _resources(self) -> Callable[[models.Resource], Said]:
        skills = self._linked(models.Resource, "skills")

        def say(row: models.Resource) -> Said:
            plain = {
                "title": row.title,
                "by": row.by,
                "url": row.url,
                "kind": row.kind,
                "language": row.language,
                "cost": row.cost,
                "hours": row.hours,
                "skills": skills.get(row.pk),
                "reviewed_on": row.reviewed_on,
            }
            return {name: value for name, value in plain.items() if value} | _texts(row, "note")

        return say

    def _milestones(self) -> Callable[[models.MilestoneTemplate], Said]:
        model = models.MilestoneTemplate
        raises = self._below(models.MilestoneSkill, "milestone_id")
        weights = self._below(models.MilestoneRole, "milestone_id")
        checklist = self._below(models.ChecklistTemplate, "milestone_id")
        linked = {name: self._linked(model, name) for name in ("requires", "goals", "situations", "resources")}

        def say(row: models.MilestoneTemplate) -> Said:
            said: Said = {
                "competency": self._key(models.Competency, row.competency_id),
                "phase": self._key(models.Phase, row.phase_id),
                "hours": row.hours,
                "track": row.track,
                "always": row.always,
                "raises": {self._key(models.Skill, each.skill_id): each.level for each in raises[row.pk]},
                "roles": {self._key(models.Role, each.role_id): each.weight for each in weights[row.pk]},
                "checklist": [
                    {"id": item.key, **_texts(item, "text")} for item in checklist[row.pk] if not item.retired
                ],
                **_texts(row, "title", "outcome"),
            }
            if row.activity_id is not None:
                said["activity"] = self._key(models.Activity, row.activity_id)
            return said | {name: found[row.pk] for name, found in linked.items() if row.pk in found}

        return say

    def _questions(self) -> Callable[[models.Question], Said]:
        names = ("situations", "goals", "roles", "competencies", "milestones")
        linked = {name: self._linked(models.Question, name) for name in names}
        views = self._below(models.PanelView, "question_id")

        def say(row: models.Question) -> Said:
            return {
                "topic": self._key(models.Topic, row.topic_id),
                "views": [_texts(view, "who", "text") for view in views[row.pk]],
                **{name: found[row.pk] for name, found in linked.items() if row.pk in found},
                **_texts(row, "question", "short", "answer", "since_2018"),
            }

        return say

    def _choices(self) -> Callable[[models.Choice], Said]:
        options = self._below(models.ChoiceOption, "choice_id")

        def say(row: models.Choice) -> Said:
            said = [{"id": each.key, **_texts(each, "text"), "adds": each.adds} for each in options[row.pk]]
            return _texts(row, *_ASKED) | {"options": said}

        return say

    def _deeds(self) -> Callable[[models.Deed], Said]:
        options = self._below(models.DeedOption, "deed_id")

        def say(row: models.Deed) -> Said:
            said = [{"id": each.key, **_texts(each, "text"), "shows": each.shows} for each in options[row.pk]]
            return _texts(row, *_ASKED) | {"options": said}

        return say

    def _ratings(self) -> Callable[[models.Rating], Said]:
        levels = self._below(models.RatedLevel, "rating_id")

        def say(row: models.Rating) -> Said:
            said = [{"level": each.level, **_texts(each, "text")} for each in levels[row.pk]]
            competency = self._key(models.Competency, row.competency_id)
            return _texts(row, *_ASKED) | {"competency": competency, "levels": said}

        return say


def _plainly(*names: str) -> Callable[[], Callable[[Any], Said]]:
    """A kind of which nothing but texts is to be said."""
    return lambda: lambda row: _texts(row, *names)


_ADVICE = ("name", "summary", "advice")
_ASKED = ("lead", "question")
