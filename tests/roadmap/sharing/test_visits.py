"""Visits: what counts as one, and what is new since the one before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from roadmap import changes
from roadmap.models import ChecklistItem, Event, Milestone, Roadmap, ShareLink
from roadmap.sharing.visits import record_visit
from tests.factories import item_of
from tests.reading import page_of, text_of
from tests.roadmap.sharing.links import address_of, later, roadmap_of, visits

pytestmark = pytest.mark.django_db


def test_openings_close_together_are_one_visit(link: ShareLink, mentor: Client) -> None:
    for _ in range(3):
        mentor.get(address_of(link))
    assert visits(link) == 1
    later(link, minutes=29)
    mentor.get(address_of(link))
    assert visits(link) == 1
    later(link, minutes=31)
    mentor.get(address_of(link))
    assert visits(link) == 2


def test_of_two_openings_at_the_same_moment_one_counts(link: ShareLink) -> None:
    before, now = timezone.now() - timedelta(days=2), timezone.now()
    record_visit(link, at=before)
    first, second = ShareLink.objects.get(), ShareLink.objects.get()
    assert [record_visit(each, at=now) for each in (first, second)] == [before, before]
    link.refresh_from_db()
    assert (link.visits, link.since_at, link.opened_at) == (2, before, now)


def test_neither_head_nor_the_preview_nor_a_closed_link_counts(
    link: ShareLink, mentor: Client, ana_client: Client
) -> None:
    assert mentor.head(address_of(link)).status_code == 200
    ana_client.get(reverse("link-preview", args=[link.pk]))
    ana_client.get(reverse("roadmap-share", args=[link.roadmap_id]))
    link.revoke(at=timezone.now())
    mentor.get(address_of(link))
    assert visits(link) == 0
    assert link.opened_at is None


def test_reading_changes_nothing_but_the_count(link: ShareLink, mentor: Client) -> None:
    def stored() -> str:
        models = (Roadmap, Milestone, ChecklistItem, Event, User)
        return str([serializers.serialize("json", model._default_manager.all()) for model in models])

    before, was = stored(), vars(ShareLink.objects.get())
    for _ in range(2):
        mentor.get(address_of(link))
        later(link, hours=1)
    assert stored() == before
    now = vars(ShareLink.objects.get())
    assert {name for name in now if now[name] != was[name] and name != "_state"} <= {
        "visits", "opened_at", "since_at", "created_at", "expires_at"
    }  # fmt: skip
    assert now["visits"] == 2


def test_the_owner_sees_when_a_link_was_last_opened(link: ShareLink, mentor: Client, ana_client: Client) -> None:
    share = reverse("roadmap-share", args=[link.roadmap_id])
    assert "not opened yet" in text_of(ana_client.get(share))
    mentor.get(address_of(link))
    assert "opened 1 time, last" in text_of(ana_client.get(share))


def test_a_mentor_sees_what_was_finished_since_the_last_visit(link: ShareLink, mentor: Client) -> None:
    roadmap, now = roadmap_of(link), timezone.now()
    changes.set_done(item_of(roadmap, "1.1"), done=True, at=now - timedelta(days=3))
    assert "This is your first visit." in text_of(mentor.get(address_of(link)))
    later(link, days=2)
    assert "Nothing new since then." in since_of(mentor.get(address_of(link)))
    later(link, days=2)
    changes.set_done(item_of(roadmap, "1.2"), done=True, at=now - timedelta(hours=1))
    changes.set_done(item_of(roadmap, "1.3"), done=True, at=now)
    for _ in range(2):  # Reloading does not lose it.
        since = since_of(mentor.get(address_of(link)))
        assert re.findall(r"Item \d\.\d", since) == ["Item 1.2", "Item 1.3"]
    assert "Item 1.1" not in since
    changes.set_done(item_of(roadmap, "1.3"), done=False, at=timezone.now())
    assert re.findall(r"Item \d\.\d", since_of(mentor.get(address_of(link)))) == ["Item 1.2"]
    later(link, days=1)
    mentor.get(address_of(link))
    assert visits(link) == 4


def since_of(response: Any) -> str:
    found = re.search(r'<section class="stack since">(.*?)</section>', page_of(response), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


def test_a_tick_that_was_taken_back_by_mistake_is_no_news(link: ShareLink, mentor: Client) -> None:
    """Undo gives back the first time, so that a mentor is not told twice."""
    item = item_of(roadmap_of(link))
    changes.set_done(item, done=True, at=timezone.now() - timedelta(days=9))
    mentor.get(address_of(link))
    later(link, days=2)
    event = changes.set_done(item_of(roadmap_of(link)), done=False, at=timezone.now())
    assert event
    changes.undo(event, at=timezone.now())
    assert "Nothing new since then." in since_of(mentor.get(address_of(link)))
