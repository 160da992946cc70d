"""Every idea that the content started from is somewhere in the pack: `docs/content-coverage.md` says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.reading import read_pack
from tests.conftest import PACK, ROOT

pytestmark = pytest.mark.once

TABLE = ROOT / "docs" / "content-coverage.md"

SECTIONS = [
    *("1", "1.1", "1.2", "1.3", "1.4", "1.5", "2", "3", "3.1", "3.2", "3.2.1", "3.2.2", "3.2.3", "3.2.4"),
    *("3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "4"),
]
PARTS = {
    "3.7": "mathematics computing english deep-learning tools domain "
    "dispositions problem-solving communication curiosity",
    "3.9": "Kaggle hackathon GitHub arXiv",
    "FAQ": "high-school humanities after-the-basics graduate-school GPU manufacturing linguistics choosing-a-domain "
    "flood-of-papers ecosystem",
}
WANTED = [*SECTIONS, *(f"{whole} {part.replace('-', ' ')}" for whole, parts in PARTS.items() for part in parts.split())]


@lru_cache(maxsize=1)
def content() -> PackContent:
    return read_pack(PACK)


def rows(path: Path = TABLE) -> Iterator[tuple[str, str, list[str]]]:
    """Section, idea and the entries that carry it."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    for line in lines[1:]:
        section, idea, where = (cell.strip() for cell in line.strip("|").split("|"))
        yield section, idea, re.findall(r"`([^`]+)`", where)


def missing(entries: list[str]) -> list[str]:
    """Those that are not in the pack, or not any more."""
    current = {
        f"{kind}/{entry.id}" for kind, found in content().entries.items() for entry in found if not entry.retired
    }
    return [entry for entry in entries if entry not in current]


def test_every_entry_that_the_table_names_is_in_the_pack() -> None:
    named = [entry for _, _, entries in rows() for entry in entries]
    assert len(named) > 300
    assert missing(named) == []


def test_every_idea_has_a_home_and_stands_there_once() -> None:
    ideas = [(section, idea) for section, idea, _ in rows()]
    assert len(ideas) >= 120
    assert len(set(ideas)) == len(ideas)
    assert [idea for _, idea, entries in rows() if not entries or not idea] == []


@pytest.mark.parametrize("section", WANTED)
def test_every_section_has_rows(section: str) -> None:
    assert section in {each for each, _, _ in rows()}


def test_no_row_is_of_a_section_that_does_not_exist() -> None:
    assert {section for section, _, _ in rows()} - {*WANTED, "since 2018"} == set()


def test_every_question_is_named() -> None:
    named = {entry for _, _, entries in rows() for entry in entries}
    assert [q.id for q in content().of(fmt.Question) if not q.retired and f"questions/{q.id}" not in named] == []


def test_every_role_class_competency_activity_situation_and_goal_is_named() -> None:
    named = {entry for _, _, entries in rows() for entry in entries}
    for kind in ("roles", "classes", "competencies", "activities", "situations", "goals", "sources"):
        assert {f"{kind}/{entry.id}" for entry in content().entries[kind]} - named == set()


def test_a_missing_entry_would_be_noticed() -> None:
    assert missing(["questions/takeaways-of-the-seminar", "questions/no-such", "no-such/kaggle"]) == [
        "questions/no-such",
        "no-such/kaggle",
    ]
