"""A pack as a whole, and what its files say put into shape. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from content.pack import format as fmt
from content.pack.problems import Problem, located

E = TypeVar("E", bound=fmt.Entry)


@dataclass(frozen=True)
class PackContent:
    """A pack whose every rule holds. `entries` keeps the order of the files, which is the order on the pages."""

    pack: fmt.Pack
    entries: dict[str, tuple[fmt.Entry, ...]]
    files: dict[tuple[str, str], str]

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """All entries of one kind, such as `content.of(Milestone)`."""
        return cast("tuple[E, ...]", self.entries.get(fmt.NAMES[kind], ()))

    def current(self, kind: type[E]) -> list[E]:
        """Those of one kind that are not retired."""
        return [entry for entry in self.of(kind) if not entry.retired]

    @staticmethod
    def kind_of(entry: fmt.Entry) -> str:
        """The name of the kind of an entry, such as `milestones`."""
        return fmt.NAMES[type(entry)]

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, fmt.Entry]]:
        """Every entry by kind and id, retired ones too."""
        return {kind: {entry.id: entry for entry in found} for kind, found in self.entries.items()}

    def find(self, kind: type[E], key: str) -> E | None:
        """One entry, retired or not; None if there is none of that id."""
        found = self.by_id[fmt.NAMES[kind]].get(key)
        return found if isinstance(found, kind) else None

    def current_ids(self, kind: str) -> set[str]:
        """The ids of those of one kind, such as `milestones`, that are not retired."""
        return {entry.id for entry in self.entries[kind] if not entry.retired}

    def problem(self, entry: fmt.Entry, path: str, code: str, **params: Any) -> Problem:
        """Something that is wrong at a path in an entry, or with the whole of it where the path is empty."""
        where = f"{entry.id}.{path}" if path else entry.id
        return Problem(self.files[self.kind_of(entry), entry.id], where, code, params)


def parse(files: Mapping[str, Any], problems: list[Problem]) -> PackContent | None:
    """The shape alone, without the rules between entries; adds to `problems`. None without a `pack.yaml`."""
    pack: fmt.Pack | None = None
    entries: dict[str, list[fmt.Entry]] = {kind: [] for kind in fmt.KINDS}
    found: dict[tuple[str, str], str] = {}
    for file, raw in files.items():
        kind = kind_of(file)
        if file == "pack.yaml":
            try:
                pack = fmt.Pack.model_validate(raw)
            except ValidationError as error:
                problems.extend(located(file, "", error))
        elif kind not in fmt.KINDS:
            problems.append(Problem(file, "", "unknown-file", {"kinds": ", ".join(fmt.KINDS)}))
        elif not isinstance(raw, list):
            problems.append(Problem(file, "", "no-list"))
        else:
            for index, value in enumerate(raw):
                name = value.get("id") if isinstance(value, dict) else None
                label = name if isinstance(name, str) else f"[{index}]"
                try:
                    entry = fmt.KINDS[kind].model_validate(value)
                except ValidationError as error:
                    problems.extend(located(file, label, error))
                    continue
                if (kind, entry.id) in found:
                    problems.append(Problem(file, label, "repeated-id", {"file": found[kind, entry.id]}))
                    continue
                found[kind, entry.id] = file
                entries[kind].append(entry)
    if "pack.yaml" not in files and not any(problem.file == "pack.yaml" for problem in problems):
        problems.append(Problem("pack.yaml", "", "no-pack"))
    if pack is None:
        return None
    return PackContent(pack, {kind: tuple(each) for kind, each in entries.items()}, found)


def kind_of(file: str) -> str:
    """The kind of entries that a file of a pack holds, by its path in it."""
    return file.split("/")[0].removesuffix(".yaml")
