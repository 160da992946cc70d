"""What is thin in a pack is named, and the deep-learning pack is not."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from content.pack import format as fmt
from content.pack.reading import check, read_pack
from content.pack.report import Finding, thin_places
from content.pack.vocabulary import misused_in
from tests.conftest import PACK, ROOT
from tests.packs import BAKING, GONE, changed, copy_of, files_of
from tests.packs import change as change_file

pytestmark = pytest.mark.once

TODAY = date(2026, 12, 1)


@lru_cache(maxsize=1)
def read() -> dict[str, Any]:
    return files_of(PACK)


def pack() -> dict[str, Any]:
    """What the files of the deep-learning pack say, to be changed."""
    return deepcopy(read())


def report(*, today: date = TODAY) -> list[Finding]:
    return thin_places(check(read()), today=today)


def found(*changes: tuple[str, str, object], today: date = TODAY) -> set[str]:
    """What the report says of the deep-learning pack after these changes, beyond what it says without them."""
    files = pack()
    for file, where, value in changes:
        files[file] = changed(files[file], where, value)
    catalogue = set(report(today=today))
    return {str(finding) for finding in thin_places(check(files), today=today) if finding not in catalogue}


def test_nothing_must_not_be_in_the_deep_learning_pack() -> None:
    wrong = [
        finding for finding in thin_places(check(files_of(PACK)), today=TODAY) if finding.severity == "must not be"
    ]
    assert wrong == []


def test_no_text_of_it_is_suspiciously_short_or_long_in_one_language() -> None:
    assert [finding for finding in report() if "letters" in finding.reason] == []


def test_a_year_after_the_review_every_resource_is_worth_a_look() -> None:
    reviewed = [entry for file, said in read().items() if file.startswith("resources") for entry in said]
    last = max(entry["reviewed_on"] for entry in reviewed if "reviewed_on" in entry)

    def stale(today: date) -> set[str]:
        return {finding.about for finding in report(today=today) if "last reviewed" in finding.reason}

    assert stale(last + timedelta(days=365)) == {
        f"resources/{entry['id']}" for entry in reviewed if entry.get("reviewed_on", last) < last
    }
    assert stale(last + timedelta(days=366)) == {
        f"resources/{entry['id']}" for entry in reviewed if "reviewed_on" in entry
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [("resources/mathematics.yaml", "0.hours", GONE)],
            "must not be: resources/{}: no hours",
        ),
        ([("resources/mathematics.yaml", "0.note", GONE)], "must not be: resources/{}: no note on what it is good for"),
        (
            [("resources/mathematics.yaml", "0.skills", [])],
            "must not be: resources/{}: no skill that one learns from it",
        ),
        ([("resources/mathematics.yaml", "0.reviewed_on", GONE)], "worth a look: resources/{}: never reviewed"),
        (
            [("resources/mathematics.yaml", "0.reviewed_on", date(2027, 1, 1))],
            "must not be: resources/{}: reviewed on 2027-01-01, which is yet to come",
        ),
    ],
)
def test_a_thin_resource_is_named(changes: list[tuple[str, str, object]], expected: str) -> None:
    key = read()["resources/mathematics.yaml"][0]["id"]
    assert found(*changes) == {expected.format(key)}


def test_a_level_that_no_milestone_leads_to_is_named() -> None:
    said = found(
        (
            "milestones/mathematics.yaml",
            "prove-something-new.raises",
            {"linear-algebra": 4, "probability-statistics": 4},
        )
    )
    assert said == {
        "must not be: skills/calculus-optimisation: no milestone leads to level 4",
        "must not be: skills/mathematical-reasoning: no milestone leads to level 4",
    }


def test_a_milestone_without_resources_is_named() -> None:
    said = found(("milestones/mathematics.yaml", "math-refresh.resources", []))
    assert "must not be: milestones/math-refresh: no resources" in said


@pytest.mark.parametrize(
    ("hours", "finishes", "expected"),
    [
        (69, ["dive-into-deep-learning", "cs231n", "fastai-course"], "69 hours are less than the 70 of fastai-course"),
        (99, ["dive-into-deep-learning", "cs231n"], "99 hours are less than the 100 of cs231n"),
        (70, ["dive-into-deep-learning", "cs231n", "fastai-course"], None),
        (69, [], None),
    ],
)
def test_a_milestone_with_fewer_hours_than_the_shortest_that_it_finishes_is_named(
    hours: int, finishes: list[str], expected: str | None
) -> None:
    file = "milestones/deep-learning.yaml"
    number = [entry["id"] for entry in read()[file]].index("dl-first-course")
    said = found((file, f"{number}.hours", hours), (file, f"{number}.finishes", finishes))
    about = "must not be: milestones/dl-first-course"
    assert said == ({f"{about}: {expected}, the shortest that it finishes"} if expected else set())


def test_what_a_milestone_finishes_may_have_no_hours_yet() -> None:
    file = "resources/deep-learning.yaml"
    number = [entry["id"] for entry in read()[file]].index("fastai-course")
    said = found((file, f"{number}.hours", GONE))
    assert "must not be: resources/fastai-course: no hours" in said
    assert "must not be: milestones/dl-first-course: 90 hours are less than the 100 of cs231n, " in "".join(said)


def test_a_milestone_that_nothing_leads_to_is_named() -> None:
    files = pack()
    changes: list[tuple[str, str, object]] = []
    for file, said in files.items():
        if file.startswith("questions"):
            changes += [
                (file, f"{n}.milestones", [key for key in entry["milestones"] if key != "failures-by-slice"])
                for n, entry in enumerate(said)
                if "failures-by-slice" in entry.get("milestones", [])
            ]
    assert changes
    assert found(*changes) == {
        "worth a look: milestones/failures-by-slice: "
        "nothing leads here: others reach its levels, and nothing names or needs it"
    }


def test_an_answer_that_does_not_say_what_changed_is_named() -> None:
    assert found(("questions/starting.yaml", "start-in-high-school.since_2018", GONE)) == {
        "worth a look: questions/start-in-high-school: says nothing of what changed since 2018"
    }


def test_a_situation_without_a_question_and_a_source_that_nothing_cites_are_named() -> None:
    files = pack()
    changes: list[tuple[str, str, object]] = []
    for file, said in files.items():
        if file.startswith("questions"):
            for n, entry in enumerate(said):
                if "high-school" in entry.get("situations", []):
                    rest = [key for key in entry["situations"] if key != "high-school"]
                    changes.append((file, f"{n}.situations", rest))
    source = {"id": "another", "title": "Another", "note": {"ko": "다른 글이에요.", "en": "Another text."}}
    count = len(files["sources.yaml"])
    said = found(*changes, ("sources.yaml", str(count), source))
    assert said == {
        "must not be: situations/high-school: no question is about it",
        "must not be: sources/another: cited nowhere",
    }


def test_an_activity_without_a_milestone_is_named() -> None:
    files = pack()
    changes = [
        (file, f"{n}.activity", GONE)
        for file, said in files.items()
        if file.startswith("milestones")
        for n, entry in enumerate(said)
        if entry.get("activity") == "hackathon"
    ]
    assert "must not be: activities/hackathon: no milestone is made of it" in found(*changes)


@pytest.mark.parametrize(
    ("ko", "noticed"),
    [("짧아요.", True), ("책 한 권을 빌려 처음부터 끝까지 읽어요.", False), ("아주 " * 30 + "길어요.", True)],
)
def test_a_text_that_is_half_missing_in_one_language_is_named(ko: str, noticed: bool) -> None:
    en = "Borrow one book and read it from the first page to the last."
    said = found(("goals.yaml", "employment.summary", {"ko": ko, "en": en}))
    assert said == (
        {f"worth a look: goals/employment.summary: {len(ko)} letters of Korean for {len(en)} of English"}
        if noticed
        else set()
    )


# One vocabulary


def worded(term: dict[str, Any], *changes: tuple[str, str, object]) -> set[str]:
    """What the report says of the small pack when it has that term, after these changes, beyond what it says anyway."""
    files = files_of(BAKING)
    before = set(map(str, thin_places(check(files), today=TODAY)))
    for file, where, value in (("pack.yaml", "vocabulary", [term]), *changes):
        files[file] = changed(files[file], where, value)
    return set(map(str, thin_places(check(files), today=TODAY))) - before


def said_in(term: dict[str, Any], text: str) -> list[tuple[str, str]]:
    """The words of one text that a term replaces, with what stands around them."""
    terms = [fmt.Term.model_validate(term)]
    return [(found.word, found.context) for found in misused_in(text, term["language"], terms)]


SAY_TEST = {
    "language": "ko",
    "use": "테스트",
    "instead_of": ["시험", "시험지"],
    "except": ["시험 기간", "어학 시험", "임상시험"],
}
SAY_REPAIR = {"language": "en", "use": "repair", "instead_of": ["mend", "put to rights"], "except": ["mend fences"]}


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        (SAY_TEST, "그 시험을 봐요.", ["시험"]),
        (SAY_TEST, "시험기간에는 쉬어요. 입학시험도 있어요.", ["시험", "시험"]),
        (SAY_TEST, "시험지를 풀어요.", ["시험지"]),
        (SAY_TEST, "시험 기간에는 어학 시험을, 그 뒤에는 임상시험을 봐요.", []),
        (SAY_TEST, "어학 시험 기간과 시험", ["시험"]),
        (SAY_TEST, "시험\n기간에 봐요.", []),
        (SAY_TEST, "테스트를 봐요.", []),
        (SAY_REPAIR, "Mend it, and mend that.", ["Mend", "mend"]),
        (SAY_REPAIR, "Mended and recommended, amendments, mends.", []),
        (SAY_REPAIR, "Put to\nrights what you can.", ["Put to rights"]),
        (SAY_REPAIR, "Mend fences, then mend the roof.", ["mend"]),
        (SAY_REPAIR, "`mend`, mend-able, (mend)", ["mend", "mend", "mend"]),
    ],
)
def test_a_word_is_found_where_no_exception_stands(term: dict[str, Any], text: str, words: list[str]) -> None:
    assert [word for word, _context in said_in(term, text)] == words


def test_a_word_is_told_with_what_stands_around_it() -> None:
    assert said_in(SAY_REPAIR, "mend") == [("mend", "mend")]
    text = "One day we will have to\nmend everything that has ever been broken here."
    assert said_in(SAY_REPAIR, text) == [("mend", "…day we will have to mend everything that has…")]


def test_every_text_of_what_is_current_is_held_to_the_vocabulary() -> None:
    term = {"language": "en", "use": "tool", "instead_of": ["gizmo"]}
    gizmo = {"ko": "도구", "en": "A gizmo."}
    found = worded(
        term,
        ("pack.yaml", "scale.2.meaning", gizmo),
        ("skills.yaml", "pricing.levels.0.signals.1", gizmo),
        ("questions/kitchen.yaml", "yeast-or-starter.views.0.who", gizmo),
        ("choices.yaml", "a-month-with-anybody.options.0.text", gizmo),
        ("sources.yaml", "grandmother.note", gizmo),
    )
    assert found == {
        f"must not be: {path}.en: 'A gizmo.': say 'tool', not 'gizmo'"
        for path in (
            "pack/baking.scale[2].meaning",
            "skills/pricing.levels[0].signals[1]",
            "questions/yeast-or-starter.views[0].who",
            "choices/a-month-with-anybody.options[0].text",
            "sources/grandmother.note",
        )
    }


def test_titles_and_authors_of_works_aliases_and_what_is_retired_may_say_what_they_like() -> None:
    term = {"language": "en", "use": "tool", "instead_of": ["gizmo"]}
    gizmo = {"ko": "도구", "en": "A gizmo."}
    assert not worded(
        term,
        ("resources.yaml", "bread-book.title", "The gizmo"),
        ("resources.yaml", "bread-book.by", "Ed Gizmo"),
        ("resources.yaml", "bread-book.aliases", ["gizmo"]),
        ("sources.yaml", "grandmother.title", "The gizmo"),
        ("sources.yaml", "grandmother.author", "Ed Gizmo"),
        ("goals.yaml", "2", {"id": "old", "retired": True, "name": gizmo, "summary": gizmo, "advice": gizmo}),
        ("goals.yaml", "a-job.summary", {"ko": "gizmo를 사요.", "en": "Buy a tool."}),
    )


# The command


def reported(path: Path, **options: bool) -> str:
    out = StringIO()
    call_command("pack_report", path, stdout=out, **options)
    return out.getvalue()


def test_the_command_calls_the_deep_learning_pack_clean() -> None:
    assert "pack_report clean" in reported(PACK, strict=True)


def test_the_command_counts_the_questions_of_the_assessment() -> None:
    assert "the assessment asks 4 choices, 3 deeds, 3 ratings\n" in reported(BAKING)


def test_the_command_fails_only_when_it_is_strict(tmp_path: Path) -> None:
    pack = copy_of(PACK, tmp_path / "pack")
    change_file(pack, "resources/mathematics.yaml", "0.hours", GONE)
    assert "1 must not be" in reported(pack)
    with pytest.raises(CommandError, match="1 must not be"):
        reported(pack, strict=True)


def test_the_command_names_what_is_wrong_with_a_pack(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such folder"):
        reported(tmp_path / "nothing")


def test_a_finding_says_all_in_one_line() -> None:
    assert str(Finding("worth a look", "goals/a-job", "thin")) == "worth a look: goals/a-job: thin"


def test_the_document_tells_the_vocabulary_of_the_deep_learning_pack() -> None:
    told = (ROOT / "docs" / "content-format.md").read_text(encoding="utf-8").partition("## The vocabulary of the")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines() if line.startswith("| ")
    ]
    vocabulary = read_pack(PACK).pack.vocabulary
    assert len(vocabulary) > 40
    assert rows[1:] == [
        [term.language, term.use, ", ".join(term.instead_of), ", ".join(term.unless)] for term in vocabulary
    ]
