"""How much of what is worth something a plan has: its sizes, and what is kept before a deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.planning.choice import Choice
from roadmap.planning.engine import MOST_HOURS
from roadmap.planning.fitting import most_within
from roadmap.planning.selection import select
from roadmap.planning.sizes import SHARES, Size, sizes
from roadmap.planning.steps import Pace, Profile, Step
from tests.moments import MONDAY
from tests.roadmap.planning.inputs import HOURS, SKILLS, graphs, keys, made_of, people, profile, step

pytestmark = pytest.mark.once


def choice_of(steps: list[Step], by: Profile) -> Choice:
    return Choice(select(steps, by), by)


@given(steps=graphs(), by=people())
def test_each_size_holds_the_smaller_ones_and_closes_its_share(steps: list[Step], by: Profile) -> None:
    made = {size: made_of(*steps, by=by, size=size) for size in Size}
    essential, solid, thorough = (set(keys(made[size])) for size in Size)
    assert essential <= solid <= thorough
    assert made[Size.THOROUGH].share == 1
    for size, share in SHARES.items():
        assert made[size].share >= share
        assert made[size].share == made[size].wished
        assert made[size].hours <= made[Size.THOROUGH].hours
        assert made[size].left_out == ()


@given(steps=graphs(), by=people(), size=st.sampled_from(Size))
def test_a_set_has_what_it_needs_and_what_every_plan_has(steps: list[Step], by: Profile, size: Size) -> None:
    choice = choice_of(steps, by)
    bits = sizes(choice)[size]
    assert choice.closed_under(bits) == bits
    assert bits & choice.must == choice.must
    if size is not Size.THOROUGH:
        for kept in choice.of(bits & ~choice.must):
            rest = choice.without(choice.bit[kept.key], bits)
            # Without any step of it, and what needs that, it would close less, or hold less of what every plan has.
            assert choice.closed(rest) < choice.closed(bits) or rest & choice.must != choice.must


@given(steps=graphs(), by=people(), hours=st.integers(0, 150))
def test_what_fits_into_so_many_hours_takes_no_more_but_for_what_every_plan_has(
    steps: list[Step], by: Profile, hours: int
) -> None:
    choice = choice_of(steps, by)
    everything = sizes(choice)[Size.THOROUGH]
    bits = most_within(choice, hours, among=everything)
    assert choice.closed_under(bits) == bits
    assert bits & choice.must == choice.must
    assert bits & ~everything == 0
    assert choice.hours(bits) <= max(hours, choice.hours(choice.must))


@given(steps=graphs(), by=people(), hours=HOURS, days=st.integers(0, 400), size=st.sampled_from(Size))
def test_a_deadline_keeps_what_fits_and_says_what_is_left_out_and_the_fewest_hours_for_all(
    steps: list[Step], by: Profile, hours: int, days: int, size: Size
) -> None:
    deadline_on = MONDAY + timedelta(days=days)
    whole = made_of(*steps, by=by, hours=hours, size=size)
    made = made_of(*steps, by=by, hours=hours, deadline_on=deadline_on, size=size)
    must = {s.key for s in choice_of(steps, by).of(choice_of(steps, by).must)}
    assert made.late == {p.step.key for p in made.steps if p.ends_on > deadline_on}
    assert must <= set(keys(made))
    if whole.ends_on <= deadline_on or not whole.steps:
        assert replace(made, deadline_on=None) == whole
        return
    assert not made.late or set(keys(made)) == must
    assert {s.key for s in made.left_out} == set(keys(whole)) - set(keys(made))
    assert made.wished == whole.share
    if made.hours_to_fit is None:
        assert hours == MOST_HOURS or made_of(*steps, by=by, hours=MOST_HOURS, size=size).ends_on > deadline_on
        return
    assert made.hours_to_fit > hours
    assert made_of(*steps, by=by, hours=made.hours_to_fit, size=size).ends_on <= deadline_on
    assert made_of(*steps, by=by, hours=made.hours_to_fit - 1, size=size).ends_on > deadline_on


def test_the_smallest_size_takes_what_closes_most_an_hour() -> None:
    steps = [
        step("quick", hours=10, raises={"algebra": 1}),
        step("slow", hours=40, raises={"coding": 1}),
        step("middle", hours=20, raises={"reading": 1}),
    ]
    wanted = profile({"algebra": 1, "coding": 1, "reading": 1})
    assert keys(made_of(*steps, by=wanted, size=Size.ESSENTIAL)) == ["quick", "middle"]
    assert keys(made_of(*steps, by=wanted, size=Size.SOLID)) == ["quick", "middle", "slow"]


def test_a_second_step_to_the_same_levels_comes_into_the_largest_size_alone_if_it_proves_an_activity() -> None:
    steps = [step("contest", hours=30, activity="kaggle"), step("course", hours=10)]
    wanted = profile({"algebra": 1})
    assert keys(made_of(*steps, by=wanted, size=Size.SOLID)) == ["course"]
    assert keys(made_of(*steps, by=wanted, size=Size.THOROUGH)) == ["course", "contest"]


def test_every_size_has_the_proof_and_what_the_goal_asks_for() -> None:
    steps = [
        step("letter", hours=20, always=True, goals=frozenset({"job"}), raises={"talking": 1}),
        step("base", hours=90, raises={"coding": 1}),
        step("proof", hours=50, raises={"coding": 2}, requires=("base",), proof_for={"engineer": 3}),
        step("quick", hours=1, raises={"algebra": 1}),
    ]
    wanted = profile({"algebra": 1}, target_class=3, mix={"engineer": 10, "researcher": 0})
    assert set(keys(made_of(*steps, by=wanted, size=Size.ESSENTIAL))) == {"letter", "base", "proof", "quick"}
    near = made_of(*steps, by=wanted, deadline_on=MONDAY + timedelta(weeks=1))
    assert set(keys(near)) == set(near.late) == {"letter", "base", "proof"}
    assert [left.key for left in near.left_out] == ["quick"]


def test_a_habit_that_could_not_end_in_time_is_left_out_and_the_hours_go_to_others() -> None:
    steps = [
        step("habit", hours=6, raises={"talking": 1}, pace=Pace(weeks=12)),
        *(step(f"s-{skill}", hours=20, raises={skill: 1}) for skill in SKILLS[:3]),
    ]
    made = made_of(*steps, by=profile(dict.fromkeys(SKILLS, 1)), deadline_on=MONDAY + timedelta(weeks=6, days=-1))
    assert keys(made) == ["s-algebra", "s-coding", "s-reading"]
    assert (made.left_out, made.late, made.share) == ((steps[0],), frozenset(), 0.75)


def test_a_habit_that_would_begin_too_late_is_left_out_too() -> None:
    steps = [
        step("main", hours=40, raises={"coding": 1}),
        step("habit", hours=8, raises={"talking": 1}, pace=Pace(weeks=4), phase=1),
    ]
    made = made_of(*steps, by=profile({"coding": 1, "talking": 1}), deadline_on=MONDAY + timedelta(weeks=6, days=-1))
    assert (keys(made), made.late, made.left_out) == (["main"], frozenset(), (steps[1],))


def test_what_a_longer_step_makes_needless_leaves_a_size_again() -> None:
    steps = [
        step("quick", hours=1, raises={"algebra": 1}),
        step("long", hours=10, raises={"coding": 2}),
    ]
    # "quick" closes most an hour; with "long" a third is more than enough, and "long" alone is too.
    assert keys(made_of(*steps, by=profile({"algebra": 1, "coding": 2}), size=Size.ESSENTIAL)) == ["long"]


def test_what_stands_back_from_the_deadline_is_moved_ahead_with_what_comes_before_it() -> None:
    steps = [
        *(step(f"s{number}", hours=10, raises={"coding": 1}, activity="kaggle") for number in range(4)),
        step("work", hours=20, raises={"reading": 1}),
        step("letter", hours=10, raises={"talking": 1}, after=("work",), phase=1, before_deadline=4),
    ]
    wanted = profile({"coding": 1, "reading": 1, "talking": 1})
    weeks = {p.step.key: (p.ends_on - MONDAY).days // 7 + 1 for p in made_of(*steps, by=wanted).steps}
    assert weeks["letter"] == 7
    near = made_of(*steps, by=wanted, deadline_on=MONDAY + timedelta(weeks=8, days=-1))
    weeks = {p.step.key: (p.ends_on - MONDAY).days // 7 + 1 for p in near.steps}
    assert weeks["work"] < weeks["letter"] <= 4
    assert (near.late, near.left_out) == (frozenset(), ())
    # What is moved ahead draws nothing into its phase.
    assert {p.step.key: p.phase for p in near.steps} == {p.step.key: p.step.phase for p in near.steps}
