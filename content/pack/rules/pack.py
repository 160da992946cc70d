"""`pack.yaml` itself, and that no kind is missing."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.references import references


def broken(content: PackContent) -> Iterator[Problem]:
    """Each kind has an entry; the example names what there is; the scale is whole."""
    for kind, found in content.entries.items():
        if not found:
            yield Problem(f"{kind}.yaml", "", "no-entry")
    for reference in references(fmt.Pack):
        current = content.current_ids(reference.kind)
        for path, keys in reference.groups(content.pack):
            wrong = set(keys) ^ current if reference.every else set(keys) - current
            if wrong:
                yield Problem("pack.yaml", path, "example-names", {"names": ", ".join(sorted(wrong))})
    if sum(content.pack.example.role_mix.values()) != 10:
        yield Problem("pack.yaml", "example.role_mix", "parts-not-ten")
    if [step.level for step in content.pack.scale] != [0, 1, 2, 3, 4]:
        yield Problem("pack.yaml", "scale", "levels-not-in-order", {"first": 0, "last": 4})
