"""What entries say of each other: whoever is named is there, is not retired, and is named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.references import Reference, parts_of, references
from content.pack.rules.graphs import cycles


def broken(content: PackContent) -> Iterator[Problem]:
    """All that the format declares, the ids of parts, and what replaces what is retired."""
    for kind, found in content.entries.items():
        for reference in references(fmt.KINDS[kind]):
            yield from (_all_named if reference.every else _named)(content, found, reference)
        for field, part in parts_of(fmt.KINDS[kind]).items():
            for entry in found if "id" in part.model_fields else ():
                yield from _once(content, entry, field, [each.id for each in getattr(entry, field)])
        for entry in found:
            if entry.replaced_by is not None and not entry.retired:
                yield content.problem(entry, "replaced_by", "replaced-not-retired")
        for cycle in cycles({entry.id: [entry.replaced_by] for entry in found if entry.replaced_by}):
            first = content.by_id[kind][cycle[0]]
            yield content.problem(first, "replaced_by", "replaced-in-circle", way=" → ".join(cycle))


def _named(content: PackContent, found: Iterable[fmt.Entry], reference: Reference) -> Iterator[Problem]:
    kind, there = reference.kind, content.by_id[reference.kind]
    for entry in found:
        for path, keys in reference.groups(entry):
            for key in keys:
                other = there.get(key)
                if other is None:
                    yield content.problem(entry, path, "unknown-id", key=key, kind=kind)
                elif other.retired and not entry.retired and reference.field != "replaced_by":
                    yield content.problem(entry, path, "retired-id", key=key, kind=kind)
            if len(keys) > 1:
                yield from _once(content, entry, path, keys)


def _all_named(content: PackContent, found: Iterable[fmt.Entry], reference: Reference) -> Iterator[Problem]:
    current = content.current_ids(reference.kind)
    one = fmt.KINDS[reference.kind].__name__.lower()
    for entry in found:
        for path, keys in reference.groups(entry) if not entry.retired else ():
            for key in sorted(current ^ set(keys)):
                yield content.problem(entry, path, "unknown-or-missing", key=key, kind=reference.kind, one=one)


def _once(content: PackContent, entry: fmt.Entry, path: str, keys: Collection[str]) -> Iterator[Problem]:
    if len(set(keys)) < len(keys):
        for key, times in Counter(keys).items():
            if times > 1:
                yield content.problem(entry, path, "repeated", key=key, times=times)
