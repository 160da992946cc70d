"""The whole way of a person in a real browser: plan, tick, share, revoke; and what may happen on it."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from tests import PASSWORD
from tests.browser import Pages, Server, sign_up
from tests.steps import (
    ROADMAP,
    become,
    fill_sign_up,
    first_tick,
    make_roadmap,
    new_email,
    path_of,
    progress,
    set_mix,
    settled,
    share,
    shown_mix,
    somebody_new,
    tick,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

MIX = (2, 5, 2, 1)
SAID_MIX = ["R2", "A5", "E2", "D1"]


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


# The main road


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_person_plans_ticks_shares_and_revokes(
    new_page: Pages, language: Literal["ko", "en"], *, javascript: bool
) -> None:
    page = new_page(language=language, javascript=javascript)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator(".site-account a[href^='/accounts/']").click()
    page.locator("main a[href^='/accounts/signup/']").click()
    fill_sign_up(page, new_email())
    page.wait_for_url("**/roadmaps/")
    page.locator("main a.act").click()
    set_mix(page, MIX)
    page.click("#make")
    page.wait_for_url(ROADMAP)
    roadmap = path_of(page)
    assert shown_mix(page) == SAID_MIX
    percent, done, total = progress(page)
    assert (percent, done) == (0, 0)

    ticked = tick(page, 3)

    assert progress(page) == (300 // total, 3, total)
    page.goto(roadmap)
    assert progress(page) == (300 // total, 3, total)

    address = share(page, roadmap, label="Professor Kim", name="Hana")
    mentor = new_page(language=language, javascript=javascript, width=360)
    assert mentor.context.cookies() == []
    mentor.goto(address)
    expect(mentor.locator("html")).to_have_attribute("lang", language)
    expect(mentor.get_by_text("Hana", exact=True)).to_be_visible()
    assert progress(mentor) == (300 // total, 3, total)
    seen = [text.split("\n")[0].strip() for text in mentor.locator(".items-read .item-done").all_inner_texts()]
    assert len(seen) == 3
    assert all(text.startswith(own) for text, own in zip(sorted(seen), sorted(ticked), strict=True))
    assert mentor.locator("main form").count() == 0

    page.locator("[id^=revoke-]").click()
    expect(page.locator("article.link-closed")).to_have_count(1)
    answer = mentor.goto(address)
    assert answer is not None
    assert answer.status == 404
    expect(mentor.locator("main h1")).to_be_visible()
    assert "Hana" not in mentor.content()


# Looking before signing up


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_what_a_visitor_planned_is_theirs_after_signing_up(new_page: Pages, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/")
    page.locator("main a.act").click()
    set_mix(page, MIX)
    page.fill("[name=hours_per_week]", "7")
    page.click("#make")
    page.wait_for_url("**/accounts/signup/**")
    fill_sign_up(page, new_email())
    page.wait_for_url(ROADMAP)
    assert shown_mix(page) == SAID_MIX
    expect(page.locator(".roadmap-head")).to_contain_text("7 hours a week")


def test_what_a_visitor_planned_survives_signing_in_instead(new_page: Pages) -> None:
    page = new_page()
    email = sign_up(page)
    page.context.clear_cookies()
    page.goto("/roadmaps/new/")
    set_mix(page, MIX)
    page.click("#make")
    page.wait_for_url("**/accounts/signup/**")
    page.locator("main a[href^='/accounts/login/']").click()
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(ROADMAP)
    assert shown_mix(page) == SAID_MIX


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_example_becomes_ones_own(new_page: Pages, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/example/")
    mix = shown_mix(page)
    milestones = page.locator("#route .stop").count()
    page.locator(".roadmap-actions button.act").click()
    page.wait_for_url("**/accounts/signup/**")
    fill_sign_up(page, new_email())
    page.wait_for_url(ROADMAP)
    assert shown_mix(page) == mix
    expect(page.locator("#route .stop")).to_have_count(milestones)
    assert progress(page)[:2] == (0, 0)


# Living with a roadmap


@pytest.fixture(scope="module")
def person(server: Server) -> Visitor:
    """Somebody who reads English and gets a roadmap more in every test."""
    return somebody_new(server)


@pytest.fixture
def on_roadmap(page: Page, person: Visitor) -> Page:
    """A person's new roadmap, open in English with JavaScript."""
    become(page, person)
    page.goto(person.make_roadmap(starts_on=timezone.localdate().isoformat()))
    return page


