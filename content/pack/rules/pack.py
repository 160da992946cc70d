"""`pack.yaml` itself, and that no kind is missing."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack.content import PackContent
from content.pack.problems import Problem


def broken(content: PackContent) -> Iterator[Problem]:
    """Each kind has an entry; the example names what there is; the scale is whole."""
    for kind, found in content.entries.items():
        if not found:
            yield Problem(f"{kind}.yaml", "", "missing or empty")
    example = content.pack.example
    for path, wrong in (
        ("example.role_mix", set(example.role_mix) ^ content.current_ids("roles")),
        ("example.situation", {example.situation} - content.current_ids("situations")),
        ("example.goal", {example.goal} - content.current_ids("goals")),
    ):
        if wrong:
            yield Problem("pack.yaml", path, f"unknown, retired or missing: {', '.join(sorted(wrong))}")
    if sum(example.role_mix.values()) != 10:
        yield Problem("pack.yaml", "example.role_mix", "the parts must add up to ten")
    if [step.level for step in content.pack.scale] != [0, 1, 2, 3, 4]:
        yield Problem("pack.yaml", "scale", "expected the levels 0 to 4 in order")
