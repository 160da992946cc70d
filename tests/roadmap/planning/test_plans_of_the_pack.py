"""Plans that the real pack leads to: every situation, goal and class, and mixes from one end to the other."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest
from django.urls import resolve
from django.utils import translation
from pytest_django import DjangoDbBlocker

from content.catalogue import Catalogue, current_catalogue
from roadmap.pages.reasons import SaidReason, say
from roadmap.pages.route import route_of_plan
from roadmap.planning.engine import Plan
from roadmap.planning.from_catalogue import levels_by_skill, plan_for, reason_as_data
from roadmap.planning.sizes import Size
from roadmap.planning.wishes import Wish, example_wish, usual_skills
from roadmap.views.front import EXAMPLE_AGE
from tests.moments import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = ("researcher", "applied-researcher", "engineer", "domain-expert")
MIXES: list[tuple[int, ...]] = [
    (10, 0, 0, 0),
    (0, 10, 0, 0),
    (0, 0, 10, 0),
    (0, 0, 0, 10),
    (2, 5, 2, 1),
    (3, 3, 2, 2),
    (1, 1, 7, 1),
    (5, 5, 0, 0),
    (0, 0, 5, 5),
    (1, 2, 1, 6),
]
SITUATIONS = [
    "high-school",
    "cs-undergraduate",
    "non-cs-undergraduate",
    "self-studying-undergraduate",
    "masters-student",
    "phd-student",
    "scientist",
    "working-engineer",
    "field-expert",
    "career-break",
]
GOALS = ["university", "graduate-school", "employment", "research-job", "founding", "where-i-am"]
CLASSES = [3, 2, 1]
LEAST, LEAST_TO_WHERE_ONE_IS = 8, 6
"""How many milestones a plan has at least; of a doctoral student to class 3, which a master's trains for, fewer."""

every_start = pytest.mark.parametrize("situation", SITUATIONS)
every_goal = pytest.mark.parametrize("goal", GOALS)
every_class = pytest.mark.parametrize("target_class", CLASSES)


def mixes_of(situation: str, goal: str) -> list[tuple[int, ...]]:
    """Half of the mixes, the other half beside it: each start and each goal meets all, in half as many plans."""
    return MIXES[(SITUATIONS.index(situation) + GOALS.index(goal)) % 2 :: 2]


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Catalogue:
    """The catalogue, read once; plans of it need no database."""
    with django_db_blocker.unblock():
        return current_catalogue()


@cache
def plan_of(
    catalogue: Catalogue,
    situation: str,
    goal: str,
    target_class: int,
    mix: tuple[int, ...],
    level: int | None = None,
    size: Size = Size.SOLID,
) -> Plan:
    """The plan of somebody with the usual levels of their situation, or with `level` in everything."""
    usual = catalogue.situations[situation]
    wish = Wish(
        role_mix=dict(zip(ROLES, mix, strict=True)),
        target_class=target_class,
        situation=situation,
        goal=goal,
        hours_per_week=10,
        starts_on=MONDAY,
        deadline_on=None,
        levels=usual.levels if level is None else dict.fromkeys(usual.levels, level),
        skills=usual.skills if level is None else {},
        size=size,
    )
    assert wish.fits(catalogue)
    return plan_for(wish, catalogue)


def said(made: Plan, catalogue: Catalogue, language: str) -> list[SaidReason]:
    with translation.override(language):
        return [say(reason_as_data(planned.reason), catalogue) for planned in made.steps]


@cache
def leads_to(path: str, language: str) -> str | None:
    """The name of the view at that path."""
    with translation.override(language):
        return resolve(path).url_name


def test_the_table_names_every_start_goal_class_and_role_of_the_pack(catalogue: Catalogue) -> None:
    assert list(catalogue.situations) == SITUATIONS
    assert list(catalogue.goals) == GOALS
    assert sorted(catalogue.expected, reverse=True) == CLASSES
    assert tuple(catalogue.roles) == ROLES


