"""Read a content pack and find everything that is wrong with it.

No Django, no database. `read_pack` returns a `PackContent` or raises `PackErrors` with every problem at once, each
with the file, the path inside it and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from content.pack.content import PackContent, parse
from content.pack.problems import PackErrors, Problem
from content.pack.rules import broken_rules

NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""A character that no text can hold: a control but for tabs and line ends, or half a pair of UTF-16."""


def read_pack(folder: Path) -> PackContent:
    """Read and check the pack in `folder`. Raises PackErrors with every problem found."""
    problems: list[Problem] = []
    if not folder.is_dir():
        raise PackErrors([Problem(folder.name, "", "no-folder")])
    return check(_read_files(folder, problems), problems)


def check(files: Mapping[str, Any], problems: Iterable[Problem] = ()) -> PackContent:
    """Check what the files of a pack say, by their paths in it. Raises PackErrors with every problem found.

    `problems` were found before, such as files that could not be read.
    """
    found = list(problems)
    content = parse(files, found)
    # Entries that failed to parse are named; checking references against the rest would only repeat it.
    if found or content is None:
        raise PackErrors(found)
    found.extend(broken_rules(content))
    if found:
        raise PackErrors(found)
    return content


def _read_files(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """What each file says, in the order of their paths; those that say nothing readable are added to `problems`."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        try:
            found[file] = _loaded(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            problems.append(Problem(file, "", "not-utf-8", {"byte": error.start}))
        except OSError as error:
            problems.append(Problem(file, "", "not-readable", {"error": error.strerror}))
        except RecursionError:
            problems.append(Problem(file, "", "too-deep"))
        except yaml.MarkedYAMLError as error:
            line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
            problems.append(Problem(file, line, "yaml-at-line", {"error": error.problem or "not YAML"}))
        except (yaml.YAMLError, ValueError) as error:
            problems.append(Problem(file, "", "not-yaml", {"error": " ".join(str(error).split())}))
    return found


class _Strict(yaml.constructor.SafeConstructor):
    """Refuses what YAML lets pass: a repeated key, which would silently win, and characters that no text can hold."""

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        value = super().construct_scalar(node)
        # An escape such as "\0" brings in what the file itself must not contain, and no database keeps it.
        if isinstance(value, str) and NO_TEXT.search(value):
            raise yaml.constructor.ConstructorError(None, None, "a character that no text can hold", node.start_mark)
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"repeated key {key!r}", key_node.start_mark)
                seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _QuickLoader(_Strict, yaml.CSafeLoader):
    """Ten times as quick as the other; its errors are short of words."""


class _TellingLoader(_Strict, yaml.SafeLoader):
    """Tells what is wrong and where, in words that a person can use."""


def _loaded(text: str) -> Any:
    """What a file says. Raises YAMLError, or RecursionError where it is nested beyond measure."""
    try:
        # The quick loader would go down with the whole process, the other one would take seconds.
        if _nested(text, 100):
            raise RecursionError
        return yaml.load(text, Loader=_QuickLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=_TellingLoader)


def _nested(text: str, levels: int) -> bool:
    """Whether that many lists and mappings stand in each other somewhere."""
    now = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            now += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            now -= 1
        if now == levels:
            return True
    return False
