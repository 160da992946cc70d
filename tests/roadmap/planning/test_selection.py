"""Which steps a person needs, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmap.planning.steps import Closes
from tests.moments import MONDAY
from tests.roadmap.planning.inputs import keys, made_of, profile, step

pytestmark = pytest.mark.once


def test_the_steps_between_todays_level_and_the_target_are_planned_and_those_beyond_are_not() -> None:
    ladder = [step(f"to-{level}", raises={"algebra": level}, phase=level - 1) for level in (1, 2, 3, 4)]
    assert keys(made_of(*ladder, by=profile({"algebra": 3}, levels={"algebra": 1}))) == ["to-2", "to-3"]


def test_where_no_step_ends_at_the_target_the_next_one_above_it_is_taken() -> None:
    steps = [step("to-3", raises={"algebra": 3}), step("to-4", raises={"algebra": 4})]
    assert keys(made_of(*steps)) == ["to-3"]


def test_a_step_that_hardly_matters_to_the_mix_is_left_out_unless_another_one_needs_it() -> None:
    aside = step("aside", raises={"coding": 1}, roles={"researcher": 1})
    assert keys(made_of(aside, by=profile({"coding": 1}))) == []
    wanted = step("wanted", raises={"coding": 2}, requires=("aside",))
    assert keys(made_of(aside, wanted, by=profile({"coding": 2}))) == ["aside", "wanted"]


def test_a_step_whose_gain_another_one_brings_too_is_left_out_the_longer_one_first() -> None:
    steps = [step("long", hours=30), step("short", hours=10)]
    assert keys(made_of(*steps, by=profile({"algebra": 1}))) == ["short"]


def test_what_proves_an_activity_is_no_double_however_long_it_is() -> None:
    steps = [step("proof", hours=30, activity="kaggle"), step("short"), step("other", hours=15)]
    assert keys(made_of(*steps, by=profile({"algebra": 1}))) == ["short", "proof"]


def test_a_step_that_only_goes_on_from_a_target_that_is_reached_is_not_needed() -> None:
    # By the turn of "b" its algebra is there, and its coding lies above the target that "c" reaches.
    steps = [
        step("a", raises={"algebra": 2}),
        step("b", raises={"algebra": 1, "coding": 3}, phase=1),
        step("c", raises={"coding": 1, "reading": 1}),
    ]
    wanted = profile({"algebra": 2, "coding": 1, "reading": 1})
    assert keys(made_of(*steps, by=wanted)) == ["a", "c"]


def test_what_the_goal_or_the_situation_asks_for_is_always_in_the_plan_and_says_so() -> None:
    letter = step("letter", always=True, goals=frozenset({"job"}))
    notes = step("notes", always=True, situations=frozenset({"student"}))
    grown = profile(levels={"algebra": 4})
    made = made_of(letter, notes, by=grown)
    assert [(p.step.key, p.reason.for_goal, p.reason.for_situation) for p in made.steps] == [
        ("notes", None, "student"),
        ("letter", "job", None),
    ]
    assert keys(made_of(letter, notes, by=replace(grown, goal="study", situation="worker"))) == []


def test_a_person_who_is_there_has_nothing_to_do() -> None:
    made = made_of(step("a"), by=profile(levels={"algebra": 2}))
    assert (made.steps, made.hours, made.weeks, made.ends_on, made.late) == ((), 0, 0, MONDAY, frozenset())


def test_what_fits_the_mix_is_taken_for_a_level_and_what_hardly_does_only_where_nothing_else_leads_there() -> None:
    contest = step("contest", hours=5, raises={"talking": 1}, roles={"researcher": 2})
    talk = step("talk", hours=9, raises={"talking": 1}, roles={"researcher": 3})
    wanted = profile({"talking": 1})
    assert keys(made_of(contest, talk, by=wanted)) == ["talk"]
    assert keys(made_of(contest, by=wanted)) == ["contest"]


def test_a_plan_has_the_shortest_proof_of_its_class_for_each_role_that_leads_the_mix() -> None:
    steps = [
        step("base", hours=30, raises={"coding": 1}),
        step("long", hours=10, raises={"coding": 2}, requires=("base",), proof_for={"engineer": 3}),
        step("short", hours=20, raises={"talking": 1}, proof_for={"engineer": 3}),
        step("other-class", hours=1, raises={"talking": 1}, proof_for={"engineer": 2}),
        step("other-role", hours=1, raises={"talking": 1}, proof_for={"researcher": 3}),
    ]
    engineer = profile({"algebra": 1}, mix={"engineer": 6, "researcher": 4}, target_class=3)
    assert keys(made_of(*steps, step("a"), by=engineer)) == ["a", "short"]
    both = replace(engineer, mix={"engineer": 5, "researcher": 5})
    assert [(p.step.key, p.reason.proof_for) for p in made_of(*steps, by=both).steps] == [
        ("other-role", ("researcher",)),
        ("short", ("engineer",)),
    ]
    assert keys(made_of(*steps, by=replace(both, levels={"coding": 1}))) == ["long", "other-role"]


def test_one_proof_for_two_roles_is_taken_before_one_for_each() -> None:
    steps = [
        step("both", hours=50, raises={"talking": 1}, proof_for={"engineer": 3, "researcher": 3}),
        step("one", hours=5, raises={"talking": 1}, proof_for={"engineer": 3}),
    ]
    assert keys(made_of(*steps, by=profile({"coding": 0}, target_class=3))) == ["both"]


def test_a_step_brings_what_leads_to_the_level_from_which_it_goes_on() -> None:
    steps = [
        step("first", raises={"coding": 1}, roles={"engineer": 0}),
        step("second", raises={"coding": 2}, roles={"engineer": 0}, requires=("first",)),
        step("proof", raises={"coding": 3}, proof_for={"engineer": 3}),
    ]
    engineer = profile({"coding": 3}, mix={"engineer": 10, "researcher": 0}, target_class=3)
    # Nothing that matters to the mix leads to the levels below, so nothing is brought.
    assert keys(made_of(*steps, by=engineer)) == ["proof"]
    fitting = [replace(each, roles={"engineer": 3}) for each in steps]
    made = made_of(*fitting, by=engineer)
    assert keys(made) == ["first", "second", "proof"]
    assert [p.reason.unlocks for p in made.steps] == [("second",), ("proof",), ()]


def test_what_is_required_and_mastered_is_named_as_what_to_bring() -> None:
    steps = [
        step("base", raises={"coding": 1}),
        step("model", raises={"coding": 1}, phase=1),
        step("errors", requires=("base", "model"), raises={"coding": 2}, phase=1),
    ]
    wanted = profile({"coding": 2}, levels={"coding": 1})
    assert [(p.step.key, p.reason.brings) for p in made_of(*steps, by=wanted).steps] == [("errors", ("model",))]


def test_each_step_says_from_where_it_leads_to_where_and_who_asks() -> None:
    steps = [step("a"), step("b", raises={"algebra": 2}, requires=("a",), activity="kaggle")]
    first, second = (planned.reason for planned in made_of(*steps).steps)
    assert first.closes == (Closes("algebra", 0, 1, ("engineer", "researcher")),)
    assert (first.unlocks, first.proves) == (("b",), None)
    assert second.closes == (Closes("algebra", 1, 2, ("engineer", "researcher")),)
    assert (second.unlocks, second.proves) == ((), "kaggle")
