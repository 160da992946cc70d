"""An edit of the catalogue, held to the rules of a pack: it is stored with its history, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models as db

from accounts.models import User
from content import models
from content.catalogue import current_catalogue
from content.pack import format as fmt
from content.pack.changes import PACK, PLACE, said
from content.pack.content import PackContent
from content.rows.loading import refresh_digest
from content.rows.reading import Said, content_after
from content.rows.tables import MODELS

KIND_OF: dict[type[db.Model], str] = {model: fmt.NAMES[kind] for kind, model in MODELS.items()}
"""The kind of entry that a table holds, as the pack calls it."""

FAMILY: dict[type[models.Entry], str] = {
    models.Skill: "competency",
    models.MilestoneTemplate: "competency",
    models.Question: "topic",
}
"""What decides the file of an entry whose kind is spread over several."""


def before_edit(kind: str, key: str) -> Said | None:
    """What an entry says now, as a file would; other edits wait until this transaction ends. None if there is none.

    Call it first, for a new entry too: what the rest of the catalogue says is then known until the end.
    """
    list(models.Pack.objects.select_for_update().values_list("pk"))
    catalogue = current_catalogue().content
    if kind == PACK:
        return said(catalogue.pack)
    return next((said(entry) for entry in catalogue.entries[kind] if entry.id == key), None)


def after_edit(kind: str) -> PackContent:
    """What the catalogue says now that entries of one kind were written, held to every rule of a pack.

    Raises PackErrors with every problem, so that all of it is rolled back.
    """
    return content_after(current_catalogue().content, kind)


def settle(
    content: PackContent,
    kind: str,
    key: str,
    before: Said | None,
    *,
    by: User,
    at: datetime,
    moved: tuple[int, int] | None = None,
) -> models.Edit | None:
    """Let the pages follow what the catalogue says after an edit, and remember what changed.

    Call it last, inside the transaction of the write. `moved` is from which place to which the entry went. None if
    the entry says what it said before, where it stood before.
    """
    refresh_digest(content)
    entry = content.pack if kind == PACK else next(each for each in content.entries[kind] if each.id == key)
    after = said(entry)
    if moved is not None and before is not None and moved[0] != moved[1]:
        before, after = {**before, PLACE: moved[0]}, {**after, PLACE: moved[1]}
    if after == before:
        return None
    return models.Edit.objects.create(kind=kind, key=key, before=before, after=after, by=by, at=at)


def place_of(row: models.Entry) -> int:
    """Where an entry stands among those of its file, retired ones too, from 1."""
    return _in_order(row).index(row.pk) + 1


def last_place(row: models.Entry) -> int:
    """How many entries its file has."""
    return type(row)._default_manager.filter(file=row.file).count()


def move(row: models.Entry, place: int) -> None:
    """Put an entry at a place among those of its file; its kind is numbered as loading its files would."""
    rows: list[Any] = sorted(type(row)._default_manager.all(), key=lambda each: (each.file, each.position, each.pk))
    alike = [each for each in rows if each.file == row.file and each.pk != row.pk]
    alike.insert(place - 1, row)
    before = [each for each in rows if each.file < row.file]
    behind = [each for each in rows if each.file > row.file]
    changed = []
    for position, each in enumerate([*before, *alike, *behind]):
        if each.position != position:
            each.position = position
            changed.append(each)
    type(row)._default_manager.bulk_update(changed, ["position"], batch_size=100)


def seal(entry: Mapping[str, Any] | None) -> str:
    """A short word for what an entry says, to notice that somebody else has changed it since."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()[:32]


def file_of(row: models.Entry) -> str:
    """The file that a new entry belongs to: that of the entries most like it."""
    kind = KIND_OF[type(row)]
    others: Any = type(row)._default_manager.exclude(pk=row.pk).exclude(file="").order_by("-position", "-pk")
    alike = others.none()
    if isinstance(row, models.Resource):
        alike = others.filter(skills__competency__in=row.skills.values("competency"))
    elif type(row) in FAMILY:
        alike = others.filter(**{FAMILY[type(row)]: getattr(row, FAMILY[type(row)])})
    found = alike.values_list("file", flat=True).first()
    if found:
        return str(found)
    last = others.values_list("file", flat=True).first() or f"{kind}.yaml"
    if "/" in last and type(row) in FAMILY:
        return f"{kind}/{getattr(row, FAMILY[type(row)]).key}.yaml"
    return str(last)


def _in_order(row: models.Entry) -> list[int]:
    alike: Any = type(row)._default_manager.filter(file=row.file)
    return list(alike.order_by("position", "pk").values_list("pk", flat=True))
