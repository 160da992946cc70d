"""Roles and what tells them apart, engineer classes, and what a role expects at a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem


def broken(content: PackContent) -> Iterator[Problem]:
    """All of it."""
    yield from _roles(content)
    yield from _classes(content)
    yield from _expectations(content)


def _roles(content: PackContent) -> Iterator[Problem]:
    letters = Counter(role.letter for role in content.current(fmt.Role))
    for role in content.of(fmt.Role):
        others = [difference.role for difference in role.differs]
        if role.id in others:
            yield content.problem(role, "differs", "differs-from-itself")
        for key in sorted(content.current_ids("roles") - {role.id, *others}) if not role.retired else ():
            yield content.problem(role, "differs", "differs-not-from", key=key)
        if letters[role.letter] > 1:
            yield content.problem(role, "letter", "letter-taken", key=role.letter)


def _classes(content: PackContent) -> Iterator[Problem]:
    numbers = Counter(entry.number for entry in content.current(fmt.EngineerClass))
    for entry in content.of(fmt.EngineerClass):
        if numbers[entry.number] > 1:
            yield content.problem(entry, "number", "number-taken", key=entry.number)
    by_number = sorted(content.current(fmt.EngineerClass), key=lambda entry: -entry.number)
    for lower, higher in pairwise(by_number):
        for key, level in lower.needs.items():
            if higher.needs.get(key, 0) < level:
                yield content.problem(higher, "needs", "needs-less", key=key, number=lower.number)


def _expectations(content: PackContent) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for entry in content.of(fmt.Expectation):
        pair = (entry.role, entry.competency)
        if pair in seen and not entry.retired:
            yield content.problem(entry, "", "expected-twice", key=seen[pair])
        if not entry.retired:
            seen[pair] = entry.id
        for path, levels in [("levels", entry.levels)] + [(f"skills.{k}", v) for k, v in entry.skills.items()]:
            if set(levels) != {1, 2, 3}:
                yield content.problem(entry, path, "not-all-classes")
            elif not levels[3] <= levels[2] <= levels[1]:
                yield content.problem(entry, path, "higher-expects-less")
        for key in entry.skills:
            skill = content.find(fmt.Skill, key)
            if skill is not None and skill.competency != entry.competency and not entry.retired:
                yield content.problem(entry, f"skills.{key}", "of-another-competency", key=skill.competency)
    for role in content.current(fmt.Role):
        for competency in content.current(fmt.Competency):
            if (role.id, competency.id) not in seen:
                yield content.problem(role, "", "nothing-expected", key=competency.id)
