"""Files of a content pack that cannot be read, and all that is wrong at once."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from content.pack import format as fmt
from content.pack.problems import Problem
from tests.content.broken import problems_of, said_about
from tests.packs import BAKING, change, copy_of

pytestmark = pytest.mark.once


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be broken."""
    return copy_of(BAKING, tmp_path / "baking")


RAW = [
    ("goals.yaml", b"- id: a\n  id: b\n", "line 2: repeated key 'id'"),
    ("goals.yaml", b"- id: [a\n", "line 2: expected ',' or ']', but got '<stream end>'"),
    ("goals.yaml", b"- id: a\n\tname: b\n", "line 2: found character '\\t' that cannot start any token"),
    (
        "goals.yaml",
        b"- id: !!python/object:os.system a\n",
        "line 1: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'",
    ),
    ("goals.yaml", b"- &all\n  id: a\n  name: *nobody\n", "line 3: found undefined alias 'nobody'"),
    ("goals.yaml", b"- id: \xff\n", "not UTF-8 (byte 6)"),
    (
        "goals.yaml",
        b"- id: a\x00\n",
        'not YAML: unacceptable character #x0000: special characters are not allowed in "<unicode string>", position 7',
    ),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\0", en: b}\n', "line 2: a character that no text can hold"),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\uD800", en: b}\n', "line 2: a character that no text can hold"),
    (
        "goals.yaml",
        b"- hours: " + b"9" * 5000 + b"\n",
        "not YAML: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; "
        "use sys.set_int_max_str_digits() to increase the limit",
    ),
    ("goals.yaml", b"- reviewed_on: 2026-13-45\n", "not YAML: month must be in 1..12"),
    ("goals.yaml", b"", "expected a list of entries"),
    ("goals.yaml", b"[" * 100_000, "nested too deeply"),
    ("goals.yaml", b"- " * 100_000, "nested too deeply"),
    ("goals.yaml", b"{a: " * 100_000, "nested too deeply"),
    ("goals.yaml", b"- &a [*a]\n", "[0]: input should be a valid dictionary or instance of Goal"),
    ("goles.yaml", b"[]\n", f"unknown kind of file; known are {', '.join(fmt.KINDS)}"),
    ("more/goals.yaml", b"[]\n", f"unknown kind of file; known are {', '.join(fmt.KINDS)}"),
]


@pytest.mark.parametrize(("file", "text", "said"), RAW, ids=itertools.count(1))
def test_a_file_that_cannot_be_read_is_refused_politely(baking: Path, file: str, text: bytes, said: str) -> None:
    (baking / file).parent.mkdir(exist_ok=True)
    (baking / file).write_bytes(text)
    assert said_about(baking) == f"{file}: {said}"


def test_a_folder_that_has_the_name_of_a_file_is_no_file(baking: Path) -> None:
    (baking / "goals.yaml").unlink()
    (baking / "goals.yaml").mkdir()
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml"]


def test_a_pack_without_pack_yaml_says_so_beside_all_else(baking: Path) -> None:
    (baking / "pack.yaml").unlink()
    change(baking, "goals.yaml", "a-job.name.ko", "")
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml", "pack.yaml"]


def test_a_folder_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == [Problem("nowhere", "", "no-folder")]
    assert said_about(tmp_path / "nowhere") == "nowhere: no such folder"


def test_everything_that_is_wrong_is_reported_at_once(baking: Path) -> None:
    change(baking, "goals.yaml", "a-job.name.ko", "")
    change(baking, "goals.yaml", "own-shop.sumary", "A shop")
    change(baking, "resources.yaml", "bread-book.url", "bread")
    (baking / "phases.yaml").write_bytes(b"[")
    assert [(problem.file, problem.path) for problem in problems_of(baking)] == [
        ("goals.yaml", "a-job.name.ko"),
        ("goals.yaml", "own-shop.sumary"),
        ("phases.yaml", "line 1"),
        ("resources.yaml", "bread-book.url"),
    ]
