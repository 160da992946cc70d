"""What differs between two states of a pack. Pure: no Django, no database.

A state is what the entries say, as JSON: `state[kind][id]` is an entry without what is at its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from content.pack.content import PackContent
from content.pack.format import Strict

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
Difference = Mapping[str, Mapping[str, Mapping[str, Any] | None]]
"""What another state says, by kind and id, of what is not the same there; None of what it does not have."""
What = Literal["added", "changed", "retired", "returned", "removed"]

PACK = "pack"
"""The kind under which `pack.yaml` itself stands in a state."""


PLACE = "place"
"""The name under which it is told that an entry was moved among those of its file; no entry has such a field."""


@dataclass(frozen=True, order=True)
class Change:
    """One entry that differs. `fields` are the names of what differs; `ko` and `en` are what it is called."""

    kind: str
    id: str
    what: What
    ko: str
    en: str
    fields: tuple[str, ...] = ()
    replaced_by: str | None = None


def state_of(content: PackContent) -> dict[str, dict[str, dict[str, Any]]]:
    """What the pack says now, as JSON can keep it."""
    state = {kind: {entry.id: said(entry) for entry in found} for kind, found in content.entries.items()}
    return {PACK: {content.pack.id: said(content.pack)}, **state}


def said(entry: Strict) -> dict[str, Any]:
    """What an entry, or `pack.yaml`, says as JSON, without what is at its default."""
    return entry.model_dump(mode="json", exclude_defaults=True)


def changes(old: State, new: State) -> list[Change]:
    """What happened between two states of a pack, in the order of `new`. `pack.yaml` is not told of."""
    found: list[Change] = []
    for kind in [*new, *(kind for kind in old if kind not in new)]:
        if kind == PACK:
            continue
        before, after = old.get(kind, {}), new.get(kind, {})
        for key in [*after, *(key for key in before if key not in after)]:
            change = _change(kind, key, before.get(key), after.get(key))
            if change is not None:
                found.append(change)
    return found


def difference(state: State, other: State) -> Difference:
    """What `other` says where it differs from `state`: `patched(state, difference(state, other))` is `other`."""
    found: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    for kind in dict.fromkeys([*state, *other]):
        here, there = state.get(kind, {}), other.get(kind, {})
        differing = {key: there.get(key) for key in dict.fromkeys([*here, *there]) if here.get(key) != there.get(key)}
        if differing:
            found[kind] = differing
    return found


def patched(state: State, differing: Difference) -> State:
    """The other state of a `difference`; what has come or gone stands in no order."""
    found = {}
    for kind in dict.fromkeys([*state, *differing]):
        entries = {**state.get(kind, {}), **differing.get(kind, {})}
        found[kind] = {key: entry for key, entry in entries.items() if entry is not None}
    return found


def overwritten(base: State, mine: State, theirs: State) -> list[Change]:
    """What `theirs` would undo: entries that differ from `base` in `mine`, and from `mine` in `theirs`.

    `base` is what was loaded last, `mine` what editors made of it since, `theirs` what is about to be loaded.
    """
    found: list[Change] = []
    for kind, entries in mine.items():
        for key, entry in entries.items():
            loaded = theirs.get(kind, {}).get(key)
            if entry == base.get(kind, {}).get(key) or entry == loaded:
                continue
            if loaded is None and entry.get("retired"):
                continue
            ko, en = _name(kind, key, entry)
            what: What = "removed" if loaded is None else "changed"
            found.append(Change(kind, key, what, ko, en, _differing(entry, loaded or {}) if loaded else ()))
    return found


def _change(kind: str, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change | None:
    if before == after:
        return None
    ko, en = _name(kind, key, after or before or {})
    if after is None:
        return None if before and before.get("retired") else Change(kind, key, "retired", ko, en)
    if before is None:
        return None if after.get("retired") else Change(kind, key, "added", ko, en)
    fields = _differing(before, after)
    if bool(before.get("retired")) != bool(after.get("retired")):
        what: What = "retired" if after.get("retired") else "returned"
        return Change(kind, key, what, ko, en, fields, after.get("replaced_by"))
    return Change(kind, key, "changed", ko, en, fields, after.get("replaced_by"))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(name for name in names if before.get(name) != after.get(name))


def _name(kind: str, key: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """What an entry is called in both languages; its id where it has no name of its own."""
    for field in ("name", "title", "question"):
        name = entry.get(field)
        if isinstance(name, Mapping):
            return name["ko"], name["en"]
        if isinstance(name, str):
            return name, name
    return key, key
