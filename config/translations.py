"""The translations: collected from templates and code, checked, and compiled, without GNU gettext.

English is the language of the message ids, so there is one catalogue, the Korean one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALE = "ko"
CODE = ("accounts", "assessments", "config", "content", "roadmap")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")
# What changes with every run, or names people, is noise in a diff.
NOISE = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|'
    rb'Language-Team|Generated-By): .*\\n"\n',
    re.MULTILINE,
)


def catalogue_path(root: Path) -> Path:
    """Where the Korean catalogue lies."""
    return root / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def extracted(root: Path) -> Catalog:
    """Every message of the templates and the code below `root`, without a translation."""
    catalogue = Catalog(locale=LOCALE, header_comment="# Waymark in Korean.", fuzzy=False)
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        source = path.read_text()
        if path.suffix != ".py":
            # Python's tokenizer minds the indentation that is left of the template; it means nothing here.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())
        for line, text, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            catalogue.add(text, locations=[(name, line)], context=context)
    return catalogue


def read_catalogue(root: Path) -> Catalog:
    """The Korean catalogue as it is on the disk; an empty one where there is none."""
    path = catalogue_path(root)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def merged(root: Path) -> Catalog:
    """What the sources say now, with the translations that exist; what is no longer used is dropped."""
    fresh, known = extracted(root), read_catalogue(root)
    for message in _messages(fresh):
        old = known.get(message.id, message.context)
        if old is not None:
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
            message.user_comments = old.user_comments
    return fresh


def write_catalogue(root: Path, catalogue: Catalog) -> None:
    """Write the catalogue in an order and a form that keep diffs small."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_by_file=True, include_lineno=False)
    path = catalogue_path(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(NOISE.sub(b"", buffer.getvalue()))


def problems(root: Path) -> list[str]:
    """What keeps a Korean page from being Korean, one line each."""
    fresh, known = extracted(root), read_catalogue(root)
    found = []
    for message in _messages(fresh):
        place, text = message.locations[0][0], _texts(message.id)[0]
        old = known.get(message.id, message.context)
        if old is None or not all(_texts(old.string)):
            found.append(f"{place}: not translated: {text!r}")
        elif old.fuzzy:
            found.append(f"{place}: fuzzy: {text!r}")
        elif any(_placeholders(each) != _placeholders(_texts(message.id)[-1]) for each in _texts(old.string)):
            found.append(f"{place}: placeholders differ: {text!r}")
    for message in _messages(known):
        if fresh.get(message.id, message.context) is None:
            found.append(f"{catalogue_path(root).relative_to(root)}: no longer used: {_texts(message.id)[0]!r}")
    return sorted([*found, *_unseen(root)])


def _unseen(root: Path) -> Iterator[str]:
    """Texts that are not collected, since they stand inside an f-string."""
    for path in _sources(root):
        if path.suffix == ".py":
            strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
            for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
                    yield f"{path.relative_to(root).as_posix()}: inside an f-string: {ast.unparse(call)}"


def compile_catalogue(root: Path) -> bool:
    """Compile the Korean catalogue where it is newer than what was compiled; say whether it was.

    Written beside and moved into place: a process that starts meanwhile reads the old or the new one whole.
    """
    source = catalogue_path(root)
    target = source.with_suffix(".mo")
    if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
        return False
    beside = target.with_suffix(".mo.new")
    with beside.open("wb") as file:
        write_mo(file, read_catalogue(root))
    beside.replace(target)
    return True


def _sources(root: Path) -> Iterator[Path]:
    for folder in ("templates", *CODE):
        for path in sorted((root / folder).rglob("*")):
            is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value or ""] if isinstance(value, str) or value is None else list(value)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
