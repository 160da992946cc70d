"""Undo takes back each kind of change, and nothing that came later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from roadmap.models import ChecklistItem, Event, Milestone, Roadmap
from roadmap.models.event import Kind
from roadmap.pages.route import route_of
from tests.factories import item_of
from tests.reading import page_of, text_of
from tests.roadmap.every_change import ADDS, CHANGES, kinds, rows_of

pytestmark = pytest.mark.django_db


def undo_last(send: Callable[..., Any], roadmap: Roadmap) -> Any:
    return send("roadmap-undo", roadmap.pk, event=roadmap.events.last().pk)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", CHANGES)
def test_undo_restores_what_was_before(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    before = rows_of(walked)
    CHANGES[kind](ana_client, walked)
    assert kinds(walked) == [kind]
    assert rows_of(walked) != before
    changed = walked.events.get()
    for _ in range(2):  # Twice is harmless.
        response = send("roadmap-undo", walked.pk, event=changed.pk)
        assert response.status_code in {200, 302}
        assert rows_of(walked) == before
    assert walked.events.count() == 2


@pytest.mark.parametrize("kind", CHANGES)
def test_undoing_an_undo_is_doing_it_again(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    CHANGES[kind](ana_client, walked)
    before = without_moments(rows_of(walked))
    undo_last(send, walked)
    undo_last(send, walked)
    assert without_moments(rows_of(walked)) == before
    undo_last(send, walked)
    assert walked.events.count() == 4


def without_moments(rows: list[Any]) -> list[Any]:
    """Rows of which each moment is only there or not: what is done again is done now."""
    return [
        [{name: bool(value) if name.endswith("_at") else value for name, value in row.items()} for row in part]
        for part in rows
    ]


@pytest.mark.parametrize("kind", ADDS)
def test_undo_takes_away_what_was_added(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    before = seen_by(walked)
    ADDS[kind](ana_client, walked)
    assert kinds(walked) == [kind]
    assert seen_by(walked) != before
    added = walked.events.get()
    for _ in range(2):
        assert send("roadmap-undo", walked.pk, event=added.pk).status_code in {200, 302}
        assert seen_by(walked) == before


def seen_by(roadmap: Roadmap) -> tuple[Any, ...]:
    """What is on a roadmap for its owner."""
    items = ChecklistItem.objects.owned_by(roadmap.owner).filter(roadmap=roadmap)
    return (
        list(Milestone.objects.on(roadmap).values_list("title_en", flat=True)),
        list(items.order_by("pk").values_list("text_en", flat=True)),
        route_of(roadmap, today=roadmap.starts_on).progress,
    )


def test_every_kind_of_change_can_be_undone() -> None:
    tried = {*CHANGES, *ADDS}
    taken_back = {"item-restored", "milestone-restored", "roadmap-unarchived"}
    assert tried | taken_back == set(Kind)


@pytest.mark.parametrize("kind", ["item-renamed", "milestone-renamed", "notes-changed", "roadmap-renamed"])
def test_undo_does_not_write_over_a_later_text(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    CHANGES[kind](ana_client, walked)
    event = walked.events.get()
    name, row, seen = {
        "item-renamed": ("item-edit", event.item, "Another text"),
        "milestone-renamed": ("milestone-edit", event.milestone, "Another title"),
        "notes-changed": ("milestone-notes", event.milestone, "Other notes"),
        "roadmap-renamed": ("roadmap-edit", walked, "Another name"),
    }[kind]
    assert row is not None
    ana_client.post(reverse(name, args=[row.pk]), {"text": "The latest", "seen": seen})
    latest = rows_of(walked)
    response = send("roadmap-undo", walked.pk, event=event.pk)
    assert rows_of(walked) == latest
    if response.status_code == 302:
        response = ana_client.get(response["Location"])
        assert "It was changed again meanwhile, so it cannot be undone." in text_of(response)
    assert response.status_code == 200


def test_undo_keeps_a_tick_that_was_made_meanwhile(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any]
) -> None:
    CHANGES["item-renamed"](ana_client, walked)
    renamed = walked.events.get()
    item = ChecklistItem.objects.get(text_en="Another text")
    ana_client.post(reverse("item-tick", args=[item.pk]), {"done": "on"})
    send("roadmap-undo", walked.pk, event=renamed.pk)
    assert item_of(walked).done_at is not None


def test_an_undo_is_offered_for_a_while(roadmap: Roadmap, ana_client: Client) -> None:
    assert 'id="undo-button"' not in page_of(ana_client.get(roadmap.get_absolute_url()))
    ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"})
    event = roadmap.events.get()
    assert f'name="event" value="{event.pk}"' in page_of(ana_client.get(roadmap.get_absolute_url()))
    Event.objects.update(at=timezone.now() - timedelta(minutes=16))
    roadmap.touch()
    assert 'id="undo-button"' not in page_of(ana_client.get(roadmap.get_absolute_url()))


@pytest.mark.parametrize("event", ["", "0", "-1", "abc", "9" * 5000, "٣", "1e3"])
def test_an_undo_of_nothing_is_404(roadmap: Roadmap, send: Callable[..., Any], event: str) -> None:
    assert send("roadmap-undo", roadmap.pk, event=event).status_code == 404
