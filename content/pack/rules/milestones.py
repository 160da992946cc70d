"""Milestones: everybody whom one is for can reach it."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.rules.graphs import cycles


def broken(content: PackContent) -> Iterator[Problem]:
    """Each by itself, and those that require each other."""
    phases = {phase.id: number for number, phase in enumerate(content.of(fmt.Phase))}
    for entry in content.of(fmt.Milestone):
        if entry.retired:
            continue  # Nobody is led to it any more, whatever has become of what it required.
        if not any(entry.roles.values()):
            yield content.problem(entry, "roles", "matters to no role, so nobody can reach it")
        if entry.always and not (entry.goals or entry.situations):
            yield content.problem(entry, "always", "only for a milestone of some goals or situations")
        for key in entry.requires:
            required = content.find(fmt.Milestone, key)
            if required is not None:
                for reason in _in_the_way(entry, required, phases):
                    yield content.problem(entry, "requires", reason)
    for cycle in cycles({entry.id: entry.requires for entry in content.of(fmt.Milestone)}):
        first = content.by_id["milestones"][cycle[0]]
        yield content.problem(first, "requires", f"a cycle of prerequisites: {' → '.join(cycle)}")


def _in_the_way(entry: fmt.Milestone, required: fmt.Milestone, phases: dict[str, int]) -> Iterator[str]:
    """Why some whom a milestone is for could not come past what it requires."""
    if phases.get(required.phase, 0) > phases.get(entry.phase, 0):
        yield f"{required.id!r} stands in a later phase"
    if entry.track == "main" and required.track == "companion":
        yield f"{required.id!r} is a companion; the main track must not wait for it"
    for path in ("goals", "situations"):
        narrower = set(getattr(required, path))
        wider = set(getattr(entry, path)) or {None}
        if narrower and not wider <= narrower:
            yield f"{required.id!r} is for fewer {path}, so some cannot reach this one"
