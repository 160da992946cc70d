"""The questions of the guide."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem


def broken(content: PackContent) -> Iterator[Problem]:
    """An answer has a source, and who differs does so from somebody."""
    for question in content.of(fmt.Question):
        if not question.sources:
            yield content.problem(question, "sources", "no-source")
        if len(question.views) == 1:
            yield content.problem(question, "views", "one-view")
