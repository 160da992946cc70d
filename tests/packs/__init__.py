"""Small content packs as data, and copies of them with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

BAKING = Path(__file__).parent / "baking"

GONE = object()
"""As a value: take the entry or the key out."""


def copy_of(pack: Path, folder: Path) -> Path:
    """A copy of `pack` at `folder`, replacing what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pack, folder)
    return folder


def files_of(pack: Path) -> dict[str, Any]:
    """What the files of a pack say, by their paths in it, as `check` takes them."""
    paths = sorted(pack.rglob("*.yaml"))
    return {path.relative_to(pack).as_posix(): said_in(path) for path in paths}


def said_in(file: Path) -> Any:
    """What one file says."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def change(pack: Path, file: str, where: str, value: object) -> None:
    """Set one value in a pack's file, as `changed` does."""
    path = pack / file
    data = changed(said_in(path), where, value)
    said = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(said, encoding="utf-8")


def changed(data: Any, where: str, value: object) -> Any:
    """Set one value in what a file says, and return all of it.

    `where` leads to it with dots: ids and numbers in lists, keys in mappings, such as `first-loaf.checklist.0.text.ko`.
    One past the end of a list adds to it; an empty `where` is the whole file.
    """
    if not where:
        return value
    *way, last = where.split(".")
    inside = data
    for part in way:
        inside = inside[_place(inside, part)]
    place = _place(inside, last)
    if value is GONE:
        del inside[place]
    elif isinstance(inside, list) and place == len(inside):
        inside.append(value)
    else:
        inside[place] = value
    return data


def _place(inside: Any, part: str) -> Any:
    if isinstance(inside, dict):
        return int(part) if part.isdecimal() else part
    if part.isdecimal():
        return int(part)
    return next(number for number, entry in enumerate(inside) if entry["id"] == part)