@every_start
@every_goal
@every_class
def test_every_plan_is_sensible(catalogue: Catalogue, situation: str, goal: str, target_class: int) -> None:
    least = LEAST_TO_WHERE_ONE_IS if situation == "phd-student" and target_class == 3 else LEAST
    for mix in mixes_of(situation, goal):
        made = plan_of(catalogue, situation, goal, target_class, mix)
        keys = [planned.step.key for planned in made.steps]
        assert len(keys) >= least
        assert len(set(keys)) == len(keys)
        assert not set(made.steps[0].step.requires) & set(keys)
        assert made.steps[0].starts_on == MONDAY
        always = [planned.step for planned in made.steps if planned.step.always]
        assert any(goal in step.goals for step in always)
        assert any(situation in step.situations for step in always)
        if target_class < 3 and situation != "phd-student":  # They have papers to show already.
            assert any(planned.reason.proves for planned in made.steps)


@every_start
@every_goal
@every_class
def test_every_reason_can_be_said_in_both_languages(
    catalogue: Catalogue, situation: str, goal: str, target_class: int
) -> None:
    for mix in mixes_of(situation, goal):
        made = plan_of(catalogue, situation, goal, target_class, mix)
        texts = {}
        for language in ("ko", "en"):
            reasons = said(made, catalogue, language)
            texts[language] = reasons
            for planned, reason in zip(made.steps, reasons, strict=True):
                assert len(reason.closes) == len(planned.reason.closes)
                assert all(gap.name and gap.roles and gap.start < gap.to for gap in reason.closes)
                assert all(
                    re.fullmatch(rf"/{language}/competencies/[a-z-]+/#[a-z-]+", gap.url) for gap in reason.closes
                )
                assert all(leads_to(gap.url.split("#")[0], language) == "competency" for gap in reason.closes)
                assert len(reason.unlocks) == len(planned.reason.unlocks)
                assert all(reason.unlocks)
                assert (reason.proves is None) == (planned.reason.proves is None)
                assert bool(reason.goal) == (planned.reason.for_goal is not None)
                assert bool(reason.situation) == (planned.reason.for_situation is not None)
                assert (reason.proof is None) == (not planned.reason.proof_for)
                assert len(reason.brings) == len(planned.reason.brings)
                assert any((reason.closes, reason.unlocks, reason.proves, reason.proof, reason.goal, reason.situation))
        for korean, english in zip(texts["ko"], texts["en"], strict=True):
            assert [gap.name for gap in korean.closes] != [gap.name for gap in english.closes] or not korean.closes
            assert korean.unlocks != english.unlocks or not korean.unlocks


@every_start
@every_goal
def test_a_higher_class_takes_at_least_as_long(catalogue: Catalogue, situation: str, goal: str) -> None:
    for mix in mixes_of(situation, goal):
        hours = [plan_of(catalogue, situation, goal, target_class, mix).hours for target_class in CLASSES]
        assert hours == sorted(hours)


@every_start
@every_goal
def test_it_goes_on_for_months_and_is_never_without_end(catalogue: Catalogue, situation: str, goal: str) -> None:
    for mix in mixes_of(situation, goal):
        weeks = plan_of(catalogue, situation, goal, 3, mix).weeks
        assert 13 <= weeks <= 4 * 52


@every_start
def test_different_mixes_lead_to_different_plans(catalogue: Catalogue, situation: str) -> None:
    plans = {tuple(p.step.key for p in plan_of(catalogue, situation, "employment", 2, mix).steps) for mix in MIXES[:4]}
    assert len(plans) == 4


@every_class
def test_who_starts_with_more_has_less_to_do(catalogue: Catalogue, target_class: int) -> None:
    for mix in MIXES:
        school = plan_of(catalogue, "high-school", "employment", target_class, mix)
        master = plan_of(catalogue, "masters-student", "employment", target_class, mix)
        assert master.hours < school.hours


def test_every_milestone_is_in_some_plan(catalogue: Catalogue) -> None:
    people = [
        *((SITUATIONS[0], GOALS[0], 3, mix, 0) for mix in MIXES),
        *(
            (situation, goal, target_class, mix, None)
            for target_class, situation, goal in product(CLASSES, SITUATIONS, GOALS)
            for mix in mixes_of(situation, goal)
        ),
    ]
    missing = set(catalogue.templates)
    while missing and people:
        situation, goal, target_class, mix, level = people.pop(0)
        made = plan_of(catalogue, situation, goal, target_class, mix, level=level, size=Size.THOROUGH)
        missing -= {found.step.key for found in made.steps}
    assert missing == set()


