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
            yield content.problem(entry, "roles", "matters-to-nobody")
        if entry.always and not (entry.goals or entry.situations):
            yield content.problem(entry, "always", "always-for-all")
        for key in entry.proof_for:
            if not entry.roles.get(key):
                yield content.problem(entry, "proof_for", "proof-without-weight", key=key)
        for key in entry.finishes:
            if key not in entry.resources and content.find(fmt.Resource, key) is not None:
                yield content.problem(entry, "finishes", "finishes-no-resource", key=key)
        for key in entry.requires:
            required = content.find(fmt.Milestone, key)
            if required is not None:
                for code, params in _in_the_way(entry, required, phases):
                    yield content.problem(entry, "requires", code, key=key, **params)
    milestones = content.of(fmt.Milestone)
    circles = cycles({entry.id: entry.requires for entry in milestones})
    for cycle in circles:
        first = content.by_id["milestones"][cycle[0]]
        yield content.problem(first, "requires", "requires-in-circle", way=" → ".join(cycle))
    for cycle in cycles({entry.id: [*entry.requires, *entry.after] for entry in milestones}) if not circles else ():
        first = content.by_id["milestones"][cycle[0]]
        yield content.problem(first, "after", "after-in-circle", way=" → ".join(cycle))


def _in_the_way(
    entry: fmt.Milestone, required: fmt.Milestone, phases: dict[str, int]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Why some whom a milestone is for could not come past what it requires."""
    if phases.get(required.phase, 0) > phases.get(entry.phase, 0):
        yield "requires-later-phase", {}
    if entry.track == "main" and required.track == "companion":
        yield "requires-companion", {}
    for path in ("goals", "situations"):
        narrower = set(getattr(required, path))
        wider = set(getattr(entry, path)) or {None}
        if narrower and not wider <= narrower:
            yield "requires-narrower", {"kind": path}
