"""Write a pack's files, in one form only: the same content gives the same bytes. Pure: no Django, no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.references import references


def pack_files(content: PackContent) -> dict[str, str]:
    """The text of every file of the pack, by its path in it."""
    order = {kind: {entry.id: n for n, entry in enumerate(found)} for kind, found in content.entries.items()}
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, entries in content.entries.items():
        for entry in entries:
            said = entry.model_dump(mode="python", exclude_defaults=True)
            found[content.files[kind, entry.id]].append(_ordered(entry, said, order))
    pack = content.pack.model_dump(mode="python", exclude_defaults=True)
    texts = {"pack.yaml": _yaml(_ordered(content.pack, pack, order))}
    return texts | {file: _yaml(entries) for file, entries in sorted(found.items())}


def write_pack(content: PackContent, folder: Path) -> list[str]:
    """Make `folder` hold just this pack: write what differs, remove files that it has no entry for.

    Returns the paths of what was written or removed.
    """
    texts = pack_files(content)
    touched = []
    for file, text in texts.items():
        path = folder / file
        data = text.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            touched.append(file)
    for path in sorted(folder.rglob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        if file not in texts:
            path.unlink()
            touched.append(file)
    return touched


def _by(order: Mapping[str, int], found: Mapping[Any, Any]) -> dict[Any, Any]:
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _ordered(entry: fmt.Strict, said: dict[str, Any], order: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Mappings have no order of their own: they get that of what they name, classes from 3 to 1."""
    for reference in references(type(entry)):
        said = _named_in_order(said, reference.steps, order[reference.kind])
    match entry:
        case fmt.Expectation():
            said["levels"] = dict(sorted(said["levels"].items(), reverse=True))
            if "skills" in said:
                said["skills"] = {k: dict(sorted(each.items(), reverse=True)) for k, each in said["skills"].items()}
        case fmt.Role():
            said["differs"] = sorted(said["differs"], key=lambda difference: order["roles"][difference["role"]])
    return said


def _named_in_order(said: Any, steps: tuple[str, ...], order: Mapping[str, int]) -> Any:
    """What is said, with the mapping to which `steps` lead in the order of what it names; a list keeps its own."""
    match steps:
        case ("[]",) if isinstance(said, dict):
            return _by(order, said)
        case ("[]", *rest):
            return [_named_in_order(each, tuple(rest), order) for each in said]
        case (name, *rest) if name in said:
            return {**said, name: _named_in_order(said[name], tuple(rest), order)}
        case _:
            return said


class _Writer(yaml.SafeDumper):
    """Block style with lists set in, paragraphs as literal blocks, keys and classes on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    style = "|" if "\n" in data else None
    return writer.represent_scalar("tag:yaml.org,2002:str", data, style=style)


def _mapping(writer: yaml.SafeDumper, data: dict[Any, Any]) -> yaml.MappingNode:
    numbers = bool(data) and all(isinstance(key, int) for key in data)
    return writer.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=numbers)


def _list(writer: yaml.SafeDumper, data: Sequence[Any]) -> yaml.SequenceNode:
    keys = all(isinstance(value, str) for value in data)
    return writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=keys)


_Writer.add_representer(str, _text)
_Writer.add_representer(dict, _mapping)
_Writer.add_representer(list, _list)


def _yaml(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text