@pytest.fixture
def on_plain_roadmap(new_page: Pages, person: Visitor) -> Page:
    """The same without JavaScript."""
    page = new_page(javascript=False)
    become(page, person)
    page.goto(person.make_roadmap(starts_on=timezone.localdate().isoformat()))
    return page


@pytest.fixture(params=["script", "no-script"])
def either(request: pytest.FixtureRequest) -> Page:
    """Both, one after the other."""
    page: Page = request.getfixturevalue("on_roadmap" if request.param == "script" else "on_plain_roadmap")
    return page


def test_a_tick_keeps_the_focus_says_what_it_moved_and_leaves_the_page_alone(on_roadmap: Page) -> None:
    on_roadmap.evaluate("window.same = true")
    control = first_tick(on_roadmap)
    name = control.get_attribute("id")
    control.click()
    expect(control).to_have_attribute("aria-checked", "true")
    expect(on_roadmap.locator(f"#{name}")).to_be_focused()
    expect(on_roadmap.locator("#announcer")).to_contain_text("The roadmap is at")
    done, total = on_roadmap.inner_text("#panel-count").split("/")
    expect(on_roadmap.locator("#route .stop-doing .meta", has_text=f"{done}/{total}").first).to_be_visible()
    control.click()
    expect(control).to_have_attribute("aria-checked", "false")
    expect(on_roadmap.locator(f"#{name}")).to_be_focused()
    assert progress(on_roadmap)[:2] == (0, 0)
    assert on_roadmap.evaluate("window.same")


def test_a_tick_is_taken_back_by_undo(either: Page) -> None:
    control = first_tick(either)
    tick(either)
    assert progress(either)[1] == 1
    either.click("#undo-button")
    expect(control).to_have_attribute("aria-checked", "false")
    assert progress(either)[1] == 0


def test_undo_and_redo_keep_the_focus(on_roadmap: Page) -> None:
    tick(on_roadmap)
    on_roadmap.click("#undo-button")
    expect(on_roadmap.locator("#panel .tick[aria-checked=true]")).to_have_count(0)
    expect(on_roadmap.locator("#redo-button")).to_be_focused()
    on_roadmap.click("#redo-button")
    expect(on_roadmap.locator("#panel .tick[aria-checked=true]")).to_have_count(1)
    expect(on_roadmap.locator("#undo-button")).to_be_focused()


def test_a_milestone_is_skipped_and_taken_back(either: Page) -> None:
    total = progress(either)[2]
    items = either.locator("#panel .tick").count()
    button = either.locator("[id^=skip-]")
    button.click()
    expect(either.locator("#panel [name=skipped]")).to_have_value("off")
    assert progress(either)[2] == total - items
    expect(either.locator("#progress")).to_contain_text(f"{items} skipped")
    expect(either.locator("#route .stop-skipped")).to_have_count(1)
    button.click()
    expect(either.locator("#panel [name=skipped]")).to_have_value("on")
    assert progress(either)[2] == total
    expect(either.locator("#route .stop-skipped")).to_have_count(0)


def test_skipping_keeps_the_focus(on_roadmap: Page) -> None:
    button = on_roadmap.locator("[id^=skip-]")
    name = button.get_attribute("id")
    button.click()
    expect(on_roadmap.locator("#panel [name=skipped]")).to_have_value("off")
    expect(on_roadmap.locator(f"#{name}")).to_be_focused()


def test_an_item_of_ones_own_is_added_renamed_and_removed(either: Page) -> None:
    total = progress(either)[2]
    items = either.locator("#panel .item")
    before = items.count()
    either.fill("#add-item-text", "Read <b>one</b> paper & tell Mina")
    either.press("#add-item-text", "Enter")
    expect(items).to_have_count(before + 1)
    own = either.locator("#panel .item", has_text="Mina")
    expect(own.locator(".tick")).to_have_text("Read <b>one</b> paper & tell Mina")
    assert progress(either)[2] == total + 1

    own.locator(".item-edit").click()
    field = either.locator("main input[id^=item-text-]")
    expect(field).to_have_value("Read <b>one</b> paper & tell Mina")
    field.fill("Read two papers")
    field.press("Enter")
    own = either.locator("#panel .item", has_text="Read two papers")
    expect(own.locator(".tick")).to_be_visible()
    expect(items).to_have_count(before + 1)

    own.locator(".item-edit").click()
    either.locator("main .item-editing .danger").click()
    expect(own).to_have_count(0)
    expect(items).to_have_count(before)
    assert progress(either)[2] == total
    either.click("#undo-button")
    expect(own).to_have_count(1)
    assert progress(either)[2] == total + 1


