"""The token of a link: what it holds, what opens with it, and what is glued to it."""

from __future__ import annotations

import io
import json
import re
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.models import Session, User
from accounts.sessions import SessionStore
from roadmap.models import Roadmap, ShareLink
from roadmap.models.share_link import digest_of, mac_of
from roadmap.sharing.links import link_with
from tests.factories import make_link, token_of
from tests.reading import page_of
from tests.roadmap.sharing.links import address_of, visits

pytestmark = pytest.mark.django_db


def test_a_token_has_at_least_128_random_bits(roadmap: Roadmap) -> None:
    links = [make_link(roadmap) for _ in range(50)]
    tokens = {token_of(link) for link in links}
    assert len(tokens) == 50
    assert all(len(urlsafe_b64decode(token.partition(".")[2] + "==")) * 8 >= 128 for token in tokens)
    # The seed is the random part: a token holds no more than it.
    assert len({link.seed for link in links}) == 50
    assert all(len(bytes.fromhex(link.seed)) * 8 >= 128 for link in links)


def test_the_database_holds_neither_the_token_nor_what_opens_a_link(link: ShareLink, mentor: Client) -> None:
    token = token_of(link)
    mentor.get(address_of(link))
    stored = json.dumps([*ShareLink.objects.values(), *Roadmap.objects.values()], default=str)
    assert token not in stored
    for row in ShareLink.objects.values():
        for value in row.values():
            found = mentor.get(reverse("shared", args=[str(value) or "-"]))
            assert found.status_code == 404, value


def test_no_table_holds_the_token_after_a_link_was_made_shown_and_opened(
    roadmap: Roadmap, ana_client: Client, mentor: Client
) -> None:
    share = reverse("roadmap-share", args=[roadmap.pk])
    ana_client.post(share, {"label": "Professor Kim", "owner_name": "Ana", "days": 30}, follow=True)
    link = ShareLink.objects.get()
    token = token_of(link)
    assert token in page_of(ana_client.get(share))
    mentor.get(address_of(link))
    mentor.post(reverse("preferences-display"), {"language": "ko", "next": address_of(link)})
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert token not in str(cursor.fetchall()), table
    sessions = [SessionStore().decode(session.data) for session in Session.objects.all()]
    assert token not in str(sessions)


def test_without_the_servers_key_the_rows_do_not_open(link: ShareLink, mentor: Client, settings: Any) -> None:
    """Somebody with a copy of the database and a Waymark of their own derives other tokens."""
    right = address_of(link)
    settings.SECRET_KEY = "a-thief-has-no-key-" * 3
    from roadmap.models.share_link import token_of as derived

    assert mentor.get(reverse("shared", args=[derived(link.owner_id, link.seed)])).status_code == 404
    assert mentor.get(right).status_code == 200


def test_a_token_says_whose_it_is_and_is_looked_up_by_that_in_one_statement(link: ShareLink, mentor: Client) -> None:
    owner, _dot, mac = token_of(link).partition(".")
    assert int(owner, 36) == link.owner_id
    assert len(mac) == 43
    with CaptureQueriesContext(connection) as asked:
        assert link_with(token_of(link), at=timezone.now()) == link
    (query,) = asked.captured_queries
    assert re.search(rf'"owner_id" = {link.owner_id}\b', query["sql"])


def test_the_right_token_with_another_owner_in_front_opens_nothing(link: ShareLink, ben: User, mentor: Client) -> None:
    token = token_of(link)
    for owner in (int_to_base36(ben.pk), int_to_base36(987_654_321), "0", f"0{int_to_base36(link.owner_id)}"):
        assert mentor.get(reverse("shared", args=[f"{owner}.{token.partition('.')[2]}"])).status_code == 404
    ShareLink.objects.filter(pk=link.pk).update(owner=ben)
    assert mentor.get(address_of(link)).status_code == 404


def handed_out_before(link: ShareLink) -> str:
    """The token that the first releases gave a link: it named no owner."""
    token = mac_of(link.seed)
    ShareLink.objects.filter(pk=link.pk).update(digest=digest_of(token))
    link.refresh_from_db()
    return token


def test_a_link_of_the_first_releases_goes_on_opening_and_is_shown_as_it_was(
    link: ShareLink, mentor: Client, ana_client: Client
) -> None:
    new, old = token_of(link), handed_out_before(link)
    address = reverse("shared", args=[old])
    assert mentor.get(address).status_code == 200
    assert mentor.get(reverse("shared", args=[new])).status_code == 404
    assert visits(link) == 1
    assert link.token == old
    assert f'{address}"' in page_of(ana_client.get(reverse("roadmap-share", args=[link.roadmap_id])))
    ana_client.post(reverse("link-revoke", args=[link.pk]))
    assert mentor.get(address).status_code == 404


# What chat programs put behind an address that stands in a sentence.
GLUED = [".", ",", ";", ":", "!", "?", ")", "]", ">", "'", '"', "…", "。", "*", "_", "~", "\u200b", "%20"]


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("glued", GLUED)
def test_what_is_glued_to_the_end_of_an_address_breaks_nothing(
    link: ShareLink, mentor: Client, log: io.StringIO, glued: str, *, old: bool
) -> None:
    token = handed_out_before(link) if old else token_of(link)
    for address in (
        f"/s/{token}{glued}/",
        f"/s/{token}/{glued}",
        f"/s/{token}{glued}",
        f"/s/{token}/assessment/{glued}",
    ):
        response = mentor.get(address, follow=True)
        # What stands behind a question mark, or a slash and nothing, is no part of the path.
        assert response.status_code == (200 if response.request["PATH_INFO"] == f"/s/{token}/" else 404), address
    assert token not in log.getvalue()
