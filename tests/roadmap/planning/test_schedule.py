"""The weeks and days of a plan, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap.planning.steps import Pace
from tests.moments import MONDAY
from tests.roadmap.planning.inputs import SKILLS, keys, made_of, profile, rounded, step

pytestmark = pytest.mark.once


def test_days_are_inclusive_and_follow_the_hours_of_a_week() -> None:
    steps = [step("a", hours=10), step("b", hours=5, raises={"algebra": 2}, requires=("a",))]
    assert [(p.starts_on, p.ends_on) for p in made_of(*steps, hours=10).steps] == [
        (date(2026, 1, 5), date(2026, 1, 11)),
        (date(2026, 1, 12), date(2026, 1, 15)),
    ]


def test_a_companion_runs_slowly_beside_the_main_track_and_alone_after_it() -> None:
    beside = step("beside", hours=10, raises={"reading": 1}, companion=True)
    made = made_of(step("main", hours=16), beside, by=profile({"algebra": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in range(made.weeks)] == [
        {"main": 8, "beside": 2},
        {"main": 8, "beside": 2},
        {"beside": 6},
    ]


def test_a_companion_waits_for_its_prerequisite_and_for_its_phase() -> None:
    steps = [
        step("first", hours=10),
        step("second", hours=10, raises={"coding": 1}, phase=1),
        step("habit", hours=4, raises={"reading": 1}, requires=("first",), companion=True),
        step("circle", hours=4, raises={"talking": 1}, phase=1, companion=True),
    ]
    made = made_of(*steps, by=profile(dict.fromkeys(SKILLS, 1)))
    assert keys(made) == ["first", "habit", "second", "circle"]
    assert rounded(made.week(0)) == {"first": 10}
    assert rounded(made.week(1)) == {"second": 8, "habit": 2}
    assert set(made.week(2)) == {"second", "habit", "circle"}


def test_what_is_bound_to_weeks_runs_beside_the_main_work_and_never_quicker() -> None:
    habit = step("habit", hours=12, raises={"reading": 1}, pace=Pace(weeks=6))
    main = step("main", hours=80, raises={"coding": 1})
    made = made_of(habit, main, by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 5, 6)] == [
        {"habit": 2, "main": 8},
        {"habit": 2, "main": 8},
        {"main": 10},
    ]
    quick = made_of(habit, main, by=profile({"coding": 1, "reading": 1}), hours=60)
    assert {p.step.key: (p.ends_on - MONDAY).days + 1 for p in quick.steps} == {"habit": 42, "main": 10}


def test_what_may_take_longer_leaves_half_of_the_time_to_the_main_work() -> None:
    contest = step("contest", hours=60, raises={"reading": 1}, pace=Pace(weeks=6))
    made = made_of(contest, step("main", hours=70, raises={"coding": 1}), by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 11, 12)] == [
        {"contest": 5, "main": 5},
        {"contest": 5, "main": 5},
        {"main": 10},
    ]
    assert rounded(made_of(contest, by=profile({"reading": 1})).week(0)) == {"contest": 10}


def test_what_lasts_exactly_so_long_comes_first_and_the_main_work_gets_what_is_left() -> None:
    internship = step("internship", hours=64, raises={"reading": 1}, pace=Pace(weeks=8, exactly=True))
    made = made_of(internship, step("main", hours=66, raises={"coding": 1}), by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 7, 8)] == [
        {"internship": 8, "main": 2},
        {"internship": 8, "main": 2},
        {"main": 10},
    ]


def test_a_habit_waits_until_there_is_room_to_keep_it_at_its_own_pace() -> None:
    habits = [
        step(f"habit-{skill}", hours=8, raises={skill: 1}, pace=Pace(weeks=8), companion=True)
        for skill in ("reading", "talking", "coding")
    ]
    wanted = profile({"algebra": 1, "reading": 1, "talking": 1, "coding": 1})
    made = made_of(*habits, step("main", hours=60), by=wanted, hours=4)
    assert [rounded(made.week(number)) for number in (0, 8)] == [
        {"habit-coding": 1, "habit-reading": 1, "main": 2},
        {"habit-talking": 1, "main": 3},
    ]


def test_while_something_waits_for_its_weeks_what_does_not_need_it_goes_on() -> None:
    steps = [
        step("log", hours=4, raises={"reading": 1}, pace=Pace(weeks=4)),
        step("review", hours=10, raises={"reading": 2}, requires=("log",)),
        step("other", hours=40, raises={"coding": 1}),
    ]
    made = made_of(*steps, by=profile({"coding": 1, "reading": 2}))
    assert [set(made.week(number)) for number in range(made.weeks)] == [
        {"log", "other"},
        {"log", "other"},
        {"log", "other"},
        {"log", "other"},
        {"other", "review"},
        {"review"},
    ]