def test_editing_an_item_takes_the_focus_and_gives_it_back(on_roadmap: Page) -> None:
    row = on_roadmap.locator("#panel .item").first.get_attribute("id")
    on_roadmap.locator(f"#{row} .item-edit").focus()
    on_roadmap.keyboard.press("Enter")
    expect(on_roadmap.locator(f"#{row} input[name=text]")).to_be_focused()
    on_roadmap.keyboard.press("Control+A")
    on_roadmap.keyboard.type("In my own words")
    on_roadmap.keyboard.press("Enter")
    expect(on_roadmap.locator(f"#{row} .tick")).to_have_text("In my own words")
    expect(on_roadmap.locator(f"#{row} .tick")).to_be_focused()


def test_items_can_be_added_one_after_the_other_by_keyboard(on_roadmap: Page) -> None:
    before = on_roadmap.locator("#panel .item").count()
    on_roadmap.focus("#add-item-text")
    for number in (1, 2):
        on_roadmap.keyboard.type(f"My own item {number}")
        on_roadmap.keyboard.press("Enter")
        expect(on_roadmap.locator("#panel .item")).to_have_count(before + number)
        expect(on_roadmap.locator("#add-item-text")).to_be_focused()
        settled(on_roadmap)


def test_notes_are_written_in_markdown_and_shown(either: Page) -> None:
    link = either.locator("#panel a[href$='/notes/']")
    link.click()
    either.fill("[name=text]", "**bold** and <script>alert(1)</script>")
    either.locator("main form button.act").click()
    expect(either.locator("#panel .notes strong")).to_have_text("bold")
    expect(either.locator("#panel .notes")).to_contain_text("alert(1)")
    assert either.locator("#panel .notes script").count() == 0


def test_a_milestone_of_ones_own_is_added_and_ticked_to_its_end(either: Page) -> None:
    either.goto(f"{path_of(either)}milestones/add/")
    either.fill("[name=title]", "A reading group")
    either.fill("[name=items]", "Find three people\n\nMeet once")
    either.locator("main form button.act").click()
    expect(either.locator("#panel-title")).to_have_text("A reading group")
    expect(either.locator("#panel .tick")).to_have_count(2)
    tick(either, 2)
    expect(either.locator("#route .stop-done", has_text="A reading group")).to_have_count(1)


# Finding one's way


def open_stop(page: Page, number: int) -> str:
    """Open a milestone from the route and return its title."""
    link = page.locator("#route .stop > a").nth(number)
    title = link.inner_text().strip()
    address = link.get_attribute("hx-get") or ""
    link.click()
    expect(page).to_have_url(re.compile(re.escape(address)))  # The milestone may have been open before.
    expect(page.locator("#panel-title")).to_have_text(title)
    return title


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


# What goes wrong


LOST = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def expected(pages: Pages, *parts: str) -> None:
    """Forget what the browser noted of the one thing that the test provoked; keep everything else."""
    assert any(parts[0] in problem for problem in pages.problems)
    pages.problems[:] = [problem for problem in pages.problems if not any(part in problem for part in parts)]


def test_a_lost_connection_keeps_the_click_says_so_and_sends_it_again(on_roadmap: Page, new_page: Pages) -> None:
    control = first_tick(on_roadmap)
    on_roadmap.context.set_offline(True)
    control.click()
    expect(on_roadmap.locator("#connection-lost")).to_be_visible()
    expect(control).to_have_attribute("aria-checked", "false")
    on_roadmap.context.set_offline(False)
    expect(control).to_have_attribute("aria-checked", "true")
    expect(on_roadmap.locator("#connection-lost")).to_be_hidden()
    on_roadmap.reload()
    expect(control).to_have_attribute("aria-checked", "true")
    expected(new_page, *LOST)


