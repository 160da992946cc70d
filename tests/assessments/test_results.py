"""The result: what it says of a person, against which target, and over time."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.completion import result_of
from assessments.deleting import delete_assessment
from assessments.differences import difference
from assessments.models import Assessment
from assessments.questionnaire import questionnaire
from assessments.reading import Aim, Backed, aim_of, read
from assessments.results import Result
from content.catalogue import Catalogue, current_catalogue
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.wishes import Wish
from tests.reading import HTMX, page_at
from tests.sheets import A, D, E, R, backend_engineer, cs_undergraduate, leaning, middle, physician, post_sheet, sheet

pytestmark = pytest.mark.django_db


def result_from(answers: dict[str, str]) -> Result:
    catalogue = current_catalogue()
    return result_of(answers, questionnaire(catalogue), catalogue)


# Three people


@pytest.mark.parametrize(
    ("answers", "mix", "number", "gaps", "first"),
    [
        (
            cs_undergraduate,
            {R: 5, A: 3, E: 2, D: 0},
            4,
            ["deep-learning", "tools", "problem-solving"],
            ["ml-first-course", "first-model-demo", "error-analysis-report"],
        ),
        (
            backend_engineer,
            {R: 0, A: 2, E: 7, D: 1},
            3,
            ["mathematics", "deep-learning", "english"],
            ["math-refresh", "classic-paper-implemented", "english-paper-habit"],
        ),
        (
            physician,
            {R: 0, A: 2, E: 0, D: 8},
            4,
            ["deep-learning", "problem-solving", "computing"],
            ["ml-first-course", "problem-from-people", "python-first-programs"],
        ),
    ],
    ids=["cs-undergraduate", "backend-engineer", "physician"],
)
def test_three_people_get_their_own_mix_gaps_and_first_milestones(
    answers: Any, mix: dict[str, int], number: int, gaps: list[str], first: list[str]
) -> None:
    catalogue = current_catalogue()
    result = result_from(answers())
    reading = read(result, aim_of(result, catalogue), catalogue)
    assert (result.role_mix, result.engineer_class) == (mix, number)
    assert [gap.competency.id for gap in reading.gaps[:3]] == gaps
    assert [gap.first.id for gap in reading.gaps[:3] if gap.first] == first


@pytest.mark.parametrize(
    ("answers", "begins_with"),
    [
        (cs_undergraduate, "coursework-in-order"),
        (backend_engineer, "math-refresh"),
        (physician, "first-git"),
    ],
    ids=["cs-undergraduate", "backend-engineer", "physician"],
)
def test_the_roadmap_made_from_a_result_begins_where_the_person_stands_and_closes_what_was_named(
    answers: Any, begins_with: str
) -> None:
    catalogue = current_catalogue()
    result = result_from(answers())
    aim = aim_of(result, catalogue)
    wish = Wish(
        role_mix=aim.mix,
        target_class=aim.number,
        situation=result.situation or "",
        goal=result.goal or "",
        hours_per_week=12,
        starts_on=date(2026, 1, 5),
        deadline_on=None,
        levels={key: level.level for key, level in result.competency_levels.items()},
    )
    planned = [step.step.key for step in plan_for(wish, catalogue).steps]
    assert planned[0] == begins_with
    for gap in read(result, aim, catalogue).gaps:
        assert gap.first is not None
        assert gap.first.id in planned


# What is said


def test_the_suggested_target_is_ones_own_mix_at_the_lowest_class_not_yet_met() -> None:
    catalogue = current_catalogue()
    able = dict.fromkeys([*catalogue.competencies, "rate-english-on-paper", "rate-english-aloud"], 4)
    for number, better in ((4, 3), (3, 2), (2, 1), (1, 1)):
        result = result_from(sheet(leaning(E, number=number, levels=able)))
        assert aim_of(result, catalogue) == Aim(result.role_mix or {}, better)
    # Deeds of class 2 by somebody who is far from what class 3 expects.
    result = result_from(sheet(leaning(E, number=2, levels={"deep-learning": 2})))
    assert (result.engineer_class, aim_of(result, catalogue).number) == (2, 3)
    unknown = result_from({"rating.mathematics": "1"})
    assert aim_of(unknown, catalogue).number == 3
    assert sum(aim_of(unknown, catalogue).mix.values()) == 10


def test_gaps_are_the_largest_first_and_close_with_a_milestone_that_raises_the_skill() -> None:
    catalogue = current_catalogue()
    result = result_from(sheet(leaning(A, number=3)))
    reading = read(result, aim_of(result, catalogue), catalogue)
    assert len(reading.gaps) == 3
    for gap in reading.gaps:
        assert gap.target > gap.now
        assert gap.first is not None
        assert any(gap.first.raises.get(skill.id, 0) > 1 for skill in gap.skills) or gap.first.raises


def test_what_is_unknown_is_no_gap_and_no_strength() -> None:
    catalogue = current_catalogue()
    english = {"rating.rate-english-on-paper": "4", "rating.rate-english-aloud": "4"}
    result = result_from({"rating.mathematics": "0", **english, "skill.linear-algebra": "0"})
    reading = read(result, aim_of(result, catalogue), catalogue)
    assert [gap.competency.id for gap in reading.gaps] == ["mathematics"]
    assert [row.competency.id for row in reading.strengths] == ["english"]
    assert {row.id for row in reading.unknown} == set(catalogue.competencies) - {"mathematics", "english"}
    assert reading.mix == ()
    assert reading.engineer_class is None


KNOWN: list[Catalogue] = []


@pytest.fixture(autouse=True)
def known_before(db: None) -> None:
    """Hypothesis draws from the catalogue while no query may run between its examples."""
    KNOWN[:] = [current_catalogue()]


@settings(max_examples=60)
@given(data=st.data())
def test_a_higher_level_never_widens_a_gap(data: st.DataObject) -> None:
    catalogue = KNOWN[0]
    asked = questionnaire(catalogue)
    levels = data.draw(st.dictionaries(st.sampled_from(list(catalogue.competencies)), st.integers(0, 3), min_size=1))
    raised = data.draw(st.sampled_from(list(levels)))
    aim = Aim({R: 2, A: 5, E: 2, D: 1}, data.draw(st.sampled_from([1, 2, 3])))

    def missing(said: dict[str, int]) -> dict[str, int]:
        result = result_of({f"rating.{key}": str(level) for key, level in said.items()}, asked, catalogue)
        return {gap.competency.id: gap.target - gap.now for gap in read(result, aim, catalogue).gaps}

    before, after = missing(levels), missing(levels | {raised: levels[raised] + 1})
    assert after.get(raised, 0) <= before.get(raised, 40)


def test_one_skill_alone_makes_no_strength_of_its_competency() -> None:
    catalogue = current_catalogue()
    result = result_from({"skill.english-reading": "4"})
    assert read(result, aim_of(result, catalogue), catalogue).strengths == ()


def test_a_milestone_that_is_finished_is_not_the_one_to_begin_with() -> None:
    catalogue = current_catalogue()
    result = result_from(backend_engineer())
    aim = aim_of(result, catalogue)
    before = read(result, aim, catalogue).gaps[0].first
    assert before
    after = read(result, aim, catalogue, Backed(finished=frozenset([before.id]))).gaps[0].first
    assert after
    assert after.id != before.id


def test_one_is_told_to_begin_only_with_what_waits_for_nothing() -> None:
    catalogue = current_catalogue()
    result = result_from(sheet(leaning(A, number=4, levels=dict.fromkeys(catalogue.competencies, 0))))
    for gap in read(result, aim_of(result, catalogue), catalogue).gaps:
        assert gap.first
        assert gap.at_once == (not [key for key in gap.first.requires if key in catalogue.templates])


def test_a_result_whose_roles_are_gone_says_so_and_draws_no_bar(client: Client) -> None:
    made = post_sheet(client, sheet(middle))
    old = {**made.result, "role_mix": {"alchemist": 10}, "roles": ["alchemist"], "engineer_class": 9}
    Assessment.objects.filter(pk=made.pk).update(result=old)
    page = page_at(client, made.get_absolute_url())
    assert "The roles are others by now" in page
    assert "Class 9" in page


# The page


def test_the_page_says_why_in_the_readers_language() -> None:
    for language, word in (("ko", "왜 이런 역할 비율인가요?"), ("en", "Why this mix?")):
        client = Client(headers={"Accept-Language": language})
        made = post_sheet(client, sheet(leaning(R, number=2)))
        page = page_at(client, made.get_absolute_url())
        assert word in page
        text = html.unescape(page)
        moved = Result.from_json(made.result).what_moved[0][1]
        assert all(part[language] in text for part in (moved.lead, moved.question, moved.option))


def test_another_target_changes_the_page_in_part(client: Client) -> None:
    made = post_sheet(client, sheet(leaning(R, number=4)))
    address = made.get_absolute_url()
    asked = f"{address}?mix_researcher=0&mix_applied-researcher=0&mix_engineer=10&mix_domain-expert=0&class=1&show=said"
    part = page_at(client, asked, **HTMX)
    assert "<html" not in part
    assert 'id="standing"' in part
    assert 'name="mix_engineer" value="10"' in part
    assert "radar-target" not in part
    assert 'name="class" value="1"' in part
    assert "<html" in page_at(client, asked)


def test_a_stepper_moves_one_part_and_the_ten_stay_ten(client: Client) -> None:
    made = post_sheet(client, sheet(leaning(R)))
    page = page_at(client, f"{made.get_absolute_url()}?step=engineer%2B1&class=3")
    form = page[page.index('id="aim"') :]
    parts = [int(each) for each in re.findall(r'name="mix_[\w-]+" value="(\d+)"', form)]
    assert sum(parts) == 10
    assert parts[2] == (Result.from_json(made.result).role_mix or {})[E] + 1


@pytest.mark.parametrize(
    "query",
    [
        "class=9",
        "class=%00",
        "mix_researcher=11",
        "mix_researcher=" + "9" * 5000,
        "mix_researcher=²&class=²",
        "step=nobody%2B1",
        "show=nothing&with=abc",
        "with=99999999999999999999",
    ],
)
def test_a_target_that_is_none_shows_the_suggested_one(client: Client, query: str) -> None:
    made = post_sheet(client, sheet(leaning(R, number=4)))
    response = client.get(f"{made.get_absolute_url()}?{query}")
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert 'name="class" value="3"' in response.content.decode()


def test_every_value_of_the_chart_stands_in_the_table(client: Client) -> None:
    made = post_sheet(client, sheet(leaning(A, number=3, levels={"mathematics": 3})))
    page = page_at(client, made.get_absolute_url())
    table = page[page.index('class="radar-table"') : page.index("Skill by skill")]
    for key, competency in current_catalogue().competencies.items():
        assert str(competency.name) in table
        assert f">{Result.from_json(made.result).competency_levels[key].level}" in table


def test_the_page_costs_the_same_for_a_short_and_a_long_history(ana_client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            page_at(ana_client, address)
        return len(caught)

    first = post_sheet(ana_client, sheet(middle)).get_absolute_url()
    queries(first)
    few = queries(first)
    for _again in range(4):
        post_sheet(ana_client, sheet(middle))
    assert queries(first) == few


# Over time


def test_an_earlier_result_can_be_laid_over_a_later_one(ana_client: Client) -> None:
    first = post_sheet(ana_client, sheet(leaning(R, levels={"mathematics": 1})))
    second = post_sheet(ana_client, sheet(leaning(R, levels={"mathematics": 3})))
    page = page_at(ana_client, f"{second.get_absolute_url()}?class=3&show=said&with={first.pk}")
    assert '<g class="radar-earlier">' in page
    row = page[page.index('<th scope="row"><a href="/en/competencies/mathematics/">') :]
    assert [re.sub(r"<.*?>", "", cell) for cell in re.findall(r'<td class="number">(.*?)</td>', row)[:2]] == ["3", "1"]
    assert '<g class="radar-earlier">' not in page_at(ana_client, second.get_absolute_url())
    # The earlier one cannot be compared with what came later.
    assert f'<option value="{second.pk}"' not in page_at(ana_client, first.get_absolute_url())


def test_the_history_says_what_changed_between_any_two(ana_client: Client) -> None:
    made = [
        post_sheet(ana_client, sheet(leaning(role, number=number, levels={"mathematics": level})))
        for role, number, level in ((R, 4, 1), (R, 4, 3), (E, 3, 3))
    ]
    page = page_at(ana_client, "/assessment/history/")
    changed = page[page.index('id="changed"') :]
    assert "4 → 3" in changed
    assert "Mathematics" not in changed
    middle_one = page_at(ana_client, f"/assessment/history/?to={made[1].pk}")
    assert "Mathematics: 1 → 3" in middle_one  # Against the one before it, not the one after.
    part = page_at(ana_client, f"/assessment/history/?from={made[0].pk}&to={made[1].pk}", **HTMX)
    assert "<html" not in part
    assert "Mathematics: 1 → 3" in part
    assert "Engineer class" not in part
    same = page_at(ana_client, f"/assessment/history/?from={made[0].pk}&to={made[0].pk}")
    assert "Choose two different assessments" in same


def test_a_level_that_was_unknown_is_told_as_unknown() -> None:
    catalogue = current_catalogue()
    found = difference(result_from({"rating.mathematics": "2"}), result_from({"rating.domain": "2"}), catalogue)
    told = {each.named.id: (each.before, each.after) for each in found.competencies}
    assert told == {"mathematics": (20, None), "domain": (None, 20)}


def test_somebody_without_assessments_is_told_where_to_begin(ana_client: Client) -> None:
    assert "No finished assessment yet" in page_at(ana_client, "/assessment/history/")


def test_a_result_is_not_shown_as_newest_when_there_is_a_newer_one(ana_client: Client) -> None:
    first = post_sheet(ana_client, sheet(middle))
    Assessment.objects.filter(pk=first.pk).update(finished_at=timezone.now() - timedelta(days=3))
    post_sheet(ana_client, sheet(middle))
    assert "There is a newer one" in page_at(ana_client, first.get_absolute_url())


@pytest.mark.parametrize(("deleted", "status"), [("the one that is shown", 404), ("the one to compare with", 200)])
def test_a_result_that_is_deleted_while_its_page_is_made_is_no_error(
    ana_client: Client, deleted: str, status: int
) -> None:
    earlier, shown = (post_sheet(ana_client, sheet(leaning(role))) for role in (R, E))
    gone = shown if deleted == "the one that is shown" else earlier
    met: list[str] = []

    def delete_after_the_first(execute: Any, sql: str, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if "assessments_assessment" in sql and not met:
            met.append(sql)
            delete_assessment(gone)
        return done

    with connection.execute_wrapper(delete_after_the_first):
        response = ana_client.get(f"{shown.get_absolute_url()}?with={earlier.pk}")
    assert met
    assert response.status_code == status
