"""Each language of the catalogue has its own addresses: who is led where, what a search engine reads, and 304."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from content.models import Goal, MilestoneTemplate, Role
from content.rows.loading import refresh_digest
from tests.addresses import address, answer_at, catalogue_addresses
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LANGUAGES = ("en", "ko")
BASE = settings.BASE_URL


def plain(there: str) -> str:
    """The same address without its language."""
    return re.sub(r"^/(en|ko)/", "/", there)


def edit(found: QuerySet[Any], **columns: object) -> None:
    """What an editor does to one row."""
    assert found.update(**columns) == 1
    refresh_digest()


# Who is led where


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("ko", "ko"),
        ("en-GB,en;q=0.8", "en"),
        ("ko-KR,ko;q=0.9,en;q=0.5", "ko"),
        ("fr", "en"),
        ("", "en"),
        ("fr,ko", "ko"),
    ],
)
def test_a_plain_address_leads_to_the_browsers_language(browser: str, language: str) -> None:
    response = Client().get("/roles/engineer/", headers={"Accept-Language": browser})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/roles/engineer/")
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_a_cookie_says_more_than_the_browser() -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.post(reverse("preferences-display"), {"language": "ko"})
    assert client.get("/guide/")["Location"] == "/ko/guide/"


def test_a_persons_choice_says_more_than_a_cookie(ana: User) -> None:
    client = signed_in(ana)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    User.objects.filter(pk=ana.pk).update(language="ko")
    response = client.get("/guide/", headers={"Accept-Language": "en"})
    assert response["Location"] == "/ko/guide/"


def test_an_address_with_a_language_says_more_than_all_of_them(ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(language="en")
    client = signed_in(ana)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get("/ko/roles/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "ko"
    assert '<html lang="ko"' in response.content.decode()


def test_reading_a_page_in_another_language_changes_nobodys_choice(ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(language="en")
    client = signed_in(ana)
    client.get("/ko/roles/")
    assert client.get("/roles/")["Location"] == "/en/roles/"


@pytest.mark.parametrize(
    "query",
    ["q=gradient+descent", "q=%EA%B2%BD%EC%82%AC", "role=engineer&goal=employment&x=", "next=//elsewhere.example"],
)
@pytest.mark.parametrize("path", ["/search/", "/guide/", "/roles/"])
def test_the_query_is_kept_as_it_is(path: str, query: str) -> None:
    response = Client(headers={"Accept-Language": "ko"}).get(f"{path}?{query}")
    assert (response.status_code, response["Location"]) == (302, f"/ko{path}?{query}")


@pytest.mark.parametrize("path", ["/roles/a%3Fb/", "/roles/a%23b/", "/roles/a%20b/", "/roles/%EC%97%AD%ED%95%A0/"])
def test_what_is_no_query_becomes_none(path: str) -> None:
    assert Client(headers={"Accept-Language": "en"}).get(path)["Location"] == f"/en{path}"


def test_every_page_of_the_catalogue_has_a_plain_address_that_leads_to_it() -> None:
    for language in LANGUAGES:
        client = Client(headers={"Accept-Language": language})
        for there in catalogue_addresses(language):
            assert client.get(plain(there))["Location"] == there


def test_an_address_without_its_last_slash_leads_on_too() -> None:
    client = Client(headers={"Accept-Language": "ko"})
    assert client.get("/roles", follow=True).request["PATH_INFO"] == "/ko/roles/"
    assert client.get("/en/roles", follow=True).request["PATH_INFO"] == "/en/roles/"


@pytest.mark.parametrize("path", ["/roles/nobody/", "/content/nothing/", "/guide/topics/"])
def test_a_plain_address_that_leads_to_nothing_ends_at_404(path: str) -> None:
    assert Client().get(path, follow=True).status_code == 404


@pytest.mark.parametrize(
    "path", ["/fr/roles/", "/EN/roles/", "/en/en/roles/", "/ko/home/", "/en/accounts/login/", "/en/"]
)
def test_no_other_address_has_a_language(path: str) -> None:
    assert Client().get(path).status_code == 404


# What a search engine reads


class Head(HTMLParser):
    """What stands in a page's head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.canonical: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.told: dict[str, list[str]] = {}
        self.title = ""
        self._in_title = False
        self.feed(page[: page.index("</head>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and said.get("rel") == "canonical":
            self.canonical.append(said["href"])
        if tag == "link" and said.get("rel") == "alternate":
            self.alternates.append((said["hreflang"], said["href"]))
        if tag == "meta":
            self.told.setdefault(said.get("property") or said.get("name", ""), []).append(said.get("content", ""))
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        self.title += data if self._in_title else ""


def head_of(there: str, **headers: str) -> Head:
    response = Client().get(there, headers=headers) if headers or "?" in there else answer_at(there)
    assert response.status_code == 200, there
    return Head(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_where_it_stands_in_which_language(language: str) -> None:
    titles: dict[str, str] = {}
    for there in catalogue_addresses(language):
        head = head_of(there)
        assert head.canonical == [f"{BASE}{there}"]
        assert head.alternates == [
            *((code, f"{BASE}/{code}{plain(there)}") for code, _ in settings.LANGUAGES),
            ("x-default", f"{BASE}{plain(there)}"),
        ]
        told = {
            name: values[0] for name, values in head.told.items() if name.startswith("og:") or name == "description"
        }
        assert all(len(values) == 1 for values in head.told.values()), there
        assert told["og:url"] == f"{BASE}{there}"
        assert told["og:locale"] == {"en": "en_GB", "ko": "ko_KR"}[language]
        assert (told["og:site_name"], told["og:type"]) == ("Waymark", "article")
        assert told["og:title"]
        assert head.title.strip() == f"{told['og:title']} · Waymark"
        assert 10 < len(told["og:description"]) <= 300, there
        assert told["description"] == told["og:description"]
        assert head.title not in titles, (there, titles[head.title])
        titles[head.title] = there
    assert len(titles) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filtered_page_stands_where_the_whole_one_does(language: str) -> None:
    for there in ("guide", "resources", "role-compare"):
        page = address(there, language=language)
        head = head_of(f"{page}?topic=hiring&language=ko&left=engineer")
        assert head.canonical == [f"{BASE}{page}"]
        assert dict(head.alternates)["x-default"] == f"{BASE}{plain(page)}"


def test_another_hosts_name_in_the_request_is_not_repeated() -> None:
    page = Client().get("/en/roles/", headers={"Host": "localhost", "X-Forwarded-Host": "elsewhere.example"})
    assert page.status_code == 200
    assert Head(page.content.decode()).canonical == [f"{BASE}/en/roles/"]
    assert b"elsewhere.example" not in page.content


# The sitemap and robots.txt


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def sitemap(**headers: str) -> dict[str, list[tuple[str, str]]]:
    """Every address in the sitemap with its alternates."""
    response = Client().get("/sitemap.xml", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    found = {}
    for each in ElementTree.fromstring(response.content).findall(f"{SITEMAP}url"):
        alternates = [(link.attrib["hreflang"], link.attrib["href"]) for link in each.findall(f"{XHTML}link")]
        found[each.findtext(f"{SITEMAP}loc", "")] = alternates
    return found


def test_the_sitemap_lists_every_page_in_both_languages_with_its_alternates() -> None:
    listed = sitemap()
    assert set(listed) == {f"{BASE}{there}" for language in LANGUAGES for there in catalogue_addresses(language)}
    for where, alternates in listed.items():
        path = plain(where.removeprefix(BASE))
        assert dict(alternates) == {
            "ko": f"{BASE}/ko{path}",
            "en": f"{BASE}/en{path}",
            "x-default": f"{BASE}{path}",
        }
        assert len(alternates) == 3


def test_the_sitemap_is_the_same_for_every_reader_and_names_the_configured_host_alone(ana_client: Client) -> None:
    pages = {
        Client().get("/sitemap.xml", headers={"Accept-Language": "ko"}).content,
        Client().get("/sitemap.xml", headers={"Accept-Language": "en", "Host": "localhost"}).content,
        Client().get("/sitemap.xml", headers={"X-Forwarded-Host": "elsewhere.example"}).content,
        ana_client.get("/sitemap.xml").content,
    }
    assert len(pages) == 1
    (page,) = pages
    hosts = set(re.findall(r"(?:<loc>|href=\")(https?://[^/]+)/", page.decode()))
    assert hosts == {BASE}


def test_what_is_retired_leaves_the_sitemap() -> None:
    edit(MilestoneTemplate.objects.filter(key="kaggle-first"), retired=True)
    assert not any("kaggle-first" in where for where in sitemap())


def test_robots_read_the_catalogue_and_nothing_of_people() -> None:
    response = Client().get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]
    for there in ("/", "/en/roles/", "/ko/guide/", "/roles/", "/example/"):
        assert robots.can_fetch("Anybot", there), there
    for there in ("/accounts/login/", "/roadmaps/", "/roadmaps/7/", "/accounts/signup/?next=/"):
        assert not robots.can_fetch("Anybot", there), there


# 304


def again(client: Client, there: str, etag: str, **headers: str) -> int:
    """The status for a browser that has that page already."""
    response = client.get(there, headers={"If-None-Match": etag, **headers})
    if response.status_code == 304:
        assert (response.content, response["ETag"]) == (b"", etag)
        assert response["Cache-Control"] == "private, no-cache"
    return int(response.status_code)


@pytest.fixture
def visitor() -> Client:
    """Somebody who has been here before: the first visit brings a cookie."""
    client = Client(headers={"Accept-Language": "en"})
    client.get("/en/roles/")
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_takes_at_most_two_queries_of_a_visitor_and_one_where_it_did_not_change(
    visitor: Client, language: str
) -> None:
    etags: dict[str, str] = {}
    for there in catalogue_addresses(language):
        with CaptureQueriesContext(connection) as queries:
            etag = visitor.get(there)["ETag"]
        assert len(queries) <= 2, (there, [query["sql"] for query in queries])
        with CaptureQueriesContext(connection) as queries:
            assert again(visitor, there, etag) == 304, there
        assert len(queries) == 1, there
        assert etag not in etags, (there, etags[etag])
        etags[etag] = there
    assert len(etags) > 200


def test_a_page_with_another_query_is_another_page(visitor: Client) -> None:
    queries = ("", "?topic=hiring", "?topic=paths")
    assert len({visitor.get(f"/en/guide/{query}")["ETag"] for query in queries}) == len(queries)


@pytest.mark.parametrize("there", ["/en/roles/", "/en/roles/engineer/", "/en/guide/", "/en/sources/", "/en/map/"])
def test_after_an_edit_of_the_content_every_page_is_new(visitor: Client, there: str) -> None:
    etag = visitor.get(there)["ETag"]
    edit(Role.objects.filter(key="engineer"), name_en="Machinist")
    assert again(visitor, there, etag) == 200
    if "roles" in there:
        assert "Machinist" in visitor.get(there).content.decode()
    assert again(visitor, there, visitor.get(there)["ETag"]) == 304


def test_an_edit_that_is_taken_back_gives_the_same_page_again(visitor: Client) -> None:
    etag = visitor.get("/en/guide/")["ETag"]
    name = Goal.objects.get(key="employment").name_en  # type: ignore[attr-defined]
    for wanted, status in (("A post", 200), (name, 304)):
        edit(Goal.objects.filter(key="employment"), name_en=wanted)
        assert again(visitor, "/en/guide/", etag) == status


def test_another_language_theme_or_reader_gets_a_page_of_their_own(visitor: Client, ana_client: Client) -> None:
    etag = visitor.get("/en/roles/")["ETag"]
    assert again(visitor, "/ko/roles/", etag) == 200
    assert again(visitor, "/en/roles/", etag, **{"Accept-Language": "ko"}) == 304
    assert again(ana_client, "/en/roles/", etag) == 200
    visitor.post(reverse("preferences-display"), {"theme": "dark"})
    assert again(visitor, "/en/roles/", etag) == 200


def test_a_page_with_a_message_is_not_kept(ana_client: Client) -> None:
    etag = ana_client.get("/en/roles/")["ETag"]
    ana_client.post(reverse("preferences"), {"name": "Ana", "language": "en", "time_zone": "", "theme": "system"})
    response = ana_client.get("/en/roles/", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert "Saved." in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


def test_the_sitemap_takes_two_queries_at_most_and_a_redirect_none(visitor: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        sitemap()
    assert len(queries) <= 2
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/roles/engineer/")
    assert len(queries) == 0
