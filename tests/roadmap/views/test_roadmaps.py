"""A roadmap as a whole: opened, listed, archived and deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from roadmap import changes
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap, ShareLink
from tests.factories import item_of, make_link, make_roadmap, milestone_of, token_of
from tests.moments import LONG_AGO
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.every_change import rows_of

pytestmark = pytest.mark.django_db


def test_an_archived_roadmap_moves_to_the_end_of_the_list_and_back(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("roadmap-archive", args=[roadmap.pk])
    assert "Archive this roadmap?" in text_of(ana_client.get(address))
    response = ana_client.post(address, {"archived": "on"}, follow=True)
    text = text_of(response)
    assert "Archived." in text
    assert text.index("Archived", text.index("My roadmaps")) < text.index(roadmap.title)
    assert "Take it back from the archive?" in text_of(ana_client.get(address))
    first = Roadmap.objects.get(pk=roadmap.pk).archived_at
    ana_client.post(address, {"archived": "on"})
    assert Roadmap.objects.get(pk=roadmap.pk).archived_at == first is not None
    response = ana_client.post(address, {"archived": "off"})
    assert response["Location"] == roadmap.get_absolute_url()
    assert Roadmap.objects.get(pk=roadmap.pk).archived_at is None


def test_deleting_says_what_is_lost_and_loses_nothing_else(walked: Roadmap, ana: User, ana_client: Client) -> None:
    other, link = make_roadmap(ana), make_link(walked)
    make_link(walked, revoked_at=timezone.now())
    address = reverse("roadmap-delete", args=[walked.pk])
    text = text_of(ana_client.get(address))
    for lost in ("2 milestones", "1 ticked item,", "your notes on 1 milestone", "1 open link,"):
        assert lost in text, lost
    assert Roadmap.objects.count() == 2
    others = rows_of(other)
    response = ana_client.post(address, follow=True)
    assert response.redirect_chain == [(reverse("roadmaps"), 302)]
    assert "The roadmap is deleted." in text_of(response)
    assert rows_of(other) == others
    for model in (Phase, Milestone, ChecklistItem, Event, ShareLink):
        assert not model.objects.filter(roadmap=walked.pk).exists()
    assert Client().get(reverse("shared", args=[token_of(link)])).status_code == 404
    assert ana_client.post(address).status_code == 404


def test_the_list_shows_ones_own_roadmaps_with_their_progress(
    roadmap: Roadmap, ana: User, ana_client: Client, ben: User
) -> None:
    make_roadmap(ana, title="Older", at=LONG_AGO)
    make_roadmap(ben, title="Somebody else's")
    item_of(roadmap).tick(at=LONG_AGO)
    text = text_of(ana_client.get(reverse("roadmaps")))
    assert text.index(roadmap.title) < text.index("Older")
    assert "1 of 6 items" in text
    assert "0 of 6 items" in text
    assert "Somebody else's" not in text


def test_the_empty_list_says_how_to_begin(ana_client: Client) -> None:
    response = ana_client.get(reverse("roadmaps"))
    assert "There is no roadmap yet." in text_of(response)
    assert f'href="{reverse("roadmap-new")}"' in page_of(response)


def test_home_is_the_only_roadmap_or_the_list(ana: User, ana_client: Client) -> None:
    assert ana_client.get(reverse("home"))["Location"] == reverse("roadmaps")
    first = make_roadmap(ana)
    assert ana_client.get(reverse("home"))["Location"] == first.get_absolute_url()
    second = make_roadmap(ana)
    assert ana_client.get(reverse("home"))["Location"] == reverse("roadmaps")
    second.archive(at=LONG_AGO)
    assert ana_client.get(reverse("home"))["Location"] == first.get_absolute_url()


def test_the_language_switch_shows_the_roadmap_in_the_other_language(roadmap: Roadmap, ana_client: Client) -> None:
    address = milestone_of(roadmap).get_absolute_url()
    changes.add_item(milestone_of(roadmap), "My own words", at=timezone.now())
    english = page_of(ana_client.get(address))
    response = ana_client.post(reverse("preferences-display"), {"language": "ko", "next": address}, follow=True)
    korean = page_of(response)
    assert response.redirect_chain == [(address, 302)]
    assert '<html lang="ko"' in korean
    for en, ko in (
        ("Milestone 1", "이정표 1"),
        ("Item 1.1", "할 일 1.1"),
        ("Phase 1", "단계 1"),
        ("Outcome 1", "결과 1"),
    ):
        assert en in english
        assert ko not in english
        assert ko in korean
        assert en not in korean
    assert "My own words" in english
    assert "My own words" in korean


def test_a_milestone_comes_alone_for_htmx(roadmap: Roadmap, ana_client: Client) -> None:
    address = milestone_of(roadmap, 2).get_absolute_url()
    alone, page = page_of(ana_client.get(address, headers=HTMX)), page_of(ana_client.get(address))
    assert "<html" not in alone
    assert alone.strip().startswith('<section id="panel"')
    assert 'id="route"' not in alone
    for text in (alone, page):
        assert "Item 2.1" in text
        assert "Item 1.1" not in text
        assert "data-focus" in text
    assert page.count("<h1>") == 1


def test_the_roadmap_opens_on_what_is_now(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, starts_on=timezone.localdate() - timedelta(days=20))
    item_of(roadmap, "1.1").tick(at=LONG_AGO)
    ChecklistItem.objects.filter(milestone=milestone_of(roadmap)).update(done_at=LONG_AGO)
    text = page_of(ana_client.get(roadmap.get_absolute_url()))
    assert "Item 2.1" in text
    assert "Item 1.1" not in text
