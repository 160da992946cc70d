"""Items and hours tell one story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from roadmap.models import ChecklistItem, Milestone
from roadmap.pages.progress import Progress, RoadmapProgress, roadmap_progress, roadmaps_progress
from roadmap.pages.route import route_of
from roadmap.pages.ticking import find_item
from tests.factories import make_roadmap
from tests.moments import NOON

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


STATES = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.sampled_from(["open", "open", "skipped", "removed"]),
        st.lists(st.sampled_from(["open", "done", "removed", "removed when done"]), min_size=2, max_size=2),
    ),
    min_size=4,
    max_size=4,
)


def rounded(progress: RoadmapProgress) -> RoadmapProgress:
    """Databases add up in an order and with numbers of their own."""
    return replace(progress, worked=round(progress.worked, 6))


@pytest.mark.django_db
@settings(max_examples=40)
@given(STATES)
def test_the_page_a_tick_and_the_list_count_the_same(states: list[tuple[int, str, list[str]]]) -> None:
    with transaction.atomic():
        owner = User.objects.create_user("somebody@example.org")
        roadmap = make_roadmap(owner, milestones=4, items=2, phases=2)
        milestones = list(Milestone.objects.filter(roadmap=roadmap).order_by("pk"))
        for milestone, (hours, state, of_items) in zip(milestones, states, strict=True):
            milestone.row().update(
                hours=hours,
                skipped_at=NOON if state == "skipped" else None,
                removed_at=NOON if state == "removed" else None,
            )
            for item, of_item in zip(milestone.items.order_by("pk"), of_items, strict=True):
                item.row().update(
                    done_at=NOON if of_item.endswith("done") else None,
                    removed_at=NOON if of_item.startswith("removed") else None,
                )
        route = route_of(roadmap, today=NOON.date())
        whole = route.progress
        assert rounded(roadmap_progress(roadmap)) == rounded(whole)
        assert roadmaps_progress(owner) == {roadmap.pk: Progress(whole.done, whole.total, whole.skipped)}
        stretches = {stop.key: stretch.progress for stretch in route.stretches for stop in stretch.stops}
        for item in ChecklistItem.objects.filter(roadmap=roadmap, removed_at=None, milestone__removed_at=None):
            found = find_item(item.pk, owner_id=owner.pk)
            assert found is not None
            assert rounded(found.standing.whole) == rounded(whole)
            assert found.standing.phase == stretches[str(item.milestone_id)]
        transaction.set_rollback(True)
