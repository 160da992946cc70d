"""The pack's vocabulary: what it says to use can be used, and no word of it is told twice."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.vocabulary import excepts, misused_in


def broken(content: PackContent) -> Iterator[Problem]:
    """Term by term."""
    terms = content.pack.vocabulary
    replaced: dict[tuple[str, str], str] = {}
    for number, term in enumerate(terms):
        path = f"vocabulary[{number}]"
        for misuse in misused_in(term.use, term.language, terms):
            yield Problem("pack.yaml", f"{path}.use", "use-is-replaced", {"key": misuse.word, "use": misuse.use})
        for place, word in enumerate(term.instead_of):
            same = (term.language, word.casefold())
            if same in replaced:
                params = {"key": word, "use": replaced[same]}
                yield Problem("pack.yaml", f"{path}.instead_of[{place}]", "replaced-twice", params)
            replaced.setdefault(same, term.use)
        for place, phrase in enumerate(term.unless):
            if not excepts(term, phrase):
                yield Problem("pack.yaml", f"{path}.except[{place}]", "excepts-nothing", {"key": phrase})
