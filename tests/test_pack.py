"""The format of a content pack and everything that can be wrong with one."""

from __future__ import annotations

import json
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from content import pack_format as fmt
from content.pack_checks import PackErrors, Problem, cycles, read_pack
from tests.packs import BAKING, GONE, change, copy_of

ROOT = Path(__file__).parent.parent


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be broken."""
    return copy_of(BAKING, tmp_path / "baking")


def problems_of(pack: Path) -> list[Problem]:
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    return caught.value.problems


# A pack that is right


def test_a_pack_about_another_field_is_read_in_the_order_of_its_files() -> None:
    content = read_pack(BAKING)
    assert content.pack.id == "baking"
    assert [role.id for role in content.of(fmt.Role)] == ["bread-baker", "pastry-chef"]
    assert [phase.id for phase in content.of(fmt.Phase)] == ["kitchen", "bakery"]
    assert set(content.entries) == set(fmt.KINDS)
    assert all(content.entries.values())


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
    change(baking, "resources.yaml", "2", {**resource("old-book"), "retired": True, "replaced_by": "bread-book"})
    change(baking, "goals.yaml", "2", {**goal("a-stall"), "retired": True})
    assert len(read_pack(baking).of(fmt.Resource)) == 3


def test_a_retired_class_and_expectation_leave_room_for_their_like(baking: Path) -> None:
    expectation = yaml.safe_load((BAKING / "expectations.yaml").read_text(encoding="utf-8"))[0]
    engineer_class = yaml.safe_load((BAKING / "classes.yaml").read_text(encoding="utf-8"))[0]
    change(baking, "expectations.yaml", "0.retired", True)
    change(baking, "expectations.yaml", "6", {**expectation, "id": "bread-baker-of-chemistry"})
    change(baking, "classes.yaml", "0.retired", True)
    change(baking, "classes.yaml", "4", {**engineer_class, "id": "beginners"})
    read_pack(baking)


# A pack that is wrong: a file, a value's place and what is put there; then the path (with its file, if that is
# another one) and the reason that are reported


def resource(key: str) -> dict[str, Any]:
    address = f"https://bread.example/{key}"
    return {"id": key, "title": key, "url": address, "kind": "book", "language": "en", "cost": "free"}


def goal(key: str) -> dict[str, Any]:
    words = {"ko": "빵", "en": "Bread"}
    return {"id": key, "name": words, "summary": words, "advice": words}


UNKNOWN = [
    ("competencies.yaml", "chemistry.group", "x", "chemistry.group", "unknown id 'x' in groups"),
    ("competencies.yaml", "chemistry.sources", ["x"], "chemistry.sources", "unknown id 'x' in sources"),
    ("skills.yaml", "pricing.competency", "x", "pricing.competency", "unknown id 'x' in competencies"),
    ("roles.yaml", "bread-baker.differs.0.role", "x", "bread-baker.differs", "unknown id 'x' in roles"),
    ("expectations.yaml", "0.role", "x", "bread-baker-chemistry.role", "unknown id 'x' in roles"),
    ("expectations.yaml", "0.competency", "x", "bread-baker-chemistry.competency", "unknown id 'x' in competencies"),
    ("expectations.yaml", "0.skills.x", {3: 1, 2: 1, 1: 1}, "bread-baker-chemistry.skills", "unknown id 'x' in skills"),
    ("activities.yaml", "market-stall.proves", ["x"], "market-stall.proves", "unknown id 'x' in competencies"),
    ("situations.yaml", "at-home.levels.x", 1, "at-home.levels", "unknown or missing competency 'x'"),
    ("milestones.yaml", "first-loaf.competency", "x", "first-loaf.competency", "unknown id 'x' in competencies"),
    ("milestones.yaml", "first-loaf.phase", "x", "first-loaf.phase", "unknown id 'x' in phases"),
    ("milestones.yaml", "first-loaf.raises", {"x": 1}, "first-loaf.raises", "unknown id 'x' in skills"),
    ("milestones.yaml", "first-loaf.requires", ["x"], "first-loaf.requires", "unknown id 'x' in milestones"),
    ("milestones.yaml", "first-loaf.roles.x", 1, "first-loaf.roles", "unknown id 'x' in roles"),
    ("milestones.yaml", "sell-ten.goals", ["x"], "sell-ten.goals", "unknown id 'x' in goals"),
    ("milestones.yaml", "sell-ten.situations", ["x"], "sell-ten.situations", "unknown id 'x' in situations"),
    ("milestones.yaml", "sell-ten.activity", "x", "sell-ten.activity", "unknown id 'x' in activities"),
    ("milestones.yaml", "sell-ten.resources", ["x"], "sell-ten.resources", "unknown id 'x' in resources"),
    ("milestones.yaml", "sell-ten.sources", ["x"], "sell-ten.sources", "unknown id 'x' in sources"),
    ("pack.yaml", "example.situation", "x", "example.situation", "unknown, retired or missing: x"),
    ("pack.yaml", "example.goal", "x", "example.goal", "unknown, retired or missing: x"),
    ("pack.yaml", "example.role_mix.x", 0, "example.role_mix", "unknown, retired or missing: x"),
]

REPEATED = [
    ("goals.yaml", "2", goal("a-job"), "a-job", "repeated id, first in goals.yaml"),
    (
        "milestones.yaml",
        "first-loaf.checklist.1.id",
        "prepare",
        "first-loaf.checklist",
        "'prepare' stands there 2 times",
    ),
    ("milestones.yaml", "first-loaf.requires", ["feed-starter"] * 2, "first-loaf.requires", "stands there 2 times"),
    ("milestones.yaml", "first-loaf.resources", ["bread-book"] * 3, "first-loaf.resources", "stands there 3 times"),
    ("milestones.yaml", "find-a-room.goals", ["own-shop"] * 2, "find-a-room.goals", "stands there 2 times"),
    ("milestones.yaml", "sell-ten.situations", ["at-home"] * 2, "sell-ten.situations", "stands there 2 times"),
    ("competencies.yaml", "chemistry.sources", ["grandmother"] * 2, "chemistry.sources", "stands there 2 times"),
    ("activities.yaml", "market-stall.proves", ["selling"] * 2, "market-stall.proves", "stands there 2 times"),
    (
        "roles.yaml",
        "bread-baker.differs.1",
        {"role": "pastry-chef", "text": {"ko": "또", "en": "Again"}},
        "bread-baker.differs",
        "'pastry-chef' stands there 2 times",
    ),
    ("roles.yaml", "bread-baker.letter", "P", "bread-baker.letter", "'P' is another role's too"),
    ("classes.yaml", "class-4.number", 3, "class-4.number", "3 is another class's too"),
    ("expectations.yaml", "1.competency", "chemistry", "bread-baker-kneading", "says the same role and competency"),
]

EMPTY = [
    ("goals.yaml", "a-job.name.ko", GONE, "a-job.name.ko", "field required"),
    ("milestones.yaml", "first-loaf.checklist.0.text.en", GONE, "first-loaf.checklist[0].text.en", "field required"),
    ("milestones.yaml", "first-loaf.title.en", "", "first-loaf.title.en", "at least 1 character"),
    ("resources.yaml", "bread-book.title", "  ", "bread-book.title", "at least 1 character"),
    ("skills.yaml", "pricing.levels.2.signals.1.ko", " ", "pricing.levels[2].signals[1].ko", "at least 1 character"),
    ("milestones.yaml", "first-loaf.checklist", [], "first-loaf.checklist", "at least 3 items"),
    ("milestones.yaml", "first-loaf.raises", {}, "first-loaf.raises", "at least 1 item"),
    ("skills.yaml", "pricing.levels.0.signals.1", GONE, "pricing.levels[0].signals", "at least 2 items"),
    ("skills.yaml", "pricing.levels.3", GONE, "pricing.levels", "at least 4 items"),
    ("situations.yaml", "at-home.levels.selling", GONE, "at-home.levels", "unknown or missing competency 'selling'"),
    ("expectations.yaml", "0", GONE, "roles.yaml: bread-baker", "no expectation of 'chemistry'"),
    ("expectations.yaml", "0.retired", True, "roles.yaml: bread-baker", "no expectation of 'chemistry'"),
    ("expectations.yaml", "0.levels.2", GONE, "bread-baker-chemistry.levels", "expected the classes 3, 2 and 1"),
    ("sources.yaml", "", [], "", "missing or empty"),
]

WRONG = [
    ("resources.yaml", "bread-book.url", "bread.example", "bread-book.url", "not a web address"),
    ("resources.yaml", "bread-book.url", "javascript:alert(1)", "bread-book.url", "not a web address"),
    ("resources.yaml", "bread-book.url", "https://bread.example/a b", "bread-book.url", "not a web address"),
    ("resources.yaml", "bread-book.url", "http://[::1", "bread-book.url", "invalid IPv6 URL"),
    ("sources.yaml", "grandmother.url", "notebook", "grandmother.url", "not a web address"),
    ("resources.yaml", "bread-book.language", "fr", "bread-book.language", "'ko' or 'en'"),
    ("resources.yaml", "bread-book.titel", "Bread", "bread-book.titel", "not permitted"),
    ("milestones.yaml", "first-loaf.requries", ["sell-ten"], "first-loaf.requries", "not permitted"),
    ("milestones.yaml", "first-loaf.hours", 0, "first-loaf.hours", "greater than or equal to 1"),
    ("milestones.yaml", "first-loaf.hours", "8", "first-loaf.hours", "valid integer"),
    ("milestones.yaml", "first-loaf.raises.shaping", 5, "first-loaf.raises.shaping", "less than or equal to 4"),
    ("milestones.yaml", "first-loaf.roles.pastry-chef", 4, "first-loaf.roles.pastry-chef", "less than or equal to 3"),
    ("goals.yaml", "a-job.id", "A job", "A job.id", "should match pattern"),
    ("goals.yaml", "a-job.id", "일자리", "일자리.id", "should match pattern"),
    ("goals.yaml", "a-job", ["a", "job"], "[1]", "valid dictionary"),
    ("goals.yaml", "", {"a-job": goal("a-job")}, "", "expected a list of entries"),
    ("pack.yaml", "", [], "", "valid dictionary"),
    ("pack.yaml", "version", 2026.1, "version", "valid string"),
    ("pack.yaml", "scale.0.level", 1, "scale", "expected the levels 0 to 4 in order"),
    ("pack.yaml", "example.role_mix.bread-baker", 6, "example.role_mix", "must add up to ten"),
    ("skills.yaml", "pricing.levels.1.level", 1, "pricing.levels", "expected the levels 1 to 4 in order"),
    ("expectations.yaml", "1.levels.1", 2, "bread-baker-kneading.levels", "a higher class must not expect less"),
    (
        "expectations.yaml",
        "0.skills.fermentation.2",
        0,
        "bread-baker-chemistry.skills.fermentation",
        "a higher class must not expect less",
    ),
    (
        "expectations.yaml",
        "0.skills.pricing",
        {3: 1, 2: 1, 1: 1},
        "bread-baker-chemistry.skills.pricing",
        "belongs to 'selling'",
    ),
]

UNREACHABLE = [
    (
        "milestones.yaml",
        "feed-starter.requires",
        ["first-loaf"],
        "feed-starter.requires",
        "a cycle of prerequisites: feed-starter → first-loaf → feed-starter",
    ),
    ("milestones.yaml", "first-loaf.requires", ["first-loaf"], "first-loaf.requires", "a cycle of prerequisites"),
    (
        "milestones.yaml",
        "bread-diary.roles",
        {"bread-baker": 0, "pastry-chef": 0},
        "bread-diary.roles",
        "matters to no role, so nobody can reach it",
    ),
    ("milestones.yaml", "bread-diary.always", True, "bread-diary.always", "only for a milestone of some goals"),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["cold-proof"],
        "first-loaf.requires",
        "'cold-proof' stands in a later phase",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["bread-diary"],
        "sell-ten.requires",
        "'bread-diary' is a companion; the main track must not wait for it",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["find-a-room"],
        "sell-ten.requires",
        "'find-a-room' is for fewer goals, so some cannot reach this one",
    ),
    (
        "milestones.yaml",
        "feed-starter.situations",
        ["at-home"],
        "first-loaf.requires",
        "'feed-starter' is for fewer situations, so some cannot reach this one",
    ),
]

RETIRED = [
    ("phases.yaml", "kitchen.retired", True, "milestones.yaml: first-loaf.phase", "'kitchen' in phases is retired"),
    (
        "resources.yaml",
        "bread-book.retired",
        True,
        "milestones.yaml: first-loaf.resources",
        "'bread-book' in resources is retired",
    ),
    (
        "sources.yaml",
        "grandmother.retired",
        True,
        "competencies.yaml: chemistry.sources",
        "'grandmother' in sources is retired",
    ),
    ("milestones.yaml", "feed-starter.retired", True, "first-loaf.requires", "'feed-starter' in milestones is retired"),
    ("goals.yaml", "own-shop.retired", True, "pack.yaml: example.goal", "unknown, retired or missing: own-shop"),
    (
        "situations.yaml",
        "at-home.retired",
        True,
        "pack.yaml: example.situation",
        "unknown, retired or missing: at-home",
    ),
    (
        "roles.yaml",
        "pastry-chef.retired",
        True,
        "pack.yaml: example.role_mix",
        "unknown, retired or missing: pastry-chef",
    ),
    ("goals.yaml", "a-job.replaced_by", "own-shop", "a-job.replaced_by", "only a retired entry is replaced"),
    ("goals.yaml", "2", {**goal("old"), "retired": True, "replaced_by": "x"}, "old.replaced_by", "unknown id 'x'"),
    ("goals.yaml", "2", {**goal("old"), "retired": True, "replaced_by": "old"}, "old.replaced_by", "old → old"),
]

BROKEN = [*UNKNOWN, *REPEATED, *EMPTY, *WRONG, *UNREACHABLE, *RETIRED]


@pytest.mark.parametrize(("file", "where", "value", "path", "reason"), BROKEN)
def test_what_is_wrong_is_named_with_its_file_its_place_and_the_reason(
    baking: Path, file: str, where: str, value: object, path: str, reason: str
) -> None:
    change(baking, file, where, value)
    elsewhere, _, place = path.rpartition(": ")
    found = problems_of(baking)
    assert any((p.file, p.path) == (elsewhere or file, place) and reason in p.reason for p in found), found


RAW = [
    ("goals.yaml", b"- id: a\n  id: b\n", "line 2", "repeated key 'id'"),
    ("goals.yaml", b"- id: [a\n", "line 2", "expected ',' or ']'"),
    ("goals.yaml", b"- id: a\n\tname: b\n", "line 2", "cannot start any token"),
    ("goals.yaml", b"- id: !!python/object:os.system a\n", "line 1", "could not determine a constructor"),
    ("goals.yaml", b"- &all\n  id: a\n  name: *nobody\n", "line 3", "undefined alias"),
    ("goals.yaml", b"- id: \xff\n", "", "not UTF-8 (byte 6)"),
    ("goals.yaml", b"- id: a\x00\n", "", "not YAML"),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\0", en: b}\n', "line 2", "a character that no text can hold"),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\uD800", en: b}\n', "line 2", "a character that no text can hold"),
    ("goals.yaml", b"- hours: " + b"9" * 5000 + b"\n", "", "not YAML"),
    ("goals.yaml", b"- reviewed_on: 2026-13-45\n", "", "not YAML"),
    ("goals.yaml", b"", "", "expected a list of entries"),
    ("goals.yaml", b"[" * 100_000, "", "nested too deeply"),
    ("goals.yaml", b"- " * 100_000, "", "nested too deeply"),
    ("goals.yaml", b"{a: " * 100_000, "", "nested too deeply"),
    ("goals.yaml", b"- &a [*a]\n", "[0]", "valid dictionary"),
    ("goles.yaml", b"[]\n", "", "unknown kind of file"),
    ("more/goals.yaml", b"[]\n", "", "unknown kind of file"),
]


@pytest.mark.parametrize(("file", "text", "path", "reason"), RAW, ids=[reason for *_, reason in RAW])
def test_a_file_that_cannot_be_read_is_refused_politely(
    baking: Path, file: str, text: bytes, path: str, reason: str
) -> None:
    (baking / file).parent.mkdir(exist_ok=True)
    (baking / file).write_bytes(text)
    assert [(p.file, p.path) for p in problems_of(baking) if reason in p.reason] == [(file, path)]


def test_a_folder_that_has_the_name_of_a_file_is_no_file(baking: Path) -> None:
    (baking / "goals.yaml").unlink()
    (baking / "goals.yaml").mkdir()
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml"]


def test_a_pack_without_pack_yaml_says_so_beside_all_else(baking: Path) -> None:
    (baking / "pack.yaml").unlink()
    change(baking, "goals.yaml", "a-job.name.ko", "")
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml", "pack.yaml"]


@pytest.mark.parametrize("kind", list(fmt.KINDS))
def test_every_kind_must_be_there(baking: Path, kind: str) -> None:
    (baking / f"{kind}.yaml").unlink()
    assert Problem(f"{kind}.yaml", "", "missing or empty") in problems_of(baking)


def test_a_folder_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == [Problem("nowhere", "", "no such folder")]


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


def test_every_broken_rule_between_entries_is_reported_at_once(baking: Path) -> None:
    change(baking, "milestones.yaml", "first-loaf.requires", ["first-loaf", "x"])
    change(baking, "skills.yaml", "pricing.competency", "x")
    change(baking, "pack.yaml", "example.goal", "x")
    assert {(problem.file, problem.path) for problem in problems_of(baking)} == {
        ("milestones.yaml", "first-loaf.requires"),
        ("skills.yaml", "pricing.competency"),
        ("pack.yaml", "example.goal"),
    }


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
    assert said.getvalue().startswith("baking 2026.1.0: 1 sources, 2 groups, 3 competencies")


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