def test_a_lost_connection_keeps_two_ticks_and_an_item_that_was_typed(on_roadmap: Page, new_page: Pages) -> None:
    ids = [f"#{found.get_attribute('id')}" for found in on_roadmap.locator("#panel .tick").all()[:2]]
    items = on_roadmap.locator("#panel .item")
    before = items.count()
    on_roadmap.context.set_offline(True)
    for name in ids:
        on_roadmap.click(name)
    on_roadmap.fill("#add-item-text", "Typed on the train")
    on_roadmap.press("#add-item-text", "Enter")
    expect(on_roadmap.locator("#connection-lost")).to_be_visible()
    on_roadmap.context.set_offline(False)
    expect(on_roadmap.locator("#connection-lost")).to_be_hidden()
    # An answer whose control another answer has replaced asks for the whole page: not even then is anything missing.
    expect(on_roadmap.locator("#panel .item-done")).to_have_count(2)
    expect(items).to_have_count(before + 1)
    again = on_roadmap.context.new_page()
    again.goto(path_of(on_roadmap))
    expect(again.locator("#panel .item-done")).to_have_count(2)
    expect(again.locator("#panel .item", has_text="Typed on the train")).to_have_count(1)
    expect(again.locator("#panel .item")).to_have_count(before + 1)
    expected(new_page, *LOST)


def test_an_item_whose_answer_was_lost_is_sent_again_and_stands_there_once(on_roadmap: Page, new_page: Pages) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    on_roadmap.route("**/items/add/", lose_the_answer, times=1)
    on_roadmap.fill("#add-item-text", "Typed on the train")
    on_roadmap.press("#add-item-text", "Enter")
    expect(on_roadmap.locator("#connection-lost")).to_be_visible()
    expect(on_roadmap.locator("#connection-lost")).to_be_hidden()
    expect(on_roadmap.locator("#panel .item", has_text="Typed on the train")).to_have_count(1)
    on_roadmap.reload()
    expect(on_roadmap.locator("#panel .item", has_text="Typed on the train")).to_have_count(1)
    expected(new_page, "ERR_FAILED", *LOST[1:])


def test_an_answer_that_finds_its_control_gone_shows_the_page_anew(on_roadmap: Page) -> None:
    held: list[Route] = []
    on_roadmap.route("**/done/", lambda route: held.append(route))
    items = on_roadmap.locator("#panel .item")
    before = items.count()
    first_tick(on_roadmap).click()
    on_roadmap.fill("#add-item-text", "Typed while the tick was under way")
    on_roadmap.press("#add-item-text", "Enter")
    expect(items).to_have_count(before + 1)
    with on_roadmap.expect_navigation():
        held[0].continue_()
    expect(on_roadmap.locator("#panel .item-done")).to_have_count(1)
    expect(items).to_have_count(before + 1)


def sign_in_again(page: Page, email: str) -> None:
    page.wait_for_url("**/accounts/login/**")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")


@pytest.mark.parametrize("gone", ["the session", "all cookies"])
def test_a_tick_after_the_session_ended_leads_to_signing_in_and_back(page: Page, gone: str) -> None:
    email = sign_up(page)
    make_roadmap(page)
    open_stop(page, 4)
    url = page.url
    if gone == "the session":
        page.context.clear_cookies(name="session")
    else:
        page.context.clear_cookies()
    first_tick(page).click()
    sign_in_again(page, email)
    page.wait_for_url(url)
    tick(page)
    assert progress(page)[1] == 1


def test_a_tick_after_signing_in_anew_in_another_window_is_not_lost_silently(page: Page, new_page: Pages) -> None:
    email = sign_up(page)
    make_roadmap(page)
    other = page.context.new_page()
    page.context.clear_cookies(name="session")
    other.goto("/accounts/login/")
    other.fill("#id_login", email)
    other.fill("#id_password", PASSWORD)
    other.press("#id_password", "Enter")
    other.wait_for_url(ROADMAP)
    control = first_tick(page)
    control.click()
    expect(page.locator("#request-failed")).to_be_visible()
    page.reload()
    control.click()
    expect(control).to_have_attribute("aria-checked", "true")
    expected(new_page, "Error Code 403")


