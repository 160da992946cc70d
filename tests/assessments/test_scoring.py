"""Scoring: ten parts, no worse class for a better deed, and what is not answered is unknown."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    NEEDED,
    competency_levels,
    deciding,
    engineer_class,
    expected_tenths,
    mean_tenths,
    missing_deeds,
    role_mix,
    skill_levels,
    what_moved,
)

pytestmark = pytest.mark.once

ROLES = ["researcher", "applied-researcher", "engineer", "domain-expert"]
R, A, E, D = ROLES
SKILLS = {"mathematics": ["algebra", "calculus", "statistics"], "english": ["reading", "writing"]}

points = st.dictionaries(st.sampled_from(ROLES), st.integers(1, 3), min_size=1)
sheets = st.lists(points, min_size=1, max_size=20)
deeds = st.dictionaries(st.integers(0, 9).map(str), st.integers(1, 4), max_size=8)
ratings = st.dictionaries(st.sampled_from(list(SKILLS)), st.integers(0, 4))
precise = st.dictionaries(st.sampled_from([key for keys in SKILLS.values() for key in keys]), st.integers(0, 4))


# The role mix


@given(sheet=sheets)
def test_a_role_mix_always_adds_up_to_ten(sheet: list[dict[str, int]]) -> None:
    mix = role_mix(sheet, ROLES)
    assert mix is not None
    assert list(mix) == ROLES
    assert sum(mix.values()) == 10
    assert all(parts >= 0 for parts in mix.values())


@given(sheet=sheets)
def test_each_part_lies_within_one_of_its_exact_share(sheet: list[dict[str, int]]) -> None:
    mix = role_mix(sheet, ROLES)
    whole = sum(sum(each.values()) for each in sheet)
    assert mix is not None
    for role in ROLES:
        exact = Fraction(10 * sum(each.get(role, 0) for each in sheet), whole)
        assert abs(mix[role] - exact) < 1


@given(sheet=sheets, seed=st.integers())
def test_the_order_of_the_answers_changes_no_mix(sheet: list[dict[str, int]], seed: int) -> None:
    shuffled = list(sheet)
    random.Random(seed).shuffle(shuffled)
    assert role_mix(shuffled, ROLES) == role_mix(sheet, ROLES)


@given(sheet=sheets, role=st.sampled_from(ROLES))
def test_more_points_never_cost_a_role_a_part(sheet: list[dict[str, int]], role: str) -> None:
    before, after = role_mix(sheet, ROLES), role_mix([*sheet, {role: 3}], ROLES)
    assert before is not None
    assert after is not None
    assert after[role] >= before[role]


@given(sheet=sheets)
def test_a_role_with_more_points_never_has_fewer_parts(sheet: list[dict[str, int]]) -> None:
    mix = role_mix(sheet, ROLES)
    totals = {role: sum(each.get(role, 0) for each in sheet) for role in ROLES}
    assert mix is not None
    assert all(mix[a] >= mix[b] for a in ROLES for b in ROLES if totals[a] > totals[b])


def test_equal_remainders_go_to_the_role_with_more_points_and_then_to_the_earlier_one() -> None:
    assert role_mix([{R: 1, A: 1, E: 1, D: 1}], ROLES) == {R: 3, A: 3, E: 2, D: 2}
    # 3.75, 3.75 and 2.5: two parts are left for three remainders, and .75 is more than .5.
    assert role_mix([{D: 3, E: 3, A: 2}], ROLES) == {R: 0, A: 2, E: 4, D: 4}
    # 7.5 and 2.5: the same remainder, so the role with more points gets the part, though it stands last.
    assert role_mix([{D: 3, R: 1}], ROLES) == {R: 2, A: 0, E: 0, D: 8}


def test_without_an_answer_the_mix_is_unknown() -> None:
    assert role_mix([], ROLES) is None
    assert role_mix([{"a-role-that-went": 3}], ROLES) is None


def test_ten_thousand_random_sheets_hold_every_property() -> None:
    random_ = random.Random(20181)
    for _sheet in range(10_000):
        chosen = [
            {role: random_.randint(1, 3) for role in random_.sample(ROLES, random_.randint(1, 2))}
            for _question in range(random_.randint(0, 14))
        ]
        mix = role_mix(chosen, ROLES)
        assert (mix is None) == (not chosen)
        assert mix is None or (sum(mix.values()) == 10 and min(mix.values()) >= 0)
        shown = {str(number): random_.randint(1, 4) for number in range(random_.randint(0, 7))}
        reached = engineer_class(shown)
        assert (reached is None) == (len(shown) < NEEDED)
        assert reached is None or sum(each <= reached for each in shown.values()) >= NEEDED
        said = {key: random_.randint(0, 4) for key in SKILLS if random_.random() < 0.6}
        exact = {key: random_.randint(0, 4) for keys in SKILLS.values() for key in keys if random_.random() < 0.4}
        levels = skill_levels(said, exact, SKILLS)
        assert set(levels) == {key for c, keys in SKILLS.items() for key in keys if c in said or key in exact}
        for competency, level in competency_levels(levels, exact, SKILLS).items():
            known = [levels[key] for key in SKILLS[competency] if key in levels]
            assert 10 * min(known) <= level.tenths <= 10 * max(known)


# Why


@given(sheet=st.dictionaries(st.integers(0, 13).map(str), points, min_size=2, max_size=14))
def test_the_answers_that_moved_the_mix_come_first(sheet: dict[str, dict[str, int]]) -> None:
    found = what_moved(sheet, ROLES)
    assert [each.share for each in found] == sorted((each.share for each in found), reverse=True)
    assert {each.question for each in found} <= set(sheet)
    assert all(each.share >= 0 for each in found)


def test_an_answer_against_the_others_moves_most() -> None:
    found = what_moved({"a": {R: 3}, "b": {R: 3}, "c": {R: 3}, "d": {D: 3}}, ROLES)
    assert (found[0].question, found[0].role, found[0].share) == ("d", D, Fraction(1, 4))


def test_answers_that_all_say_the_same_are_told_with_the_role_that_they_say() -> None:
    found = what_moved({"a": {D: 3}, "b": {D: 3}, "c": {D: 2, E: 0}}, ROLES)
    assert [each.role for each in found] == [D, D, D]


# The class


@given(shown=deeds, question=st.sampled_from("0123456789"), better=st.integers(1, 4))
def test_a_better_deed_never_makes_the_class_worse(shown: dict[str, int], question: str, better: int) -> None:
    before = engineer_class(shown)
    improved = shown | {question: min(better, shown.get(question, 4))}
    after = engineer_class(improved)
    assert before is None or (after is not None and after <= before)


@given(shown=deeds)
def test_one_deed_alone_never_makes_a_class(shown: dict[str, int]) -> None:
    reached = engineer_class(shown)
    assert reached is None or len(deciding(shown, reached)) >= NEEDED


def test_the_class_is_the_best_that_two_deeds_show() -> None:
    assert engineer_class({"a": 1, "b": 3, "c": 2, "d": 4}) == 2
    assert deciding({"a": 1, "b": 3, "c": 2, "d": 4}, 2) == ["a", "c"]
    assert engineer_class({"a": 1}) is None
    assert missing_deeds({"a": 1, "b": 3}, 2) == 1
    assert missing_deeds({"a": 1, "b": 1}, 2) == 0


# Levels


@given(ratings=ratings, precise=precise)
def test_a_precise_answer_always_wins_over_a_quick_one(ratings: dict[str, int], precise: dict[str, int]) -> None:
    levels = skill_levels(ratings, precise, SKILLS)
    assert all(levels[key] == level for key, level in precise.items())
    for competency, keys in SKILLS.items():
        for key in keys:
            assert levels.get(key) == precise.get(key, ratings.get(competency))


def test_what_is_not_answered_is_unknown_and_not_zero() -> None:
    assert skill_levels({}, {}, SKILLS) == {}
    assert competency_levels({}, {}, SKILLS) == {}
    found = competency_levels({"algebra": 3}, {"algebra": 3}, SKILLS)
    assert set(found) == {"mathematics"}
    assert (found["mathematics"].level, found["mathematics"].known, found["mathematics"].asked) == (3, 1, 3)


def test_a_competency_is_the_mean_of_its_skills_rounded_half_up() -> None:
    found = competency_levels({"reading": 3, "writing": 2}, {"reading": 3}, SKILLS)["english"]
    assert (found.tenths, found.level, found.precise) == (25, 3, 1)
    assert mean_tenths([1, 1, 2]) == 13
    assert mean_tenths([0, 0, 0, 1]) == 3


def test_a_target_is_the_mean_over_skills_of_what_its_roles_expect() -> None:
    expected = {R: {"reading": 4, "writing": 2}, E: {"reading": 1, "writing": 1}}
    assert expected_tenths(expected, {R: 5, E: 5}, {"english": ["reading", "writing"]}) == {"english": 20}
    assert expected_tenths(expected, {E: 10}, {"english": ["reading", "writing"]}) == {"english": 10}
