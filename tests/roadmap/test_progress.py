"""Items and hours tell one story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from roadmap.pages.progress import RoadmapProgress

MILESTONES = st.lists(
    st.tuples(st.integers(1, 1000), st.integers(1, 40)).flatmap(
        lambda each: st.tuples(st.just(each[0]), st.integers(0, each[1]), st.just(each[1]))
    ),
    min_size=1,
    max_size=300,
)


@given(MILESTONES)
def test_all_hours_are_done_only_when_all_items_are(milestones: list[tuple[int, int, int]]) -> None:
    progress = RoadmapProgress(
        done=sum(done for _hours, done, _total in milestones),
        total=sum(total for _hours, _done, total in milestones),
        worked=sum(hours * done / total for hours, done, total in milestones),
        hours=sum(hours for hours, _done, _total in milestones),
    )
    assert (progress.percent == 100) is (progress.hours_done == progress.hours) is progress.finished
    assert 0 <= progress.hours_done <= progress.hours


def test_nothing_that_counts_is_nothing_done() -> None:
    assert (RoadmapProgress(0, 0).percent, RoadmapProgress(0, 0).hours_done, RoadmapProgress(0, 0).finished) == (
        0,
        0,
        False,
    )