@pytest.mark.parametrize(("gone", "javascript"), [("the session", True), ("all cookies", False)])
def test_a_note_that_was_typed_survives_signing_in_again(new_page: Pages, gone: str, *, javascript: bool) -> None:
    page = new_page(language="ko", javascript=javascript)
    email = sign_up(page)
    make_roadmap(page)
    page.locator("#panel a[href$='/notes/']").click()
    page.fill("[name=text]", "길게 쓴 메모")
    if gone == "the session":
        page.context.clear_cookies(name="session")
    else:
        page.context.clear_cookies()
    page.locator("main form button.act").click()
    sign_in_again(page, email)
    expect(page.locator("[name=text]")).to_have_value("길게 쓴 메모")
    expect(page.locator(".message")).to_contain_text("아직 저장되지 않았어요")
    page.locator("main form button.act").click()
    expect(page.locator("#panel .notes")).to_have_text("길게 쓴 메모")


@pytest.mark.parametrize("field", ["#panel .item-editing [name=text]", "#add-item-text"], ids=["an item", "a new item"])
def test_what_was_typed_into_the_panel_survives_signing_in_anew_in_another_window(page: Page, field: str) -> None:
    email = sign_up(page)
    make_roadmap(page)
    page.locator("#panel .item-edit").first.click()
    expect(page.locator("#panel .item-editing [name=text]")).to_be_focused()
    page.fill(field, "Typed before")
    other = page.context.new_page()
    page.context.clear_cookies(name="session")
    other.goto("/accounts/login/")
    sign_in_again(other, email)
    other.wait_for_url(ROADMAP)
    page.press(field, "Enter")
    expect(page.locator(".message")).to_contain_text("not saved yet")
    expect(page.locator("main [name=text]")).to_have_value("Typed before")
    page.press("main [name=text]", "Enter")
    expect(page.locator("#panel .item", has_text="Typed before")).to_be_visible()


def test_a_form_that_comes_late_leaves_the_focus_to_who_writes_elsewhere(on_roadmap: Page) -> None:
    late: list[Route] = []
    on_roadmap.route("**/edit/", lambda route: late.append(route))
    with on_roadmap.expect_request("**/edit/"):
        on_roadmap.locator("#panel .item-edit").first.click()
    on_roadmap.locator("#add-item-text").press_sequentially("Read one")
    late[0].continue_()
    on_roadmap.locator("#panel .item-editing").wait_for()
    settled(on_roadmap)
    on_roadmap.keyboard.type(" paper")
    expect(on_roadmap.locator("#add-item-text")).to_have_value("Read one paper")


def test_two_windows_tick_and_rename_without_losing_either(on_roadmap: Page) -> None:
    other = on_roadmap.context.new_page()
    other.goto(path_of(on_roadmap))
    control = first_tick(on_roadmap)
    row = f"#item-{(control.get_attribute('id') or '').removeprefix('tick-')}"
    other.locator(f"{row} .item-edit").click()
    other.fill(f"{row} input[name=text]", "Renamed in the other window")
    control.click()
    expect(control).to_have_attribute("aria-checked", "true")
    other.press(f"{row} input[name=text]", "Enter")
    expect(other.locator(f"{row} .tick")).to_have_text("Renamed in the other window")
    on_roadmap.reload()
    expect(control).to_have_attribute("aria-checked", "true")
    expect(control).to_have_text("Renamed in the other window")


def test_an_edit_against_an_edit_shows_both_texts_and_saves_what_is_decided(on_roadmap: Page) -> None:
    row = f"#{on_roadmap.locator('#panel .item').first.get_attribute('id')}"
    other = on_roadmap.context.new_page()
    other.goto(path_of(on_roadmap))
    for page in (on_roadmap, other):
        page.locator(f"{row} .item-edit").click()
        page.locator(f"{row} input[name=text]").wait_for()
    on_roadmap.fill(f"{row} input[name=text]", "Written here")
    on_roadmap.press(f"{row} input[name=text]", "Enter")
    expect(on_roadmap.locator(f"{row} .tick")).to_have_text("Written here")
    other.fill(f"{row} input[name=text]", "Written there")
    other.press(f"{row} input[name=text]", "Enter")
    expect(other.locator("blockquote")).to_have_text("Written here")
    expect(other.locator("[name=text]")).to_have_value("Written there")
    expect(other.locator("main h1")).to_have_count(1)
    other.locator("main form button.act").click()
    expect(other.locator(f"{row} .tick")).to_have_text("Written there")
