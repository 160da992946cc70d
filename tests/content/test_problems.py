"""Problems of a pack have a code: English for the command line, the reader's language in the admin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.utils import translation

from content.admin.problems import WORDS, reason_of
from content.pack import format as fmt
from content.pack.content import kind_of, parse
from content.pack.problems import OF_FILES, REASONS, PackErrors, Problem
from content.pack.reading import check
from tests.content.broken import whole
from tests.content.test_broken_packs import BROKEN
from tests.packs import changed

pytestmark = pytest.mark.once

VALUES: list[Any] = ["", "x", "B" * 7000, 0, 3, -7, 1000, 1.5, True, None, [], ["x"], [[]], {}, {"x": 1}, {"x": "x"}]
HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def found() -> list[Problem]:
    """Everything that any of the broken packs says."""
    problems = []
    for file, where, value, _said in BROKEN:
        files = deepcopy(whole())
        files[file] = changed(files[file], where, value)
        with pytest.raises(PackErrors) as caught:
            check(files)
        problems += caught.value.problems
    return problems


def test_every_code_of_ours_has_words_in_the_admin_but_those_of_files() -> None:
    assert set(REASONS) <= set(WORDS)
    assert not set(OF_FILES) & set(WORDS)


def test_every_code_of_ours_is_said_of_some_broken_pack(found: list[Problem]) -> None:
    assert set(REASONS) <= {problem.code for problem in found}


def test_every_problem_is_told_in_the_readers_language(found: list[Problem]) -> None:
    with translation.override("ko"):
        for problem in found:
            if problem.code not in OF_FILES:
                assert HANGUL.search(reason_of(problem)), problem


def places(said: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value in what an entry says."""
    yield way
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for name, each in inner:
        yield from places(each, (*way, name))


def put(said: Any, way: tuple[Any, ...], value: Any) -> Any:
    """What is said, with another value at one place."""
    if not way:
        return value
    copy = said.copy()
    copy[way[0]] = put(said.get(way[0]) if isinstance(said, dict) else said[way[0]], way[1:], value)
    return copy


@pytest.mark.parametrize("file", list(whole()))
def test_whatever_pydantic_finds_in_an_entry_has_words_in_the_admin(file: str) -> None:
    entry = whole()[file] if file == "pack.yaml" else whole()[file][0]
    shape: Any = fmt.Pack if file == "pack.yaml" else fmt.KINDS[kind_of(file)]
    missing = [(name,) for name in (*shape.model_fields, "misspelt") if name not in entry]
    found: list[Problem] = []
    for way in [*places(entry), *missing]:
        for value in VALUES:
            wrong = put(entry, way, value)
            parse({file: wrong if file == "pack.yaml" else [wrong]}, found)
    codes = {problem.code for problem in found} - set(OF_FILES)
    assert {"string_type", "extra_forbidden"} <= codes <= set(WORDS)


def test_a_code_without_words_is_told_in_english() -> None:
    problem = Problem("goals.yaml", "a-job", "finite_number")
    assert reason_of(problem) == problem.reason == "input should be a finite number"


def test_ids_are_quoted_and_kinds_are_called_what_readers_call_them() -> None:
    unknown = Problem("milestones.yaml", "first-loaf.goals", "unknown-id", {"key": "x", "kind": "goals"})
    params = {"key": "x", "kind": "competencies", "one": "competency"}
    missing = Problem("situations.yaml", "at-home.levels", "unknown-or-missing", params)
    with translation.override("en"):
        assert reason_of(unknown) == "'x' is not among goals"
        assert reason_of(missing) == "unknown or missing competency 'x'"
    with translation.override("ko"):
        assert reason_of(missing) == "역량 'x' 항목이 없거나 빠졌어요"
