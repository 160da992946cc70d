"""The resources: filtered by four selects, in stretches, each found at its own anchor."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from content.addresses import address_of
from content.catalogue import Catalogue, current_catalogue
from content.pack import format as fmt
from content.views.resources import AT_ONCE, fitting
from tests.browser import Pages, axe

pytestmark = pytest.mark.once

HTMX = {"HX-Request": "true"}
ROW = re.compile(r'<li class="entry" id="([\w-]+)">')


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    """The catalogue."""
    return current_catalogue()


def where(language: str = "en") -> str:
    with translation.override(language):
        return reverse("resources")


def page_of(response: Any) -> str:
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def ids(entries: list[fmt.Resource]) -> list[str]:
    return [each.id for each in entries]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_filters_of_the_resources_combine(catalogue: Catalogue, language: str, headers: dict[str, str]) -> None:
    nothing = {"language": "", "cost": "", "kind": "", "skill": ""}
    for chosen in (
        {"language": "ko"},
        {"language": "ko", "kind": "book"},
        {"language": "en", "cost": "free", "kind": "course"},
        {"skill": "programming", "language": "ko", "cost": "free"},
    ):
        wanted = fitting(catalogue, **{**nothing, **chosen})
        assert 0 < len(wanted) < len(catalogue.current(fmt.Resource))
        response = Client().get(where(language), chosen, headers=headers)
        assert ROW.findall(page_of(response)) == ids(wanted)[:AT_ONCE]
        if headers:
            assert all(f"{name}={value}" in response["HX-Push-Url"] for name, value in chosen.items())


@pytest.mark.parametrize(
    "query",
    ["language=fr", "kind=%EA%B0%80", "skill=<i>", "cost=" + "9" * 5000, "page=0", "page=-1", "page=x", "resource=n"],
)
def test_a_value_that_nobody_knows_is_harmless(catalogue: Catalogue, query: str) -> None:
    page = page_of(Client().get(f"{where()}?{query}"))
    assert ROW.findall(page) == ids(catalogue.current(fmt.Resource))[:AT_ONCE]


def test_a_page_after_the_last_is_the_last(catalogue: Catalogue) -> None:
    found = ROW.findall(page_of(Client().get(where(), {"page": "9999"})))
    assert found[-1] == catalogue.current(fmt.Resource)[-1].id


@pytest.mark.parametrize("more", [False, True], ids=["plain", "show more"])
def test_every_resource_is_reached_page_by_page(catalogue: Catalogue, *, more: bool) -> None:
    wanted = ids(catalogue.current(fmt.Resource))
    client, found = Client(), []
    page = page_of(client.get(where()))
    while True:
        found += ROW.findall(page)
        link = re.search(r'id="more-link" href="([^"]+)" hx-get="([^"]+)"', page)
        if not link:
            break
        following = link[2 if more else 1].replace("&amp;", "&")
        page = page_of(client.get(following, headers=HTMX if more else {}))
        if more:
            assert page.strip().startswith('<li class="entry"')
            assert page.count("data-focus") == 1
    assert found == wanted


def test_each_resource_stands_at_its_own_address(catalogue: Catalogue) -> None:
    client = Client()
    pages: dict[str, str] = {}
    with translation.override("en"):
        addresses = {each.id: address_of(each) for each in catalogue.current(fmt.Resource)}
    for key in [*addresses][:: AT_ONCE // 2]:
        path, _, part = addresses[key].partition("#")
        pages[key] = page_of(client.get(path))
        assert part in ROW.findall(pages[key])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_row_tells_what_there_is_to_know(catalogue: Catalogue, language: str) -> None:
    found = next(
        each for each in catalogue.current(fmt.Resource) if catalogue.milestones_of(resource=each.id) and each.by
    )
    with translation.override(language):
        page = page_of(Client().get(address_of(found).partition("#")[0]))
        row = page[page.index(f'id="{found.id}"') :]
        row = row[: row.index("</li>")]
        assert f'href="{found.url}" rel="noopener" lang="{found.language}"' in row
        for entry in (*catalogue.named(fmt.Skill, found.skills), *catalogue.milestones_of(resource=found.id)):
            assert f'href="{address_of(entry)}"' in row
    assert found.reviewed_on
    assert re.search(r"2026년 11월 \d+일" if language == "ko" else r"last checked on Nov\. \d+, 2026", row)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_is_light(db: None, language: str) -> None:
    assert len(gzip.compress(Client().get(where(language)).content)) < 20 * 1024


def test_skills_are_grouped_by_competency(catalogue: Catalogue) -> None:
    page = page_of(Client().get(where()))
    assert page.count("<optgroup") == len(catalogue.current(fmt.Competency))
    for skill in catalogue.current(fmt.Skill):
        assert f'<option value="{skill.id}">' in page


@pytest.mark.browser
def test_show_more_adds_rows_and_moves_the_focus_to_the_first_of_them(new_page: Pages) -> None:
    page = new_page()
    page.goto("/en/resources/")
    rows = page.locator(".resources .entry")
    expect(rows).to_have_count(AT_ONCE)
    page.locator("#more-link").click()
    expect(rows).to_have_count(2 * AT_ONCE)
    expect(rows.nth(AT_ONCE).locator("h2 a")).to_be_focused()
    axe(page)
    page.get_by_label("Language").select_option("ko")
    expect(page).to_have_url(re.compile(r"/en/resources/\?language=ko$"))
    expect(page.locator("#announcer")).to_have_text(re.compile(r"\d+ resources fit\."))
