"""The rules that need more than one entry, a module for each subject. Pure: no Django, no database."""

from __future__ import annotations

from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.rules import aliases, assessment, guide, milestones, pack, references, roles, skills, vocabulary

SUBJECTS = (pack, vocabulary, references, aliases, skills, roles, milestones, guide, assessment)


def broken_rules(content: PackContent) -> list[Problem]:
    """The rules between entries that a pack breaks."""
    return [problem for subject in SUBJECTS for problem in subject.broken(content)]
