"""Ticks and skips: what is wanted twice is done once, and answered with what it moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import Roadmap
from roadmap.pages.progress import standing
from tests.factories import item_of, milestone_of
from tests.moments import LONG_AGO
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.every_change import kinds, rows_of

pytestmark = pytest.mark.django_db

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def test_a_tick_moves_the_milestone_its_phase_and_the_whole(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-tick", item_of(roadmap).pk, done="on")
    moved = standing(milestone_of(roadmap))
    assert [(p.done, p.total) for p in (moved.milestone, moved.phase, moved.whole)] == [(1, 3), (1, 3), (1, 6)]
    assert (moved.whole.hours_done, moved.whole.hours) == (3, 20)
    other = standing(milestone_of(roadmap, 2))
    assert [(p.done, p.total) for p in (other.milestone, other.phase, other.whole)] == [(0, 3), (0, 3), (1, 6)]
    if response.status_code == 302:
        assert response["Location"] == f"{milestone_of(roadmap).get_absolute_url()}#panel"


def test_a_tick_answers_htmx_with_the_row_and_the_parts_that_it_moves(roadmap: Roadmap, ana_client: Client) -> None:
    item, milestone = item_of(roadmap), milestone_of(roadmap)
    response = ana_client.post(reverse("item-tick", args=[item.pk]), {"done": "on"}, headers=HTMX)
    text = page_of(response)
    assert response.status_code == 200
    assert "<html" not in text
    assert re.search(rf'<li id="item-{item.pk}"[^>]*>', text)
    assert f'id="item-{item_of(roadmap, "1.2").pk}"' not in text
    swapped = re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob=', text)
    assert sorted(swapped) == sorted(
        ["progress", f"stop-{milestone.pk}", f"stretch-{milestone.phase_id}", "panel-count", "undo", "announcer"]
    )
    assert "Done. The roadmap is at 16 percent." in text_of(response)
    assert 'name="done" value="off"' in text
    assert len(response.content) < 6000


@pytest.mark.parametrize("where", ["form", "header"])
def test_the_forms_of_the_answer_can_be_sent(roadmap: Roadmap, ana: User, where: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    token = TOKENS.findall(page_of(client.get(roadmap.get_absolute_url())))[-1]
    for done in ("on", "off"):
        form = {"done": done} | ({"csrfmiddlewaretoken": token} if where == "form" else {})
        headers = HTMX | ({"X-CSRFToken": token} if where == "header" else {})
        answer = client.post(reverse("item-tick", args=[item_of(roadmap).pk]), form, headers=headers)
        assert answer.status_code == 200
        token = TOKENS.findall(page_of(answer))[-1]


def test_a_token_that_is_none_is_not_said_again(roadmap: Roadmap, ana_client: Client) -> None:
    form = {"done": "on", "csrfmiddlewaretoken": '"><b>mine</b>'}  # The test's client does not check it.
    assert "mine" not in page_of(ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), form, headers=HTMX))


def test_a_plain_tick_is_seen_on_the_page_it_leads_to(roadmap: Roadmap, ana_client: Client) -> None:
    response = ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}, follow=True)
    text = page_of(response)
    assert response.redirect_chain == [(f"{milestone_of(roadmap).get_absolute_url()}#panel", 302)]
    assert "1 of 6 items" in text
    assert text.count('aria-checked="true"') == 1
    assert f'id="tick-{item_of(roadmap).pk}" class="tick" role="checkbox" aria-checked="true"' in text


def test_ticking_twice_keeps_the_first_time_and_one_event(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    send("item-tick", item.pk, done="on")
    first = item_of(roadmap).done_at
    response = send("item-tick", item.pk, done="on")
    assert response.status_code in {200, 302}
    assert item_of(roadmap).done_at == first is not None
    assert kinds(roadmap) == ["item-done"]


def test_taking_a_tick_back_twice_is_doing_it_once(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    for done in ("on", "off", "off"):
        send("item-tick", item.pk, done=done)
    assert item_of(roadmap).done_at is None
    assert kinds(roadmap) == ["item-done", "item-undone"]


def test_a_tick_is_told_apart_from_nothing_by_what_is_wanted(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    item.tick(at=LONG_AGO)
    for data in ({}, {"done": ""}, {"done": "true"}, {"done": "on\x00"}):
        assert send("item-tick", item.pk, **data).status_code == 400
    assert item_of(roadmap).done_at == LONG_AGO
    assert kinds(roadmap) == []


def test_a_tick_writes_nothing_but_its_time_an_event_and_the_version(
    roadmap: Roadmap, send: Callable[..., Any]
) -> None:
    before = rows_of(roadmap)
    send("item-tick", item_of(roadmap).pk, done="on")
    after = rows_of(roadmap)
    assert after[:3] == before[:3]
    changed = [(old, new) for old, new in zip(before[3], after[3], strict=True) if old != new]
    assert [{key for key in old if old[key] != new[key]} for old, new in changed] == [{"done_at"}]
    roadmap.refresh_from_db()
    assert roadmap.version == 2


@pytest.mark.parametrize("gone", ["item", "milestone"])
def test_what_was_removed_cannot_be_ticked(roadmap: Roadmap, send: Callable[..., Any], gone: str) -> None:
    item = item_of(roadmap)
    (item if gone == "item" else item.milestone).remove(at=LONG_AGO)
    assert send("item-tick", item.pk, done="on").status_code == 404
    assert item_of(roadmap).done_at is None


def test_skipping_twice_keeps_the_first_time_and_one_event(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    milestone = milestone_of(roadmap)
    send("milestone-skip", milestone.pk, skipped="on")
    first = milestone_of(roadmap).skipped_at
    send("milestone-skip", milestone.pk, skipped="on")
    assert milestone_of(roadmap).skipped_at == first is not None
    assert kinds(roadmap) == ["milestone-skipped"]
    for data in ({}, {"skipped": "no"}):
        assert send("milestone-skip", milestone.pk, **data).status_code == 400
    assert milestone_of(roadmap).skipped_at == first


def test_a_change_answers_htmx_with_the_whole_roadmap_and_its_address(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap, 2)
    response = ana_client.post(reverse("milestone-skip", args=[milestone.pk]), {"skipped": "on"}, headers=HTMX)
    text = page_of(response)
    assert response["HX-Retarget"] == "#roadmap"
    assert response["HX-Replace-Url"] == milestone.get_absolute_url()
    assert text.count('id="roadmap"') == 1
    assert "<html" not in text
    assert 'data-announce="Milestone skipped."' in text
    assert f'id="skip-{milestone.pk}"' in text
