"""A content pack that is right: how it is read, its commands, and the published schema."""

from __future__ import annotations

import json
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from content.pack import format as fmt
from content.pack.problems import PackErrors
from content.pack.reading import read_pack
from content.pack.rules.graphs import cycles
from tests.packs import BAKING, GONE, change, copy_of

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be broken."""
    return copy_of(BAKING, tmp_path / "baking")


def resource(key: str) -> dict[str, Any]:
    address = f"https://bread.example/{key}"
    return {"id": key, "title": key, "url": address, "kind": "book", "language": "en", "cost": "free"}


def goal(key: str) -> dict[str, Any]:
    words = {"ko": "빵", "en": "Bread"}
    return {"id": key, "name": words, "summary": words, "advice": words}


# A pack that is right


def test_a_pack_about_another_field_is_read_in_the_order_of_its_files() -> None:
    content = read_pack(BAKING)
    assert content.pack.id == "baking"
    assert [role.id for role in content.of(fmt.Role)] == ["bread-baker", "pastry-chef", "shopkeeper"]
    assert [phase.id for phase in content.of(fmt.Phase)] == ["kitchen", "bakery"]
    assert set(content.entries) == set(fmt.KINDS)
    assert all(content.entries.values())
    assert [question.id for question in content.of(fmt.Question)] == [
        "need-a-machine",
        "yeast-or-starter",
        "when-to-open",
    ]
    assert content.files["questions", "when-to-open"] == "questions/shop.yaml"


def test_a_kind_may_be_spread_over_the_files_of_a_folder(baking: Path) -> None:
    entries = yaml.safe_load((baking / "milestones.yaml").read_text(encoding="utf-8"))
    (baking / "milestones.yaml").unlink()
    (baking / "milestones").mkdir()
    for number, entry in enumerate(entries):
        (baking / "milestones" / f"{number}.yaml").write_text(yaml.safe_dump([entry]), encoding="utf-8")
    assert read_pack(baking).entries == read_pack(BAKING).entries


def test_other_files_may_lie_beside_the_pack(baking: Path) -> None:
    (baking / "README.md").write_text("A pack about bread.")
    assert read_pack(baking).entries == read_pack(BAKING).entries


def test_what_is_retired_may_stay_in_the_files_and_say_what_replaces_it(baking: Path) -> None:
    change(baking, "resources.yaml", "3", {**resource("old-book"), "retired": True, "replaced_by": "bread-book"})
    change(baking, "goals.yaml", "2", {**goal("a-stall"), "retired": True})
    assert len(read_pack(baking).of(fmt.Resource)) == 4


def test_a_retired_class_and_expectation_leave_room_for_their_like(baking: Path) -> None:
    expectation = yaml.safe_load((BAKING / "expectations.yaml").read_text(encoding="utf-8"))[0]
    engineer_class = yaml.safe_load((BAKING / "classes.yaml").read_text(encoding="utf-8"))[0]
    change(baking, "expectations.yaml", "0.retired", True)
    change(baking, "expectations.yaml", "9", {**expectation, "id": "bread-baker-of-chemistry"})
    change(baking, "classes.yaml", "0.retired", True)
    change(baking, "classes.yaml", "4", {**engineer_class, "id": "beginners"})
    read_pack(baking)


def test_retired_questions_of_the_assessment_leave_room_and_count_for_nothing(baking: Path) -> None:
    rating = yaml.safe_load((BAKING / "ratings.yaml").read_text(encoding="utf-8"))[0]
    choice = yaml.safe_load((BAKING / "choices.yaml").read_text(encoding="utf-8"))[0]
    for option in choice["options"]:
        option["adds"] = {"bread-baker": 3}
    change(baking, "ratings.yaml", "0.retired", True)
    change(baking, "ratings.yaml", "3", {**rating, "id": "another-rating"})
    for number in range(4, 12):  # Enough to make everybody a bread baker, if they were asked.
        change(baking, "choices.yaml", str(number), {**choice, "id": f"choice-{number}", "retired": True})
    read_pack(baking)
    change(baking, "choices.yaml", "4.retired", False)
    for number in range(5, 12):
        change(baking, "choices.yaml", f"{number}.retired", False)
    with pytest.raises(PackErrors, match="pastry-chef: cannot come out first"):
        read_pack(baking)


def test_of_options_that_add_as_much_to_a_role_the_one_that_adds_less_to_others_counts(baking: Path) -> None:
    adds = [{"bread-baker": 2, "pastry-chef": 3}, {"bread-baker": 2}, {"shopkeeper": 1}]
    for number, each in enumerate(adds):
        change(baking, "choices.yaml", f"0.options.{number}.adds", each)
    for key in ("a-burnt-tray", "the-best-praise", "a-month-with-anybody"):
        change(baking, "choices.yaml", key, GONE)
    read_pack(baking)


def test_each_cycle_is_named_once() -> None:
    requires = {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["e"], "e": ["c"], "f": ["a", "c"], "g": []}
    found = cycles(requires)
    assert sorted(sorted(set(cycle)) for cycle in found) == [["a", "b"], ["c", "d", "e"]]
    for cycle in found:
        assert cycle[0] == cycle[-1]
        assert all(needed in requires[key] for key, needed in pairwise(cycle))


# The command


def test_the_command_says_what_a_pack_holds() -> None:
    said = StringIO()
    call_command("check_pack", BAKING, stdout=said)
    assert said.getvalue().startswith("baking 2026.1.0: 2 sources, 2 groups, 3 competencies")


def test_the_command_names_every_problem_on_a_line(baking: Path) -> None:
    change(baking, "goals.yaml", "a-job.name.ko", "")
    change(baking, "resources.yaml", "bread-book.url", "bread")
    with pytest.raises(CommandError) as caught:
        call_command("check_pack", baking)
    assert str(caught.value).splitlines() == [
        "2 problems",
        "goals.yaml: a-job.name.ko: string should have at least 1 character",
        "resources.yaml: bread-book.url: not a web address (https://…)",
    ]


# The published schema


def test_the_published_schema_is_up_to_date() -> None:
    call_command("pack_schema", check=True)


def test_the_schema_command_writes_what_its_check_wants_to_see(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    with pytest.raises(CommandError, match="out of date"):
        call_command("pack_schema", path, check=True)
    call_command("pack_schema", path)
    call_command("pack_schema", path, check=True)
    assert path.read_bytes() == (ROOT / "docs" / "pack.schema.json").read_bytes()


def test_the_schema_describes_each_kind_of_file() -> None:
    schema = json.loads((ROOT / "docs" / "pack.schema.json").read_text(encoding="utf-8"))
    assert list(schema["properties"]) == ["pack", *fmt.KINDS]
    for kind, model in fmt.KINDS.items():
        assert schema["properties"][kind]["items"] == {"$ref": f"#/$defs/{model.__name__}"}
    milestone = schema["$defs"]["Milestone"]
    assert milestone["additionalProperties"] is False
    assert {"id", "title", "outcome", "hours", "phase", "raises", "roles", "checklist"} <= set(milestone["required"])
    assert set(schema["$defs"]["SkillLevel"]["required"]) == {"level", "signals", "evidence"}
    assert {"topic", "question", "short", "answer"} <= set(schema["$defs"]["Question"]["required"])
