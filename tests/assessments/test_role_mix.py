"""The role mix: always ten parts, and each step gives or takes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.role_mix import PARTS, even_mix, is_mix, step

pytestmark = pytest.mark.once

ROLES = ["researcher", "applied-researcher", "engineer", "domain-expert"]


def mix_of(*parts: int) -> dict[str, int]:
    return dict(zip(ROLES, parts, strict=True))


@st.composite
def mixes(draw: st.DrawFn) -> dict[str, int]:
    """Ten parts over two to six roles."""
    count = draw(st.integers(2, 6))
    cuts = sorted(draw(st.lists(st.integers(0, PARTS), min_size=count - 1, max_size=count - 1)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, PARTS], strict=True)]
    return {f"role-{number}": part for number, part in enumerate(parts)}


@given(mix=mixes(), presses=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_whatever_is_pressed_it_stays_a_mix(mix: dict[str, int], presses: list[tuple[int, bool]]) -> None:
    roles = list(mix)
    for number, up in presses:
        mix = step(mix, roles[number % len(roles)], up=up)
        assert is_mix(mix, roles)
        assert list(mix) == roles


@given(mix=mixes(), number=st.integers(0, 5), up=st.booleans())
def test_a_step_moves_one_part_and_no_third_role(mix: dict[str, int], number: int, *, up: bool) -> None:
    role = list(mix)[number % len(mix)]
    before = dict(mix)
    stepped = step(mix, role, up=up)
    assert mix == before
    moved = {key: stepped[key] - parts for key, parts in mix.items() if stepped[key] != parts}
    if mix[role] == (PARTS if up else 0):
        assert moved == {}
    else:
        assert moved[role] == (1 if up else -1)
        assert sorted(moved.values()) == [-1, 1]


def test_two_steps_lead_from_three_three_two_two_to_two_five_two_one() -> None:
    mix = mix_of(3, 3, 2, 2)
    mix = step(mix, "applied-researcher", up=True)
    assert mix == mix_of(2, 4, 2, 2)
    mix = step(mix, "applied-researcher", up=True)
    assert mix == mix_of(2, 5, 2, 1)


def test_the_largest_other_role_gives_and_the_last_of_equals() -> None:
    assert step(mix_of(4, 1, 3, 2), "applied-researcher", up=True) == mix_of(3, 2, 3, 2)
    assert step(mix_of(3, 1, 3, 3), "applied-researcher", up=True) == mix_of(3, 2, 3, 2)


def test_the_largest_other_role_takes_and_the_first_of_equals() -> None:
    assert step(mix_of(2, 5, 2, 1), "applied-researcher", up=False) == mix_of(3, 4, 2, 1)
    assert step(mix_of(0, 10, 0, 0), "applied-researcher", up=False) == mix_of(1, 9, 0, 0)


def test_at_its_ends_a_step_changes_nothing() -> None:
    assert step(mix_of(10, 0, 0, 0), "researcher", up=True) == mix_of(10, 0, 0, 0)
    assert step(mix_of(10, 0, 0, 0), "engineer", up=False) == mix_of(10, 0, 0, 0)


@given(count=st.integers(1, 12))
def test_an_even_mix_is_a_mix_and_the_first_roles_get_the_rest(count: int) -> None:
    roles = [f"role-{number}" for number in range(count)]
    mix = even_mix(roles)
    assert is_mix(mix, roles)
    parts = list(mix.values())
    assert parts == sorted(parts, reverse=True)
    assert max(parts) - min(parts) <= 1


def test_ten_parts_over_four_roles() -> None:
    assert even_mix(ROLES) == mix_of(3, 3, 2, 2)


@pytest.mark.parametrize(
    "mix",
    [mix_of(3, 3, 2, 1), mix_of(11, 0, 0, -1), {"researcher": 10}, {**mix_of(3, 3, 2, 2), "baker": 0}, {}],
)
def test_what_is_no_mix(mix: dict[str, int]) -> None:
    assert not is_mix(mix, ROLES)
