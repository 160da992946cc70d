"""The example, and how it becomes one's own."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from content.catalogue import current_catalogue
from roadmap.models import Roadmap
from tests.reading import HTMX, page_of
from tests.roadmap.views.wishes import sign_up

pytestmark = pytest.mark.django_db


def test_the_example_shows_a_roadmap_that_is_under_way(visitor: Client) -> None:
    response = visitor.get(reverse("example"))
    text = page_of(response)
    assert str(current_catalogue().pack.example.name) in unescape(text)
    assert re.search(r"<strong>[1-9]\d?<span", text)
    assert 'class="item item-done"' in text
    assert "Make it mine" in text
    assert not Roadmap.objects.exists()


def test_a_milestone_of_the_example_comes_alone_for_htmx(visitor: Client) -> None:
    page = page_of(visitor.get(reverse("example")))
    addresses = set(re.findall(r'hx-get="(/example/\?milestone=[\w-]+)"', page))
    assert len(addresses) > 10
    for address in list(addresses)[:5]:
        alone = visitor.get(address, headers=HTMX)
        assert page_of(alone).strip().startswith('<section id="panel"')
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("key", ["", "gone", "../../etc", "<script>", "9" * 5000])
def test_an_unknown_milestone_of_the_example_shows_the_one_that_is_now(visitor: Client, key: str) -> None:
    response = visitor.get(reverse("example"), {"milestone": key})
    assert response.status_code == 200
    assert "<script>" not in page_of(response)


def test_the_example_becomes_a_visitors_own_after_signing_up(visitor: Client) -> None:
    response = visitor.post(reverse("example"))
    response = sign_up(visitor, response["Location"])
    roadmap = Roadmap.objects.get()
    assert response.redirect_chain[-1][0] == roadmap.get_absolute_url()
    assert roadmap.starts_on in {timezone.localdate(), timezone.localdate() - timedelta(days=1)}
    assert roadmap.role_mix == current_catalogue().pack.example.role_mix
    assert not roadmap.items.exclude(done_at=None).exists()


def test_the_example_becomes_a_persons_own_at_once(ana_client: Client, ana: User) -> None:
    response = ana_client.post(reverse("example"))
    roadmap = Roadmap.objects.get()
    assert (roadmap.owner, response["Location"]) == (ana, roadmap.get_absolute_url())


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_front_page_shows_the_example(visitor: Client, language: str) -> None:
    response = visitor.get(reverse("front"), headers={"Accept-Language": language})
    text = page_of(response)
    assert f'<html lang="{language}"' in text
    assert "/example/?milestone=" in text
    assert text.count("<h1>") == 1
