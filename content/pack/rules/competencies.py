"""Competencies, their skills, and the levels in them that are usual in a situation."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.rules.references import known, once


def broken(content: PackContent) -> Iterator[Problem]:
    """A skill has all its levels, and a situation one in every competency."""
    for competency in content.of(fmt.Competency):
        yield from known(content, competency, "group", "groups", [competency.group])
    for skill in content.of(fmt.Skill):
        yield from known(content, skill, "competency", "competencies", [skill.competency])
        if [level.level for level in skill.levels] != [1, 2, 3, 4]:
            yield content.problem(skill, "levels", "expected the levels 1 to 4 in order")
    for activity in content.of(fmt.Activity):
        yield from known(content, activity, "proves", "competencies", activity.proves)
        yield from once(content, activity, "proves", activity.proves)
    for resource in content.of(fmt.Resource):
        yield from known(content, resource, "skills", "skills", resource.skills)
        yield from once(content, resource, "skills", resource.skills)
    competencies = content.current_ids("competencies")
    for situation in content.current(fmt.Situation):
        for key in sorted(competencies ^ set(situation.levels)):
            yield content.problem(situation, "levels", f"unknown or missing competency {key!r}")
