"""Finding one's way in a real browser: addresses, back and forth, the keyboard, the other language."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Pages, sign_up
from tests.steps import make_roadmap, open_stop, path_of, progress, tick

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def test_opening_a_milestone_has_an_address_and_takes_the_focus(on_roadmap: Page) -> None:
    title = open_stop(on_roadmap, 4)
    assert re.search(r"/roadmaps/\d+/milestones/\d+/$", on_roadmap.url)
    expect(on_roadmap.locator("#panel-title")).to_be_focused()
    on_roadmap.reload()
    expect(on_roadmap.locator("#panel-title")).to_have_text(title)
    expect(on_roadmap.locator("main h1")).to_be_visible()


def test_back_leads_to_the_milestone_before(on_roadmap: Page) -> None:
    first = on_roadmap.inner_text("#panel-title")
    second = open_stop(on_roadmap, 4)
    open_stop(on_roadmap, 6)
    for title in (second, first):
        on_roadmap.go_back()
        expect(on_roadmap.locator("#panel-title")).to_have_text(title)
        expect(on_roadmap.locator("main h1")).to_be_visible()
        expect(on_roadmap.locator("#route .stop").first).to_be_visible()
    on_roadmap.go_forward()
    expect(on_roadmap.locator("#panel-title")).to_have_text(second)
    expect(on_roadmap.locator("main h1")).to_be_visible()
    tick(on_roadmap)


@pytest.mark.parametrize("start", ["example", "own"])
def test_back_from_elsewhere_shows_the_whole_page_at_the_open_milestone(page: Page, start: str) -> None:
    if start == "own":
        sign_up(page)
        make_roadmap(page)
    else:
        page.goto("/example/")
    title = open_stop(page, 4)
    page.goto("/roles/")
    page.go_back()
    expect(page.locator("#panel-title")).to_have_text(title)
    expect(page.locator("main h1")).to_be_visible()


def test_back_on_the_example_shows_the_whole_page(page: Page) -> None:
    page.goto("/example/")
    title = open_stop(page, 3)
    open_stop(page, 5)
    page.go_back()
    expect(page.locator("#panel-title")).to_have_text(title)
    expect(page.locator("main h1")).to_be_visible()


def test_ticks_are_there_after_going_on_and_back(on_roadmap: Page) -> None:
    text = tick(on_roadmap)[0]
    on_roadmap.goto("/roles/")
    on_roadmap.go_back()
    expect(on_roadmap.locator("#panel .item-done", has_text=text)).to_have_count(1)
    assert progress(on_roadmap)[1] == 1


def test_an_item_is_ticked_by_keyboard_alone(on_roadmap: Page) -> None:
    on_roadmap.goto(path_of(on_roadmap))
    on_roadmap.keyboard.press("Tab")
    expect(on_roadmap.locator(".skip-link")).to_be_focused()
    on_roadmap.keyboard.press("Enter")
    expect(on_roadmap.locator("#main")).to_be_focused()
    for _ in range(30):
        on_roadmap.keyboard.press("Tab")
        if focused(on_roadmap).startswith("tick-"):
            break
    control = on_roadmap.locator(f"#{focused(on_roadmap)}")
    assert control.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    on_roadmap.keyboard.press("Space")
    expect(control).to_have_attribute("aria-checked", "true")
    on_roadmap.keyboard.press("Space")
    expect(control).to_have_attribute("aria-checked", "false")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("address", ["/example/?milestone=kaggle-first", "/roles/engineer/", "/roadmaps/new/"])
def test_switching_the_language_keeps_the_page(new_page: Pages, address: str, *, javascript: bool) -> None:
    page = new_page(language="en", javascript=javascript)
    page.goto(address)
    # What has an address for each language leads to its own, everything else stays where it is.
    url = page.url.replace("/en/", "/ko/")
    page.locator(".site-account button[name=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.url == url
    assert ("/ko/" in url) == address.startswith("/roles/")
    page.goto("/competencies/")
    assert urlsplit(page.url).path == "/ko/competencies/"
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_switching_back_and_forth_leads_between_the_two_addresses_of_a_page(new_page: Pages) -> None:
    page = new_page(language="en")
    page.goto("/ko/roles/engineer/?from=mail")
    for language in ("en", "ko", "en"):
        page.locator(".site-account button[name=language]").click()
        page.wait_for_url(f"**/{language}/roles/engineer/?from=mail")
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_switching_the_language_keeps_the_milestone_that_was_opened(page: Page) -> None:
    sign_up(page)
    make_roadmap(page)
    open_stop(page, 4)
    url = page.url
    page.locator(".site-account button[name=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.url == url
