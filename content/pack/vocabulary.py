"""One word for one thing: where texts say otherwise than the pack's own vocabulary. Pure: no Django, no database.

English words are found whole and in any case, Korean ones wherever their letters stand, since what follows them is
written together with them. A word that stands within a phrase of `except` is meant so. Texts are all that stand there
in both languages; titles and authors of works, which are as they are, and aliases are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from content.pack import format as fmt
from content.pack.content import PackContent

AROUND = 20
"""So many letters before and after a word are told with it."""


@dataclass(frozen=True)
class Misuse:
    """A `word` that a text says and the vocabulary does not, in its `context`, and what to `use`."""

    word: str
    use: str
    context: str


def misused_words(content: PackContent) -> Iterator[tuple[str, Misuse]]:
    """All in what is not retired and in `pack.yaml`, each with the way to its text, such as `goals/a-job.name.ko`."""
    terms = content.pack.vocabulary
    if not terms:
        return
    said = [(f"pack/{content.pack.id}", content.pack), *_current(content)]
    for path, value in said:
        for way, text in fmt.texts_in(value, path):
            for language in ("ko", "en"):
                for misuse in misused_in(getattr(text, language), language, terms):
                    yield f"{way}.{language}", misuse


def misused_in(text: str, language: str, terms: Iterable[fmt.Term]) -> Iterator[Misuse]:
    """What one text in a language says otherwise than the terms, term by term."""
    for term in terms:
        if term.language != language:
            continue
        meant: list[tuple[int, int]] | None = None
        for found in _any_of(language, *term.instead_of).finditer(text):
            if meant is None:
                meant = [each.span() for phrase in term.unless for each in _any_of(language, phrase).finditer(text)]
            if not any(start <= found.start() and found.end() <= end for start, end in meant):
                yield Misuse(" ".join(found[0].split()), term.use, _context(text, *found.span()))


def excepts(term: fmt.Term, phrase: str) -> bool:
    """Whether a phrase holds a word that the term replaces, and more than that."""
    return any(found[0] != phrase for found in _any_of(term.language, *term.instead_of).finditer(phrase))


def _current(content: PackContent) -> Iterator[tuple[str, fmt.Entry]]:
    for kind, entries in content.entries.items():
        yield from ((f"{kind}/{entry.id}", entry) for entry in entries if not entry.retired)


@cache
def _any_of(language: str, *words: str) -> re.Pattern[str]:
    """Any of these words, the longest first; a line may end between two words."""
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(either) if language == "ko" else re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _context(text: str, start: int, end: int) -> str:
    """The word with what stands around it, in one line."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    stretch = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{stretch}{'…' if last < len(text) else ''}"
