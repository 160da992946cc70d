"""What comes before what in a plan, rule by rule."""

from __future__ import annotations

import pytest

from roadmap.planning.steps import CyclicPrerequisites
from tests.roadmap.planning.inputs import keys, made_of, profile, step

pytestmark = pytest.mark.once


def test_among_what_is_free_the_largest_gap_per_hour_comes_first_and_equals_by_key() -> None:
    steps = [
        step("c-short", hours=5, raises={"coding": 1}),
        step("b-long", hours=20, raises={"algebra": 1}),
        step("a-long", hours=20, raises={"reading": 1}),
    ]
    assert keys(made_of(*steps, by=profile({"algebra": 1, "coding": 1, "reading": 1}))) == [
        "c-short",
        "a-long",
        "b-long",
    ]


def test_a_step_is_worth_what_it_unlocks() -> None:
    steps = [
        step("door", hours=20, raises={"talking": 1}),
        step("room", hours=1, raises={"algebra": 2}, requires=("door",)),
        step("other", hours=5, raises={"coding": 1}),
    ]
    wanted = profile({"algebra": 2, "coding": 1})
    assert keys(made_of(*steps, by=wanted)) == ["door", "room", "other"]


def test_a_plan_begins_with_something_short_and_with_what_the_situation_asks_for() -> None:
    steps = [
        step("long", hours=40, raises={"algebra": 2}),
        step("short", hours=20, raises={"coding": 1}),
        step("school", hours=60, raises={"talking": 1}, always=True, situations=frozenset({"student"})),
    ]
    made = made_of(*steps, by=profile({"algebra": 2, "coding": 1}))
    assert keys(made) == ["short", "school", "long"]


def test_foundations_are_not_starved_by_practice() -> None:
    practice = [step(f"practice-{n}", hours=5, raises={"coding": 1}, activity="kaggle") for n in range(4)]
    base = step("base", hours=50, foundation=True)
    made = made_of(*practice, base, by=profile({"algebra": 1, "coding": 1}))
    assert keys(made) == ["practice-0", "practice-1", "base", "practice-2", "practice-3"]


def test_what_comes_after_another_waits_for_it_into_a_later_phase_and_brings_it_into_no_plan() -> None:
    steps = [
        step("letter", hours=5, raises={"talking": 1}, after=("model", "gone")),
        step("base", hours=50, raises={"algebra": 1}),
        step("model", hours=20, raises={"coding": 1}, phase=1),
        step("report", hours=90, raises={"reading": 1}, phase=1),
        step("end", hours=1, raises={"reading": 2}, phase=2),
    ]
    made = made_of(*steps, by=profile({"algebra": 1, "coding": 1, "talking": 1, "reading": 2}))
    assert [(p.step.key, p.phase) for p in made.steps] == [
        ("base", 0),
        ("model", 1),
        ("letter", 1),
        ("report", 1),
        ("end", 2),
    ]
    assert keys(made_of(*steps, by=profile({"talking": 1}))) == ["letter"]


def test_a_lower_level_of_a_skill_comes_before_a_higher_one() -> None:
    steps = [step("high", hours=1, raises={"algebra": 2}), step("low", hours=90, raises={"algebra": 1})]
    assert keys(made_of(*steps)) == ["low", "high"]


def test_what_requires_a_step_does_not_lead_to_it() -> None:
    steps = [
        step("high", raises={"algebra": 2}),
        step("low", raises={"algebra": 1}, requires=("high",), activity="kaggle"),
    ]
    assert keys(made_of(*steps)) == ["high", "low"]


def test_after_three_of_one_competency_comes_one_of_another() -> None:
    steps = [step(f"a{n}", hours=1, raises={"coding": 1}, activity="kaggle", competency="tools") for n in range(5)]
    other = step("other", hours=99, raises={"talking": 1}, competency="talks")
    made = made_of(*steps, other, by=profile({"coding": 1, "talking": 1}))
    assert keys(made) == ["a0", "a1", "a2", "other", "a3", "a4"]


def test_steps_that_wait_for_one_another_are_refused_by_name() -> None:
    steps = [step("a", requires=("b",)), step("b", raises={"algebra": 2}, requires=("a",))]
    with pytest.raises(CyclicPrerequisites, match=r"^a, b$"):
        made_of(*steps)


def test_a_cycle_among_what_nobody_needs_harms_nobody() -> None:
    steps = [step("a", requires=("b",), raises={"coding": 1}), step("b", raises={"coding": 2}, requires=("a",))]
    assert keys(made_of(*steps, step("c"))) == ["c"]
