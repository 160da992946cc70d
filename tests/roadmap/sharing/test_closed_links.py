"""What does not open, or not any more, looks the same whatever the reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.models import User
from roadmap.models import Roadmap, ShareLink
from tests.factories import make_link, make_roadmap, token_of
from tests.reading import text_of
from tests.roadmap.sharing.links import PRIVATE, address_of, later

pytestmark = pytest.mark.django_db


def closed_addresses(roadmap: Roadmap) -> dict[str, str]:
    """Addresses that open nothing, for every reason there is."""
    now = timezone.now()
    other = make_roadmap(roadmap.owner)
    deleted = make_link(other)
    good = token_of(make_link(roadmap))
    owner, _dot, mac = good.partition(".")
    addresses = {
        "expired": address_of(make_link(roadmap, expires_at=now)),
        "revoked": address_of(make_link(roadmap, revoked_at=now)),
        "both": address_of(make_link(roadmap, revoked_at=now, expires_at=now)),
        "deleted": address_of(deleted),
        "unknown": "/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
        "too short": f"/s/{good[:-1]}/",
        "too long": f"/s/{good}A/",
        "other case": f"/s/{good.swapcase()}/",
        "malformed": "/s/a.b%20c!/",
        "percent": "/s/%25%25/",
        "not UTF-8": "/s/%ED%A0%80/",
        "Korean": "/s/%ED%95%9C/",
        "huge": f"/s/{'9' * 5000}/",
        "markup": "/s/%3Cscript%3E/",
        "nobody's": f"/s/.{mac}/",
        "somebody else's": f"/s/{int_to_base36(roadmap.owner_id + 1)}.{mac}/",
        "without an owner": f"/s/{mac}/",
        "without the rest": f"/s/{owner}./",
        "of somebody below nobody": f"/s/-{owner}.{mac}/",
        "of a fraction": f"/s/{owner}.0.{mac}/",
        "of the largest": f"/s/{'z' * 12}.{mac}/",
        "of one larger than any": f"/s/{'z' * 13}.{mac}/",
        "of one that is huge": f"/s/{'9' * 5000}.{mac}/",
        "of zeros in front": f"/s/000{owner}.{mac}/",
        "in capitals": f"/s/A.{mac}/",
        "in Arabic digits": f"/s/%D9%A1.{mac}/",
        "in wide digits": f"/s/%EF%BC%91.{mac}/",
        "in Hangul": f"/s/%EA%B0%80.{mac}/",
        "in one that is not UTF-8": f"/s/%ED%A0%80.{mac}/",
        "with a space": f"/s/%20{owner}.{mac}/",
        "with a line": f"/s/{owner}%0A.{mac}/",
        "with an underscore": f"/s/1_0.{mac}/",
    }
    other.delete()
    return addresses


@pytest.mark.parametrize("language", ["en", "ko"])
def test_whatever_does_not_open_looks_the_same(roadmap: Roadmap, mentor: Client, language: str) -> None:
    seen = {}
    for why, address in closed_addresses(roadmap).items():
        response = mentor.get(address, headers={"Accept-Language": language})
        assert response.status_code == 404, why
        seen[why] = (response.content, sorted(response.headers.items()))
    assert len({str(answer) for answer in seen.values()}) == 1, seen
    headers = dict(seen["unknown"][1])
    assert {name: headers[name] for name in PRIVATE} == PRIVATE
    assert f'<html lang="{language}"' in seen["unknown"][0].decode()


def test_a_link_that_does_not_open_says_whom_to_ask(roadmap: Roadmap, mentor: Client) -> None:
    text = text_of(mentor.get(closed_addresses(roadmap)["expired"]))
    assert "please ask them for a new one" in text
    assert "Ana" not in text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_link_is_read_and_nothing_else(link: ShareLink, mentor: Client, method: str) -> None:
    assert getattr(mentor, method)(address_of(link)).status_code == 405


def test_a_link_closes_at_its_moment(roadmap: Roadmap, mentor: Client) -> None:
    link = make_link(roadmap, days=7)
    assert link.is_live(link.expires_at - timedelta(microseconds=1))
    assert not link.is_live(link.expires_at)
    assert mentor.get(address_of(link)).status_code == 200
    later(link, days=7)
    assert mentor.get(address_of(link)).status_code == 404


def test_a_revoked_link_is_closed_at_once_and_the_others_stay(
    roadmap: Roadmap, ana_client: Client, mentor: Client
) -> None:
    one, other = make_link(roadmap), make_link(roadmap)
    response = ana_client.post(reverse("link-revoke", args=[one.pk]), follow=True)
    assert "Whoever opens it finds nothing." in text_of(response)
    assert mentor.get(address_of(one)).status_code == 404
    assert mentor.get(address_of(other)).status_code == 200
    first = ShareLink.objects.get(pk=one.pk).revoked_at
    ana_client.post(reverse("link-revoke", args=[one.pk]))
    assert ShareLink.objects.get(pk=one.pk).revoked_at == first is not None


def test_revoking_somebody_elses_link_is_404(link: ShareLink, ben_client: Client, mentor: Client) -> None:
    assert ben_client.post(reverse("link-revoke", args=[link.pk])).status_code == 404
    assert ben_client.get(reverse("link-preview", args=[link.pk])).status_code == 404
    assert mentor.get(address_of(link)).status_code == 200


def test_deleting_the_roadmap_closes_its_links(link: ShareLink, ana_client: Client, mentor: Client) -> None:
    address = address_of(link)
    ana_client.post(reverse("roadmap-delete", args=[link.roadmap_id]))
    assert mentor.get(address).status_code == 404
    assert not ShareLink.objects.exists()


def test_deleting_the_owner_closes_their_links(link: ShareLink, ana: User, mentor: Client) -> None:
    address = address_of(link)
    ana.delete()
    assert mentor.get(address).status_code == 404


def test_the_link_of_an_archived_roadmap_goes_on_opening(link: ShareLink, ana_client: Client, mentor: Client) -> None:
    """As the page that archives says."""
    archive = reverse("roadmap-archive", args=[link.roadmap_id])
    assert "links that you shared go on opening" in text_of(ana_client.get(archive))
    ana_client.post(archive, {"archived": "on"})
    assert mentor.get(address_of(link)).status_code == 200
