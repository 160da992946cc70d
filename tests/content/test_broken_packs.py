"""Everything that can be wrong with a content pack: each time one small change, and just what is said about it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from content.pack import format as fmt
from content.pack.problems import PackErrors, Problem
from content.pack.reading import check, read_pack
from tests.content.broken import (
    Case,
    aliases,
    assessment,
    competencies,
    goal,
    guide,
    milestones,
    pack,
    problems_of,
    references,
    roles,
    said_about,
    shape,
    whole,
)
from tests.packs import BAKING, change, changed, copy_of

pytestmark = pytest.mark.once

SUBJECTS = (references, aliases, assessment, roles, competencies, guide, pack, shape, milestones)
BROKEN: list[Case] = [case for subject in SUBJECTS for case in subject.CASES]


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be broken."""
    return copy_of(BAKING, tmp_path / "baking")


@pytest.mark.parametrize(("file", "where", "value", "said"), BROKEN, ids=[said for *_, said in BROKEN])
def test_what_is_wrong_is_named_with_its_file_its_place_and_the_reason(
    file: str, where: str, value: object, said: str
) -> None:
    files = deepcopy(whole())
    files[file] = changed(files[file], where, value)
    with pytest.raises(PackErrors) as caught:
        check(files)
    assert str(caught.value) == said


def test_each_of_these_packs_is_whole_but_for_its_change() -> None:
    assert check(whole()) == read_pack(BAKING)
    assert len(BROKEN) > 120


def test_a_circle_of_replacements_is_named_once(baking: Path) -> None:
    change(baking, "goals.yaml", "2", goal("stall", retired=True, replaced_by="cart"))
    change(baking, "goals.yaml", "3", goal("cart", retired=True, replaced_by="stall"))
    assert said_about(baking) == "goals.yaml: stall.replaced_by: leads in a circle: stall → cart → stall"


@pytest.mark.parametrize("kind", list(fmt.KINDS))
def test_every_kind_must_be_there(baking: Path, kind: str) -> None:
    for path in (*baking.glob(f"{kind}.yaml"), *baking.glob(f"{kind}/*.yaml")):
        path.unlink()
    assert Problem(f"{kind}.yaml", "", "no-entry") in problems_of(baking)
    assert f"{kind}.yaml: missing or empty" in map(str, problems_of(baking))


def test_every_broken_rule_between_entries_is_reported_at_once(baking: Path) -> None:
    change(baking, "milestones.yaml", "first-loaf.requires", ["first-loaf", "x"])
    change(baking, "skills.yaml", "pricing.competency", "x")
    change(baking, "pack.yaml", "example.goal", "x")
    assert {(problem.file, problem.path) for problem in problems_of(baking)} == {
        ("milestones.yaml", "first-loaf.requires"),
        ("skills.yaml", "pricing.competency"),
        ("pack.yaml", "example.goal"),
    }
