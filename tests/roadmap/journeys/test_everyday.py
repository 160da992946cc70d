"""Living with a roadmap in a real browser: tick, skip, write, undo, and keep the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.steps import first_tick, path_of, progress, settled, tick

pytestmark = pytest.mark.browser


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
