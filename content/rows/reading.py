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
from content.rows.tables import MODELS, once, table_of

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
    said["vocabulary"] = pack.vocabulary
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
        for kind, model in MODELS.items():
            name = fmt.NAMES[kind]
            if name not in kinds:
                continue
            say = self._saying(kind)
            rows = sorted(_rows(model), key=lambda row: (row.file, row.position, row.pk))
            for row in rows:
                said: Said = {"id": row.key}
                if row.retired:
                    said["retired"] = True
                if row.replaced_by:
                    said["replaced_by"] = row.replaced_by
                found[row.file or f"{name}.yaml"].append(said | say(row))
        return dict(sorted(found.items()))

    def _saying(self, kind: type[fmt.Strict]) -> Callable[[Any], Said]:
        """What says a row of a kind of entry or part; it has read what hangs below the rows."""
        table = table_of(kind)
        texts = [(name, f"{name}_ko", f"{name}_en") for name in table.texts]
        below: dict[str, dict[int, list[Any]]] = {name: self._linked(table.model, name) for name in table.many}
        below |= {name: self._parts(part) for name, part in table.parts.items()}
        own: dict[type[fmt.Strict], Callable[[], Callable[[Any], Said]]]
        own = {fmt.SkillLevel: self._signals, fmt.Expectation: self._expected_levels, fmt.Milestone: self._milestones}
        more = own[kind]() if kind in own else None

        def say(row: Any) -> Said:
            said: Said = {}
            for name, in_korean, in_english in texts:
                ko, en = getattr(row, in_korean) or "", getattr(row, in_english) or ""
                if ko or en:
                    said[name] = {"ko": ko, "en": en}
            for name, column in table.plain.items():
                value = getattr(row, column)
                if value is not None and value != "":
                    said[name] = value
            for name, (column, target) in table.one.items():
                pk = getattr(row, column)
                if pk is not None:
                    said[name] = self._key(target, pk)
            for name, found in below.items():
                if row.pk in found or kind.model_fields[name].is_required():
                    said[name] = found[row.pk]
            return said | more(row) if more else said

        return say

    def _key(self, model: type[db.Model], pk: int) -> str:
        if model not in self.keys:
            self.keys[model] = dict(model._default_manager.values_list("pk", "key"))
        return self.keys[model][pk]

    def _linked(self, model: type[db.Model], field: str) -> dict[int, list[Any]]:
        """The keys that a many-to-many field names, in the order in which they were named."""
        relation: Any = model._meta.get_field(field)
        through, target = relation.remote_field.through, relation.remote_field.model
        columns = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        found: dict[int, list[str]] = defaultdict(list)
        for row, other in through._default_manager.order_by("pk").values_list(*columns):
            found[row].append(self._key(target, other))
        return found

    def _parts(self, part: type[fmt.Strict]) -> dict[int, list[Any]]:
        """What the parts of each entry say."""
        say = self._saying(part)
        rows = _below(table_of(part).model).items()
        return defaultdict(list, {above: [say(row) for row in found] for above, found in rows})

    def _signals(self) -> Callable[[models.SkillLevel], Said]:
        signals = _below(models.Signal)
        return lambda level: {"signals": [_texts(signal, "text")["text"] for signal in signals[level.pk]]}

    def _expected_levels(self) -> Callable[[models.Expectation], Said]:
        levels = _below(models.ExpectedLevel)

        def say(row: models.Expectation) -> Said:
            said: dict[int, int] = {}
            skills: dict[str, dict[int, int]] = defaultdict(dict)
            for level in levels[row.pk]:
                mine = said if level.skill_id is None else skills[self._key(models.Skill, level.skill_id)]
                mine[level.engineer_class] = level.level
            return {"levels": said, "skills": dict(skills)}

        return say

    def _milestones(self) -> Callable[[models.MilestoneTemplate], Said]:
        raises, weights = _below(models.MilestoneSkill), _below(models.MilestoneRole)
        checklist = _below(models.ChecklistTemplate)

        def say(row: models.MilestoneTemplate) -> Said:
            roles = [(self._key(models.Role, each.role_id), each) for each in weights[row.pk]]
            proofs = {key: each.proof_class for key, each in roles if each.proof_class is not None}
            return {
                "raises": {self._key(models.Skill, each.skill_id): each.level for each in raises[row.pk]},
                "roles": {key: each.weight for key, each in roles},
                "checklist": [
                    {"id": item.key, **_texts(item, "text")} for item in checklist[row.pk] if not item.retired
                ],
                **({"proof_for": proofs} if proofs else {}),
            }

        return say


def _below(model: type[db.Model]) -> dict[int, list[Any]]:
    """The rows of a table by the entry or part below which they hang."""
    found: dict[int, list[Any]] = defaultdict(list)
    above = once(model)[0]
    for row in _rows(model):
        found[getattr(row, above)].append(row)
    return found
