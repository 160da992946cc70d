"""Aliases: each leads to its entry by a way that no other name of it does."""

from __future__ import annotations

from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.folding import close_up, fold
from content.pack.problems import Problem


def broken(content: PackContent) -> Iterator[Problem]:
    """All that have any, by what the search makes of them."""
    for entries in content.entries.values():
        for entry in entries:
            aliases: fmt.Aliases = getattr(entry, "aliases", [])
            yield from _told_before(content, entry, aliases) if aliases else ()


def _told_before(content: PackContent, entry: fmt.Entry, aliases: fmt.Aliases) -> Iterator[Problem]:
    name = fmt.name_of(entry)
    names = (name.ko, name.en) if isinstance(name, fmt.Bilingual) else (name,)
    own = {close_up(fold(each)) for each in names}
    seen: dict[str, str] = {}
    for number, alias in enumerate(aliases):
        path, searched = f"aliases[{number}]", close_up(fold(alias))
        if not searched:
            yield content.problem(entry, path, "alias-without-letters", key=alias)
        elif searched in own:
            yield content.problem(entry, path, "alias-is-name", key=alias)
        elif searched in seen:
            yield content.problem(entry, path, "alias-twice", key=alias, other=seen[searched])
        seen.setdefault(searched, alias)
