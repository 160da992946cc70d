"""The skills of a competency."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem


def broken(content: PackContent) -> Iterator[Problem]:
    """A skill has all its levels."""
    for skill in content.of(fmt.Skill):
        if [level.level for level in skill.levels] != [1, 2, 3, 4]:
            yield content.problem(skill, "levels", "levels-not-in-order", first=1, last=4)
