"""A page of the catalogue is drawn once for all who read it in one frame, and still is each reader's own."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from content import pages
from content.bodies import Bodies, Body

PAGE = "/en/roles/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies(monkeypatch: pytest.MonkeyPatch) -> Bodies:
    """None is kept yet."""
    kept = Bodies()
    monkeypatch.setattr(pages, "BODIES", kept)
    return kept


def without_tokens(response: Any) -> str:
    return TOKEN.sub("", response.content.decode())


def test_the_second_reader_gets_the_same_page_with_a_token_of_their_own(bodies: Bodies) -> None:
    first, second = (Client().get(PAGE) for _ in range(2))
    assert len(bodies._bodies) == 1
    assert without_tokens(first) == without_tokens(second)
    tokens = [set(TOKEN.findall(response.content.decode())) for response in (first, second)]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    unlike = {"Set-Cookie", "ETag"}
    assert {k: v for k, v in first.headers.items() if k not in unlike} == {
        k: v for k, v in second.headers.items() if k not in unlike
    }


def test_the_form_of_a_kept_page_works() -> None:
    Client().get(PAGE)
    client = Client(enforce_csrf_checks=True)
    token = TOKEN.findall(client.get(PAGE).content.decode())[0]
    sent = {"csrfmiddlewaretoken": token, "theme": "dark", "next": PAGE}
    assert client.post("/preferences/display/", sent)["Location"] == PAGE
    assert 'data-theme="dark"' in client.get(PAGE).content.decode()


def test_a_kept_page_is_packed_for_whoever_takes_it_so(bodies: Bodies) -> None:
    whole, packed = Client().get(PAGE), Client(headers={"Accept-Encoding": "br, gzip"})
    for response in (packed.get(PAGE), Client(headers={"Accept-Encoding": "gzip"}).get(PAGE)):
        html = gzip.decompress(response.content).decode()
        assert TOKEN.sub("", html) == without_tokens(whole)
        assert response["Content-Encoding"] == "gzip"
        assert response["Content-Length"] == str(len(response.content))
        assert "Accept-Encoding" in response["Vary"]
        assert len(response.content) < len(html) / 2
        # The token is in the open, so that the length tells nothing about it.
        assert response.content.count(TOKEN.findall(html)[0].encode()) == 2
    assert len(bodies._bodies) == 1
    etag = packed.get(PAGE)["ETag"]
    assert etag.startswith('W/"')
    assert packed.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    assert packed.head(PAGE).content == b""


def test_a_kept_page_without_a_form_sets_no_cookie() -> None:
    part = {"HX-Request": "true"}
    responses = [Client(headers={"Accept-Encoding": code, **part}).get("/en/resources/") for code in ("", "", "gzip")]
    assert [bool(response.cookies) for response in responses] == [False] * 3
    assert gzip.decompress(responses[2].content) == responses[0].content == responses[1].content


def test_languages_themes_and_people_have_pages_of_their_own(ana_client: Client, bodies: Bodies) -> None:
    dark = Client()
    dark.post("/preferences/display/", {"theme": "dark"})
    pages_read = {
        "english": Client().get(PAGE),
        "korean": Client().get("/ko/roles/"),
        "dark": dark.get(PAGE),
        "ana": ana_client.get(PAGE),
        "part": Client().get("/en/guide/", headers={"HX-Request": "true"}),
        "whole": Client().get("/en/guide/"),
    }
    assert len({without_tokens(page) for page in pages_read.values()}) == len(pages_read)
    assert len(bodies._bodies) == len(pages_read)


def test_what_is_asked_for_besides_and_a_message_are_not_kept(ana: User, bodies: Bodies) -> None:
    Client().get("/en/search/?q=pytorch")
    client = Client()
    client.force_login(ana)
    client.post("/accounts/preferences/", {"name": "A", "language": "en", "time_zone": "", "theme": "dark"})
    assert "Saved." in client.get(PAGE).content.decode()
    assert not bodies._bodies
    assert "Saved." not in client.get(PAGE).content.decode()


def test_an_edit_is_seen_at_once(bodies: Bodies) -> None:
    from content.models import Pack, Role
    from content.rows.loading import refresh_digest

    Client().get(PAGE)
    edit: dict[str, Any] = {"summary_en": "Somebody who builds."}
    Role.objects.filter(key="engineer").update(**edit)
    refresh_digest()
    assert Pack.objects.exists()
    assert "Somebody who builds." in Client().get(PAGE).content.decode()


def test_so_many_bytes_are_kept_and_the_longest_unread_go_first() -> None:
    shelf = Bodies(most=25)
    for name in "abc":
        shelf.keep(name, Body((b"01234",), (b"56789",), ()))
        shelf.get("a")
    assert shelf.get("a") is not None
    assert shelf.get("b") is None
    assert shelf.get("c") is not None
