"""The geometry of the radar chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.radar import CENTRE_X, CENTRE_Y, FULL, HEIGHT, RADIUS, WIDTH, radar

pytestmark = pytest.mark.once

NAMES = ["Mathematics", "Computer science and programming", "English", "Deep-learning knowledge", "도메인 지식"]


def corners(points: str) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in points.split())
    return [(float(x), float(y)) for x, y in pairs]


@given(values=st.dictionaries(st.integers(0, 4), st.integers(0, FULL), min_size=3))
def test_every_value_lies_as_far_from_the_middle_as_it_is_large(values: dict[int, int]) -> None:
    series = radar(NAMES, [("said", "Said", values)]).series[0]
    assert len(series.marks) == len(values)
    for number, (x, y) in zip(sorted(values), corners(series.points), strict=True):
        distance = ((x - CENTRE_X) ** 2 + (y - CENTRE_Y) ** 2) ** 0.5
        assert distance == pytest.approx(RADIUS * values[number] / FULL, abs=0.1)


def test_two_values_make_marks_but_no_outline() -> None:
    series = radar(NAMES, [("said", "Said", {0: 10, 3: 40})]).series[0]
    assert series.points == ""
    assert len(series.marks) == 2


def test_the_first_axis_points_up_and_the_next_ones_go_clockwise() -> None:
    axes = radar(NAMES, []).axes
    assert (float(axes[0].x), float(axes[0].y)) == (CENTRE_X, CENTRE_Y - RADIUS)
    assert float(axes[1].x) > CENTRE_X


def test_long_names_are_wrapped_and_stay_in_the_box() -> None:
    for axis in radar(NAMES, []).axes:
        words = " ".join(line for _y, line in axis.label.lines)
        assert words in NAMES
        assert 0 < float(axis.label.x) < WIDTH
        assert all(0 < float(y) < HEIGHT for y, _line in axis.label.lines)
