"""What entries say of each other: whoever is named is there, is not retired, and is named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.rules.graphs import cycles


def broken(content: PackContent) -> Iterator[Problem]:
    """Sources, and what replaces what is retired."""
    for kind, found in content.entries.items():
        for entry in found:
            if isinstance(entry, fmt.Sourced):
                yield from known(content, entry, "sources", "sources", entry.sources)
                yield from once(content, entry, "sources", entry.sources)
            if entry.replaced_by is None:
                continue
            if not entry.retired:
                yield content.problem(entry, "replaced_by", "only a retired entry is replaced")
            if entry.replaced_by not in content.by_id[kind]:
                yield content.problem(entry, "replaced_by", f"unknown id {entry.replaced_by!r} in {kind}")
        for cycle in cycles({entry.id: [entry.replaced_by] for entry in found if entry.replaced_by}):
            first = content.by_id[kind][cycle[0]]
            yield content.problem(first, "replaced_by", f"leads in a circle: {' → '.join(cycle)}")


def known(content: PackContent, entry: fmt.Entry, path: str, target: str, keys: Iterable[str]) -> Iterator[Problem]:
    """Those of `keys` that no entry of the kind `target` has, or only a retired one."""
    for key in keys:
        other = content.by_id[target].get(key)
        if other is None:
            yield content.problem(entry, path, f"unknown id {key!r} in {target}")
        elif other.retired and not entry.retired:
            yield content.problem(entry, path, f"{key!r} in {target} is retired")


def once(content: PackContent, entry: fmt.Entry, path: str, keys: Sequence[str]) -> Iterator[Problem]:
    """Those of `keys` that are there more than once."""
    for key, times in Counter(keys).items():
        if times > 1:
            yield content.problem(entry, path, f"{key!r} stands there {times} times")
