"""What counts as progress, and how pages say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.pages.progress import roadmap_progress, standing
from roadmap.pages.route import route_of
from tests.factories import item_of, make_roadmap, milestone_of
from tests.moments import LONG_AGO
from tests.reading import HTMX, page_of, text_of

pytestmark = pytest.mark.django_db


def test_progress_is_a_hundred_percent_only_when_all_is_done(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, milestones=5, items=40)
    items = list(ChecklistItem.objects.filter(roadmap=roadmap))
    ChecklistItem.objects.filter(pk__in=[item.pk for item in items[1:]]).update(done_at=LONG_AGO)
    assert roadmap_progress(roadmap).percent == 99
    assert "99 %" in page_of(ana_client.get(roadmap.get_absolute_url()))
    ana_client.post(reverse("item-tick", args=[items[0].pk]), {"done": "on"})
    progress = roadmap_progress(roadmap)
    assert (progress.percent, progress.done, progress.total, progress.finished) == (100, 200, 200, True)


def test_a_finished_roadmap_says_so(roadmap: Roadmap, ana_client: Client) -> None:
    ChecklistItem.objects.filter(roadmap=roadmap).exclude(pk=item_of(roadmap).pk).update(done_at=LONG_AGO)
    assert "Everything is done." not in text_of(ana_client.get(roadmap.get_absolute_url()))
    response = ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}, headers=HTMX)
    assert "Everything is done." in text_of(response)
    text = text_of(ana_client.get(roadmap.get_absolute_url()))
    assert "Everything is done." in text
    assert "Nothing is waiting" in text


def test_a_roadmap_of_nothing_is_not_finished(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, items=0)
    response = ana_client.get(roadmap.get_absolute_url())
    assert "Everything is done." not in text_of(response)
    assert "Nothing to tick yet." in text_of(response)
    assert roadmap_progress(roadmap).percent == 0


def test_hours_count_by_the_share_of_ticked_items(ana: User) -> None:
    roadmap = make_roadmap(ana, milestones=3, items=4)
    Milestone.objects.filter(roadmap=roadmap, position=1).update(hours=40)
    ChecklistItem.objects.filter(roadmap=roadmap, text_en__in=["Item 1.1", "Item 2.1", "Item 2.2"]).update(
        done_at=LONG_AGO
    )
    progress = roadmap_progress(roadmap)
    assert (progress.hours_done, progress.hours) == (22, 60)
    route = route_of(roadmap, today=roadmap.starts_on)
    assert (route.progress.hours_done, route.progress.hours) == (22, 60)


def test_a_removed_milestone_does_not_count(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item_of(roadmap, "2.1").tick(at=LONG_AGO)
    response = send("milestone-remove", milestone_of(roadmap, 2).pk)
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total, progress.skipped, progress.hours) == (0, 3, 0, 10)
    assert response.status_code in {200, 302}


def test_a_removed_item_does_not_count(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item_of(roadmap).tick(at=LONG_AGO)
    send("item-remove", item_of(roadmap).pk)
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total) == (0, 5)


def test_what_is_skipped_is_said_apart(roadmap: Roadmap, send: Callable[..., Any], ana_client: Client) -> None:
    item_of(roadmap, "1.1").tick(at=LONG_AGO)
    item_of(roadmap, "2.1").tick(at=LONG_AGO)
    send("milestone-skip", milestone_of(roadmap, 2).pk, skipped="on")
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total, progress.skipped, progress.percent) == (1, 3, 3, 33)
    text = text_of(ana_client.get(roadmap.get_absolute_url()))
    assert "1 of 3 items" in text
    assert "3 skipped" in text
    send("milestone-skip", milestone_of(roadmap, 2).pk, skipped="off")
    assert (roadmap_progress(roadmap).done, roadmap_progress(roadmap).total) == (2, 6)


def test_skipping_everything_is_not_finishing(roadmap: Roadmap, ana_client: Client) -> None:
    for number in (1, 2):
        ana_client.post(reverse("milestone-skip", args=[milestone_of(roadmap, number).pk]), {"skipped": "on"})
    progress = roadmap_progress(roadmap)
    assert (progress.percent, progress.finished) == (0, False)
    assert "Everything is done." not in text_of(ana_client.get(roadmap.get_absolute_url()))


@pytest.mark.parametrize("numbers", [(), ("1.1",), ("1.1", "1.2", "1.3"), ("1.1", "2.1")])
@pytest.mark.parametrize("skipped", [(), (1,), (1, 2)])
def test_every_way_to_count_agrees(
    ana: User, ana_client: Client, numbers: tuple[str, ...], skipped: tuple[int, ...]
) -> None:
    """The page, the tick's answer and the list count in three ways: one by the route, two in the database."""
    roadmap = make_roadmap(ana, phases=2)
    for text in numbers:
        item_of(roadmap, text).tick(at=LONG_AGO)
    for number in skipped:
        milestone_of(roadmap, number).skip(at=LONG_AGO)
    item_of(roadmap, "2.3").remove(at=LONG_AGO)
    route = route_of(roadmap, today=roadmap.starts_on)
    whole = roadmap_progress(roadmap)
    assert route.progress == whole
    assert standing(milestone_of(roadmap)).whole == whole
    assert f"{whole.done} of {whole.total} items" in text_of(ana_client.get(reverse("roadmaps")))
    for number, stretch in enumerate(route.stretches, 1):
        assert standing(milestone_of(roadmap, number)).phase == stretch.progress
