"""A page that the browser has already is not sent again, until it is another one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import Roadmap
from tests.roadmap.every_change import ADDS, CHANGES

pytestmark = pytest.mark.django_db


def test_a_page_that_did_not_change_is_not_sent_again(roadmap: Roadmap, ana_client: Client) -> None:
    etag = etag_of(roadmap, ana_client)
    again = ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in again["Cache-Control"]


def etag_of(roadmap: Roadmap, client: Client) -> str:
    """The tag of a page that the browser keeps; the visit before it set the cookie that its forms go with."""
    client.get(roadmap.get_absolute_url())
    response = client.get(roadmap.get_absolute_url())
    assert response.status_code == 200
    return response["ETag"]


@pytest.mark.parametrize("kind", [*CHANGES, *ADDS])
def test_every_change_makes_the_page_a_new_one(walked: Roadmap, ana_client: Client, kind: str) -> None:
    etag = etag_of(walked, ana_client)
    {**CHANGES, **ADDS}[kind](ana_client, walked)
    ana_client.get(reverse("roadmaps"))  # Shows what there is to say.
    response = ana_client.get(walked.get_absolute_url(), headers={"If-None-Match": etag})
    assert response.status_code == 200
    undone = ana_client.post(reverse("roadmap-undo", args=[walked.pk]), {"event": walked.events.get().pk})
    assert undone.status_code == 302
    again = ana_client.get(walked.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 200


def test_somebody_else_in_the_same_browser_gets_a_page_of_their_own(
    roadmap: Roadmap, ana_client: Client, ben: User
) -> None:
    etag = etag_of(roadmap, ana_client)
    ana_client.force_login(ben)
    response = ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag})
    assert response.status_code == 404


@pytest.mark.parametrize("switch", [{"language": "ko"}, {"theme": "dark"}])
def test_another_language_or_theme_is_another_page(
    roadmap: Roadmap, ana_client: Client, switch: dict[str, str]
) -> None:
    etag = etag_of(roadmap, ana_client)
    ana_client.post(reverse("preferences-display"), switch)
    assert ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200
