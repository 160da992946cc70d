"""Which entries name an entry. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from content.pack import format as fmt
from content.pack.changes import PACK
from content.pack.content import PackContent
from content.pack.references import references

N = TypeVar("N", bound=fmt.Strict)


@dataclass(frozen=True)
class Use:
    """An entry that names another one; `field` is where. `entry` is None for `pack.yaml`."""

    kind: str
    key: str
    entry: fmt.Entry | None
    field: str


def uses_of(content: PackContent, kind: str, key: str) -> Iterator[Use]:
    """Every entry that names `key` of `kind`, once for each field that does, in the order of the pack."""
    for model, name in fmt.NAMES.items():
        for entry, field in _naming(model, content.of(model), kind, key):
            yield Use(name, entry.id, entry, field)
    for pack, field in _naming(fmt.Pack, [content.pack], kind, key):
        yield Use(PACK, pack.id, None, field)


def _naming(model: type[N], found: Iterable[N], kind: str, key: str) -> Iterator[tuple[N, str]]:
    places = [each for each in references(model) if each.kind == kind]
    for entry in found if places else ():
        for field in dict.fromkeys(each.field for each in places if key in each.keys(entry)):
            yield entry, field