def test_nobody_is_taught_what_their_start_has_taught_them(catalogue: Catalogue) -> None:
    known = {
        "phd-student": {"first-git", "dl-first-course", "english-readme-and-issues", "arxiv-report", "dl-glossary"},
        "scientist": {"english-readme-and-issues", "arxiv-report", "thesis-into-paper", "statistics-for-experiments"},
        "working-engineer": {"first-git", "python-first-programs", "terminal-and-remote", "study-group-member"},
        "career-break": {"first-git", "python-first-programs"},
    }
    for situation, keys in known.items():
        for goal, target_class in product(GOALS, CLASSES):
            for mix in mixes_of(situation, goal):
                made = plan_of(catalogue, situation, goal, target_class, mix)
                assert not keys & {p.step.key for p in made.steps}, (situation, goal, target_class, mix)


def test_who_stays_where_they_are_writes_no_cv_and_only_students_look_for_an_internship(catalogue: Catalogue) -> None:
    hiring = {"portfolio-and-cv", "interview-stories", "job-talk", "internship-search", "internship-prepared"}
    student = re.compile("undergraduate|student")
    for situation, goal, target_class in product(SITUATIONS, GOALS, CLASSES):
        for mix in mixes_of(situation, goal):
            keys = {p.step.key for p in plan_of(catalogue, situation, goal, target_class, mix).steps}
            assert goal != "where-i-am" or not hiring & keys, (situation, target_class, mix)
            assert goal != "research-job" or {"portfolio-and-cv", "interview-stories", "job-talk"} <= keys
            assert student.search(situation) or "internship-search" not in keys, (situation, goal)


def test_what_is_said_of_a_competency_counts_for_all_of_its_skills_and_of_a_skill_before_that(
    catalogue: Catalogue,
) -> None:
    usual = catalogue.situations["scientist"]
    left_open = [key for key in usual.levels if key != "domain"]
    skills = {**usual_skills("scientist", left_open, catalogue), "domain-framing": 4}
    found = levels_by_skill({**usual.levels, "domain": 0}, skills, catalogue)
    assert (found["domain-framing"], found["domain-data"]) == (4, 0)
    assert (found["english-speaking"], found["english-writing"]) == (2, usual.levels["english"])
    assert usual_skills("scientist", ["domain"], catalogue).keys() == {
        "domain-data",
        "domain-framing",
        "domain-constraints",
    }


def test_the_example_is_on_its_way_and_far_from_its_end(catalogue: Catalogue) -> None:
    wish = example_wish(catalogue, today=MONDAY)
    assert wish.fits(catalogue)
    made = plan_for(wish, catalogue)
    with translation.override("ko"):
        today, done_items = MONDAY + EXAMPLE_AGE, catalogue.pack.example.done_items
        route = route_of_plan(made, catalogue, today=today, done_items=done_items)
    assert route.stops == len(made.steps)
    assert route.progress.done == catalogue.pack.example.done_items
    assert 0 < route.progress.hours_done < route.progress.hours
    assert route.now
    assert route.next


def test_who_can_do_everything_is_only_asked_what_the_goal_and_the_start_ask_for(catalogue: Catalogue) -> None:
    for mix in MIXES:
        made = plan_of(catalogue, "masters-student", "employment", 1, mix, level=4)
        assert made.steps
        asked = (p.reason.for_goal or p.reason.for_situation or p.reason.proof_for for p in made.steps)
        assert all(asked)


@pytest.mark.parametrize("hours", [5, 30, 60])
def test_what_takes_weeks_takes_them_whatever_time_there_is(catalogue: Catalogue, hours: int) -> None:
    seen = set()
    for situation in SITUATIONS:
        for target_class in CLASSES:
            wish = Wish(
                role_mix=dict(zip(ROLES, (2, 5, 2, 1), strict=True)),
                target_class=target_class,
                situation=situation,
                goal="employment",
                hours_per_week=hours,
                starts_on=MONDAY,
                deadline_on=None,
                levels=catalogue.situations[situation].levels,
                skills=catalogue.situations[situation].skills,
            )
            for planned in plan_for(wish, catalogue).steps:
                weeks = catalogue.templates[planned.step.key].weeks
                if weeks is not None:
                    assert (planned.ends_on - planned.starts_on).days + 1 >= 7 * weeks.number
                    seen.add(planned.step.key)
    assert {"kaggle-in-earnest", "learning-log", "internship-done"} <= seen
