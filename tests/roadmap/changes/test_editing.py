"""Items and milestones are added, renamed and removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.pages.route import route_of
from tests.factories import item_of, make_link, milestone_of, token_of
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.every_change import kinds

pytestmark = pytest.mark.django_db


def test_an_item_of_ones_own_stands_at_the_end(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-add", milestone_of(roadmap).pk, text="  Write to the author  ")
    assert response.status_code in {200, 302}
    texts = [item.text for item in milestone_of(roadmap).items.on_checklist()]
    assert texts == ["Item 1.1", "Item 1.2", "Item 1.3", "Write to the author"]
    added = milestone_of(roadmap).items.get(text_en="Write to the author")
    assert (added.text_ko, added.owner, added.template) == ("Write to the author", roadmap.owner, "")


def test_an_empty_item_is_refused_at_its_field(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-add", milestone_of(roadmap).pk, text="   ")
    assert response.status_code == 422
    assert "This field is required." in text_of(response)
    assert milestone_of(roadmap).items.count() == 3


def test_an_item_of_a_template_is_renamed_in_both_languages(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    send("item-edit", item_of(roadmap).pk, text="Another text", seen="Item 1.1")
    item = ChecklistItem.objects.get(roadmap=roadmap, text_en="Another text")
    assert item.text_ko == "Another text"
    assert kinds(roadmap) == ["item-renamed"]


def test_the_form_of_an_item_comes_alone_for_htmx(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-edit", args=[item_of(roadmap).pk])
    alone, page = page_of(ana_client.get(address, headers=HTMX)), page_of(ana_client.get(address))
    assert "<html" not in alone
    assert alone.strip().startswith("<li")
    for text in (alone, page):
        assert 'value="Item 1.1"' in text
        assert 'name="seen"' in text
    assert page.count("<h1>") == 1


def test_saving_a_text_unchanged_writes_nothing(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    send("item-edit", item_of(roadmap).pk, text="Item 1.1", seen="Item 1.1")
    send("milestone-edit", milestone_of(roadmap).pk, text="Milestone 1", seen="Milestone 1")
    send("roadmap-edit", roadmap.pk, text=roadmap.title, seen=roadmap.title)
    send("milestone-notes", milestone_of(roadmap).pk, text="", seen="")
    assert kinds(roadmap) == []
    roadmap.refresh_from_db()
    assert roadmap.version == 1
    assert item_of(roadmap).text_ko == "할 일 1.1"


def test_a_milestone_of_ones_own_stands_where_its_days_are(roadmap: Roadmap, ana_client: Client) -> None:
    phase = roadmap.phases.get(position=0)
    day = roadmap.starts_on + timedelta(days=3)
    values = {"title": "My own", "phase": phase.pk, "items": "One\r\n\r\n  Two \n", "hours": 7}
    response = ana_client.post(
        reverse("milestone-add", args=[roadmap.pk]), {**values, "starts_on": day, "ends_on": day}
    )
    made = Milestone.objects.get(roadmap=roadmap, title_en="My own")
    assert response["Location"] == f"{made.get_absolute_url()}#panel"
    assert [item.text for item in made.items.all()] == ["One", "Two"]
    assert made.own
    assert [stop.title for stop in route_of(roadmap, today=day).stretches[0].stops] == ["Milestone 1", "My own"]
    page = ana_client.get(made.get_absolute_url())
    assert "Your own milestone" in text_of(page)


def test_a_milestone_that_ends_before_it_starts_is_refused_at_the_field(roadmap: Roadmap, ana_client: Client) -> None:
    values = {"title": "Kept title", "phase": roadmap.phases.all()[0].pk, "items": "Kept item", "hours": 7}
    days = {"starts_on": "2026-12-01", "ends_on": "2026-11-30"}
    response = ana_client.post(reverse("milestone-add", args=[roadmap.pk]), {**values, **days})
    text = page_of(response)
    assert response.status_code == 422
    assert "The end must not be before the start." in text
    for kept in ('value="Kept title"', "Kept item", 'value="2026-12-01"', 'value="2026-11-30"'):
        assert kept in text
    assert roadmap.milestones.count() == 2


def test_a_removed_milestone_is_gone_from_every_page(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    milestone = milestone_of(roadmap)
    for _ in range(2):
        assert send("milestone-remove", milestone.pk).status_code in {200, 302}
    assert kinds(roadmap) == ["milestone-removed"]
    client = Client()
    client.force_login(roadmap.owner)
    assert "Milestone 1" not in page_of(client.get(roadmap.get_absolute_url()))
    assert client.get(milestone.get_absolute_url()).status_code == 404
    assert "Milestone 1" not in page_of(client.get(reverse("shared", args=[token_of(make_link(roadmap))])))


def test_a_roadmap_without_milestones_says_how_to_go_on(
    roadmap: Roadmap, send: Callable[..., Any], ana_client: Client
) -> None:
    add = reverse("milestone-add", args=[roadmap.pk])
    assert page_of(ana_client.get(roadmap.get_absolute_url())).count(add) == 1
    for milestone in roadmap.milestones.all():
        send("milestone-remove", milestone.pk)
    text = page_of(ana_client.get(roadmap.get_absolute_url()))
    assert "This roadmap is empty" in text
    assert text.count(add) == 2
    assert "Open a milestone" not in text
    assert "Everything is done" not in text
