"""The owner's side: links are made, limited, listed and revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from roadmap.models import Roadmap, ShareLink
from tests.factories import make_link, token_of
from tests.reading import page_of, text_of
from tests.roadmap.sharing.links import address_of

pytestmark = pytest.mark.django_db


def test_a_link_is_made_and_shown_with_its_address_and_code(
    roadmap: Roadmap, ana_client: Client, settings: Any
) -> None:
    settings.BASE_URL = "https://waymark.example.org"
    share = reverse("roadmap-share", args=[roadmap.pk])
    sent = {"label": "Professor Kim", "owner_name": "Ana Lee", "days": 7}
    response = ana_client.post(share, sent)
    assert (response.status_code, response["Location"].split("#")[0]) == (302, share)
    link = ShareLink.objects.get()
    assert (link.label, link.owner_name, link.expires_at - link.created_at) == (
        "Professor Kim",
        "Ana Lee",
        timedelta(days=7),
    )
    text = page_of(ana_client.get(share))
    assert f'value="https://waymark.example.org{address_of(link)}"' in text
    assert "<svg" in text[text.index('class="qr"') :]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""),
        ("label", "a" * 81),
        ("owner_name", " "),
        ("owner_name", "a" * 81),
        ("days", "9999"),
        ("days", ""),
        ("days", "-1"),
    ],
)
def test_a_link_without_its_facts_is_refused_at_the_field(
    roadmap: Roadmap, ana_client: Client, field: str, value: str
) -> None:
    sent = {"label": "Kept label", "owner_name": "Kept name", "days": 7, field: value}
    response = ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent)
    text = page_of(response)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text
    for kept in {"Kept label", "Kept name"} & set(sent.values()):
        assert f'value="{kept}"' in text
    assert not ShareLink.objects.exists()


def test_there_are_only_so_many_open_links(roadmap: Roadmap, ana_client: Client) -> None:
    for _ in range(30):
        make_link(roadmap)
    sent = {"label": "One more", "owner_name": "Ana", "days": 7}
    response = ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent)
    assert response.status_code == 422
    assert "errorlist" in page_of(response)
    assert ShareLink.objects.count() == 30
    ShareLink.objects.all()[0].revoke(at=timezone.now())
    assert ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent).status_code == 302


def test_a_closed_link_is_shown_as_closed_and_without_its_address(roadmap: Roadmap, ana_client: Client) -> None:
    revoked = make_link(roadmap, revoked_at=timezone.now())
    expired = make_link(roadmap, expires_at=timezone.now())
    text = page_of(ana_client.get(reverse("roadmap-share", args=[roadmap.pk])))
    for link in (revoked, expired):
        assert token_of(link) not in text
    assert "revoked" in text
    assert "expired" in text
    assert "<svg" not in text[text.index("<main") :]


def test_after_the_servers_key_was_changed_links_open_but_cannot_be_shown_again(
    link: ShareLink, mentor: Client, ana: User, settings: Any
) -> None:
    address = address_of(link)
    settings.SECRET_KEY = "another-key-" * 5
    assert ShareLink.objects.get().token is None
    assert mentor.get(address).status_code == 200
    owner = Client()
    owner.force_login(ana)
    response = owner.get(reverse("roadmap-share", args=[link.roadmap_id]))
    assert response.status_code == 200
    assert "this link still opens where you sent it, but cannot be shown again" in text_of(response)
    assert 'class="address"' not in page_of(response)
    assert owner.get(reverse("link-preview", args=[link.pk])).status_code == 200
    owner.post(reverse("link-revoke", args=[link.pk]))
    assert mentor.get(address).status_code == 404


def test_a_long_ago_link_says_its_year(ana_client: Client, roadmap: Roadmap) -> None:
    make_link(roadmap, at=datetime(2020, 5, 1, tzinfo=UTC))
    assert "expired 31 May 2020" in text_of(ana_client.get(reverse("roadmap-share", args=[roadmap.pk])))
