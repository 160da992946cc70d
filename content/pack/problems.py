"""What is wrong with a content pack, where, and how that is said in English. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import PydanticKnownError

OF_FILES = {
    "no-folder": "no such folder",
    "not-utf-8": "not UTF-8 (byte {byte})",
    "not-readable": "cannot be read: {error}",
    "too-deep": "nested too deeply",
    "yaml-at-line": "{error}",
    "not-yaml": "not YAML: {error}",
    "unknown-file": "unknown kind of file; known are {kinds}",
    "no-list": "expected a list of entries",
    "no-pack": "missing",
    "told-longer": "tells of {told} weeks, and the milestone says {weeks}",
}
"""What only files are told, by code."""

REASONS = {
    "no-web-address": "not a web address (https://…)",
    "repeated-id": "repeated id, first in {file}",
    "no-entry": "missing or empty",
    "unknown-id": "unknown id {key!r} in {kind}",
    "retired-id": "{key!r} in {kind} is retired",
    "repeated": "{key!r} stands there {times} times",
    "unknown-or-missing": "unknown or missing {one} {key!r}",
    "replaced-not-retired": "only a retired entry is replaced",
    "replaced-in-circle": "leads in a circle: {way}",
    "use-is-replaced": "says {key!r}, and the vocabulary says {use!r} instead",
    "replaced-twice": "{key!r} is replaced by {use!r} already",
    "excepts-nothing": "{key!r} holds no word that is replaced here, or nothing else",
    "alias-without-letters": "{key!r} has no letter or digit to search for",
    "alias-is-name": "{key!r} is its own name already, as the search reads it",
    "alias-twice": "{key!r} is the same as {other!r}, as the search reads it",
    "example-names": "unknown, retired or missing: {names}",
    "parts-not-ten": "the parts must add up to ten",
    "levels-not-in-order": "expected the levels {first} to {last} in order",
    "letter-taken": "{key!r} is another role's too",
    "number-taken": "{key} is another class's too",
    "differs-from-itself": "a role has no difference from itself",
    "differs-not-from": "does not say what tells it from {key!r}",
    "expected-twice": "{key!r} says the same role and competency",
    "not-all-classes": "expected the classes 3, 2 and 1",
    "higher-expects-less": "a higher class must not expect less",
    "of-another-competency": "belongs to {key!r}",
    "nothing-expected": "no expectation of {key!r}",
    "one-length": "either at least or exactly so many weeks",
    "matters-to-nobody": "matters to no role, so nobody can reach it",
    "always-for-all": "only for a milestone of some goals or situations",
    "requires-later-phase": "{key!r} stands in a later phase",
    "requires-companion": "{key!r} is a companion; the main track must not wait for it",
    "requires-narrower": "{key!r} is for fewer {kind}, so some cannot reach this one",
    "requires-in-circle": "a cycle of prerequisites: {way}",
    "after-in-circle": "a cycle of what comes after what: {way}",
    "proof-without-weight": "it proves a class of {key!r}, to whom it does not matter",
    "finishes-no-resource": "{key!r} is not among its resources",
    "no-source": "an answer names where it comes from",
    "one-view": "one view is no difference",
    "role-never-first": "cannot come out first: quick answers that favour it give it {own} points and {key!r} {others}",
    "class-out-of-reach": "{there} of those that are quick can show class {number} or better; it takes {least}",
    "rated-twice": "{key!r} rates the same",
    "not-rated": "no rating of it",
    "needs-less": "class {number} needs more of {key!r}, and is the lower one",
}
"""What the rules and the format's own validators say, by code; the rest are pydantic's types of errors."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `file` is relative to the pack, `path` leads to the value inside the file.

    `code` says what, with `params` such as the `key` of an entry or its `kind`.
    """

    file: str
    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def reason(self) -> str:
        """It in English."""
        said = REASONS.get(self.code) or OF_FILES.get(self.code)
        if said is not None:
            return said.format_map(self.params)
        told = PydanticKnownError(cast(Any, self.code), dict(self.params)).message().removeprefix("Value error, ")
        return told[:1].lower() + told[1:]

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}" if self.path else f"{self.file}: {self.reason}"


class PackErrors(Exception):
    """A pack that cannot be used; `problems` holds all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda each: (each.file, each.path, each.reason))
        super().__init__("\n".join(map(str, self.problems)))


def located(file: str, label: str, error: ValidationError) -> Iterator[Problem]:
    """What pydantic found in an entry, each with its place; a `ValueError` of our own says a code of `REASONS`."""
    for detail in error.errors(include_url=False):
        path = label
        for part in detail["loc"]:
            if part != "[key]":  # The key itself is wrong; the part before is it.
                path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
        params = {name: str(value) if name == "error" else value for name, value in detail.get("ctx", {}).items()}
        if params.get("error") in REASONS:
            yield Problem(file, path, params["error"])
        else:
            yield Problem(file, path, detail["type"], params)
