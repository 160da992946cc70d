"""What an edit changed, field by field, so that it can be read. Pure: no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

LANGUAGES = ("ko", "en")
Parts = tuple[tuple[bool, str], ...]
"""A text in pieces; True for a piece that the other side does not have."""


@dataclass(frozen=True)
class Texts:
    """One text before and after; `language` is empty where the value has none."""

    language: str
    before: Parts
    after: Parts


@dataclass(frozen=True)
class Difference:
    """One field that differs. `path` leads to it: names of fields, ids and numbers from 1."""

    path: tuple[str, ...]
    texts: tuple[Texts, ...]


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Difference]:
    """Every field that differs, in the order of `after`; both languages of a text stand together."""
    return list(_differing((), before or {}, after or {}))


def _differing(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if _is_text(before) or _is_text(after):
        yield Difference(path, tuple(_texts(each, before, after) for each in LANGUAGES))
    elif _branches(before) or _branches(after):
        old, new = _named(before), _named(after)
        for name in [*new, *(name for name in old if name not in new)]:
            yield from _differing((*path, name), old.get(name), new.get(name))
    else:
        yield Difference(path, (Texts("", *_pieces(_plain(before), _plain(after))),))


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(LANGUAGES)


def _branches(value: Any) -> bool:
    """Whether a value has parts that are told one by one."""
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(v, Mapping) for v in value))


def _named(value: Any) -> dict[str, Any]:
    """The parts of a value by name: an id of their own where they have one, else their number from 1."""
    if isinstance(value, Mapping):
        return {str(name): each for name, each in value.items()}
    found: dict[str, Any] = {}
    for number, each in enumerate(value or (), start=1):
        name = next((each[field] for field in ("id", "role", "level") if field in each), number)
        found[str(name)] = each if _is_text(each) else {k: v for k, v in each.items() if v != name}
    return found


def _texts(language: str, before: Any, after: Any) -> Texts:
    return Texts(language, *_pieces((before or {}).get(language, ""), (after or {}).get(language, "")))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _pieces(before: str, after: str) -> tuple[Parts, Parts]:
    """Word by word; texts that have little in common are told as a whole."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not before or not after or matcher.ratio() < 0.3:
        return ((True, before),) if before else (), ((True, after),) if after else ()
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if a != b:
            left.append((what != "equal", "".join(old[a:b])))
        if c != d:
            right.append((what != "equal", "".join(new[c:d])))
    return tuple(left), tuple(right)
