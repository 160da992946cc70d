"""What a target expects, and what is missing to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.targets import Gap, gaps

pytestmark = pytest.mark.once

LEVEL = st.integers(0, 4)


def gap_of(mix: dict[str, int], expected: dict[str, int], level: int = 0) -> Gap:
    """The gap in one skill of which each role expects one level."""
    return gaps({role: {"algebra": wanted} for role, wanted in expected.items()}, mix, {"algebra": level})["algebra"]


@pytest.mark.parametrize(
    ("parts", "to"),
    [(0, 1), (1, 1), (4, 1), (5, 2), (6, 2), (10, 2)],
)
def test_the_expected_level_of_a_mix_is_rounded_half_up(parts: int, to: int) -> None:
    assert gap_of({"r": parts, "e": 10 - parts}, {"r": 2, "e": 1}).to == to


def test_the_size_adds_up_what_each_role_misses_in_tenths_of_a_level() -> None:
    gap = gap_of({"r": 3, "e": 7}, {"r": 4, "e": 2}, level=1)
    assert gap.size == 3 * 3 + 7 * 1
    assert (gap.level, gap.to) == (1, 3)


def test_a_role_that_is_satisfied_takes_nothing_off_what_another_one_misses() -> None:
    gap = gap_of({"r": 3, "e": 7}, {"r": 4, "e": 1}, level=3)
    assert (gap.size, gap.to, gap.roles) == (3, 2, ("r",))


def test_the_role_that_asks_for_most_stands_first_and_equals_stand_by_name() -> None:
    mix = {"r": 2, "a": 5, "e": 2, "d": 1}
    assert gap_of(mix, {"r": 3, "a": 1, "e": 3, "d": 4}).roles == ("e", "r", "a", "d")


def test_a_role_without_parts_asks_for_nothing() -> None:
    gap = gap_of({"r": 0, "e": 10}, {"r": 4, "e": 1})
    assert (gap.to, gap.size, gap.roles) == (1, 10, ("e",))


def test_a_skill_that_only_absent_roles_know_has_no_gap() -> None:
    expected = {"r": {"proofs": 3}, "e": {"servers": 2}}
    assert set(gaps(expected, {"r": 0, "e": 10}, {})) == {"servers"}


def test_a_skill_that_one_role_knows_is_weighted_by_that_role_alone() -> None:
    gap = gaps({"r": {"proofs": 4}, "e": {}}, {"r": 5, "e": 5}, {})["proofs"]
    assert (gap.to, gap.size, gap.roles) == (2, 20, ("r",))


def test_a_level_that_nobody_gave_counts_as_none() -> None:
    assert gaps({"r": {"algebra": 2}}, {"r": 10}, {})["algebra"] == Gap("algebra", 0, 2, 20, ("r",), (10, 10, 0, 0))


@given(
    expected=st.fixed_dictionaries({role: st.fixed_dictionaries({"x": LEVEL, "y": LEVEL}) for role in "rae"}),
    cut=st.tuples(st.integers(0, 10), st.integers(0, 10)),
    level=LEVEL,
)
def test_a_gap_keeps_within_what_the_roles_expect(
    expected: dict[str, dict[str, int]], cut: tuple[int, int], level: int
) -> None:
    low, high = sorted(cut)
    mix = {"r": low, "a": high - low, "e": 10 - high}
    for skill, gap in gaps(expected, mix, {"x": level, "y": level}).items():
        asked = [expected[role][skill] for role, parts in mix.items() if parts]
        assert min(asked) <= gap.to <= max(asked)
        assert (gap.size == 0) == (max(asked) <= level) == (gap.roles == ())
        assert 0 <= gap.size <= 10 * max(0, max(asked) - level)
        assert gap.to <= level or gap.size > 0


def test_what_a_level_closes_is_weighted_by_the_parts_that_expect_it_and_ends_at_the_mixs_own_level() -> None:
    expected = {"r": {"algebra": 4}, "e": {"algebra": 2}}
    gap = gaps(expected, {"r": 4, "e": 6}, {"algebra": 1})["algebra"]
    assert (gap.to, gap.asks) == (3, (10, 10, 4, 4))
    assert [gap.closed(level) for level in range(5)] == [0, 0, 10, 14, 14]
