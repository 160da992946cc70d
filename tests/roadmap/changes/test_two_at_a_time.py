"""Two windows change one thing: no text is written over unseen, and no tick is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import Roadmap
from roadmap.views import items as item_views
from tests.factories import item_of, milestone_of
from tests.reading import HTMX, page_of
from tests.roadmap.every_change import kinds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "stored", "column"),
    [
        ("item-edit", "Item 1.1", "text_en"),
        ("milestone-edit", "Milestone 1", "title_en"),
        ("milestone-notes", "", "notes"),
        ("roadmap-edit", "Towards applied research", "title"),
    ],
)
def test_a_text_that_was_changed_meanwhile_answers_with_both(
    roadmap: Roadmap, ana_client: Client, send: Callable[..., Any], name: str, stored: str, column: str
) -> None:
    row = {"item-edit": item_of(roadmap), "roadmap-edit": roadmap}.get(name) or milestone_of(roadmap)
    address = reverse(name, args=[row.pk])
    ana_client.post(address, {"text": "Theirs <b>", "seen": stored})
    response = send(name, row.pk, text="Mine <i>", seen=stored)
    text = page_of(response)
    assert response.status_code == 409
    for kept in ("Theirs &lt;b&gt;", "Mine &lt;i&gt;"):
        assert kept in text
    if "HX-Retarget" in response.headers:
        assert response["HX-Retarget"] == "body"
    row.refresh_from_db()
    assert getattr(row, column) == "Theirs <b>"
    assert roadmap.events.count() == 1
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', text)
    assert seen
    assert f'action="{address}"' in text
    again = send(name, row.pk, text="Mine <i>", seen=unescape(seen[1]))
    assert again.status_code in {200, 302}
    row.refresh_from_db()
    assert getattr(row, column) == "Mine <i>"


def test_notes_with_lines_are_not_stale_because_of_how_a_browser_sends_them(
    roadmap: Roadmap, ana_client: Client
) -> None:
    address = reverse("milestone-notes", args=[milestone_of(roadmap).pk])
    ana_client.post(address, {"text": "one\r\n\r\n  two  \r\n", "seen": ""})
    stored = milestone_of(roadmap).notes
    assert "\r" not in stored
    page = page_of(ana_client.get(address))
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    assert seen
    response = ana_client.post(address, {"text": "three", "seen": unescape(seen[1]).replace("\n", "\r\n")})
    assert response.status_code == 302
    assert milestone_of(roadmap).notes == "three"


@pytest.mark.parametrize("name", ["item-edit", "item-tick"])
def test_a_tick_beside_a_rename_loses_neither(
    roadmap: Roadmap, ana: User, ana_client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One request has read the row when the other comes, is answered, and has written."""
    sent = {"item-edit": {"text": "Another text", "seen": "Item 1.1"}, "item-tick": {"done": "on"}}
    (beside,) = sent.keys() - {name}
    answers: list[Any] = []
    reader = {"item-edit": "_item", "item-tick": "_find"}[name]
    found = getattr(item_views, reader)

    def read(*arguments: Any) -> Any:
        item_found = found(*arguments)
        if not answers:
            answers.append(None)  # Its own reading is not the one that waits.
            client = Client()
            client.force_login(ana)
            answers[0] = client.post(reverse(beside, args=[item.pk]), sent[beside])
        return item_found

    item = item_of(roadmap)
    monkeypatch.setattr(item_views, reader, read)
    answers.append(ana_client.post(reverse(name, args=[item.pk]), sent[name]))
    assert [answer.status_code for answer in answers] == [302, 302]
    item.refresh_from_db()
    assert (item.text_ko, item.text_en, item.done_at is not None) == ("Another text", "Another text", True)
    assert sorted(kinds(roadmap)) == ["item-done", "item-renamed"]


def test_a_tick_between_reading_a_form_and_sending_it_is_kept(
    roadmap: Roadmap, ana_client: Client, send: Callable[..., Any]
) -> None:
    item = item_of(roadmap)
    form = page_of(ana_client.get(reverse("item-edit", args=[item.pk]), headers=HTMX))
    send("item-tick", item.pk, done="on")
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', form)
    assert seen
    assert send("item-edit", item.pk, text="Another text", seen=seen[1]).status_code in {200, 302}
    item.refresh_from_db()
    assert (item.text, item.done_at is not None) == ("Another text", True)
