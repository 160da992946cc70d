"""A visitor finds out where they stand in a real browser, and leaves with a roadmap."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests import PASSWORD
from tests.assessments.questions import counted
from tests.browser import Pages, Server, axe, sign_up
from tests.steps import ROADMAP, fill_sign_up, new_email, settled, shown_mix
from tests.visitor import Visitor

pytestmark = pytest.mark.browser


def answer(page: Page, number: int, *, keyboard: bool = False) -> None:
    """Give the answer in that place, counted from 0, and wait for the next question."""
    before = page.url
    if keyboard:
        page.keyboard.press(str(number + 1))
    else:
        page.locator("[data-answers] button").nth(number).click()
    page.wait_for_url(lambda url: url != before)
    expect(page.locator("#question")).to_be_visible()


def answer_all(page: Page, *, keyboard: bool = False) -> int:
    """Answer every question of the conversation, and say how many there were."""
    asked = 0
    while "/ask/" in page.url:
        answer(page, asked % page.locator("[data-answers] button").count() % 4, keyboard=keyboard)
        asked += 1
    return asked


def answer_whole(page: Page, number: int = 1) -> None:
    """Choose the answer in that place, counted from 0, for every question of the whole page but the skills."""
    for fieldset in page.locator("form > section > div > fieldset").all():
        fieldset.locator("input[type=radio]").nth(number).check()


def mix_of_result(page: Page) -> list[str]:
    return ["".join(text.split()) for text in page.locator(".result-body .mix-part").all_inner_texts()]


def leave_with_a_roadmap(page: Page, language: str) -> None:
    """From the result through signing up to the roadmap: what the result says is what the roadmap is for."""
    expect(page.locator("#standing")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    mix = mix_of_result(page)
    assert sum(int(part[1:]) for part in mix) == 10
    result = page.url
    expect(page.locator(".gaps > li")).to_have_count(3)
    page.click("#make-roadmap")
    page.wait_for_url("**/accounts/signup/**")
    fill_sign_up(page, new_email())
    page.wait_for_url(ROADMAP)
    assert shown_mix(page) == mix
    page.goto(result)
    expect(page.locator("#standing")).to_be_visible()
    assert mix_of_result(page) == mix


def test_a_visitor_answers_by_keyboard_in_korean_and_leaves_with_a_roadmap(new_page: Pages) -> None:
    page = new_page(language="ko", width=360)
    page.goto("/")
    page.locator("main a[href='/assessment/']").click()
    page.click("#begin")
    asked = answer_all(page, keyboard=True)
    assert 17 <= asked <= 20
    page.click("#show-result")
    expect(page.locator("#standing")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    leave_with_a_roadmap(page, "ko")


def test_without_a_script_a_few_answers_and_then_the_whole_page_lead_there_too(new_page: Pages) -> None:
    page = new_page(language="en", javascript=False, width=360)
    page.goto("/assessment/")
    page.click("#begin")
    for number in range(3):
        answer(page, number)
    page.goto("/assessment/whole/")
    assert page.locator("input[type=radio]:checked").count() == 3
    answer_whole(page)
    page.click("#show-result")
    leave_with_a_roadmap(page, "en")


def test_one_goes_back_and_forth_and_leaves_out_what_one_does_not_know(page: Page) -> None:
    page.goto("/assessment/")
    page.click("#begin")
    answer(page, 1)
    second = page.url
    answer(page, 2)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(second)
    expect(page.locator("#question [aria-pressed=true]")).to_have_count(1)
    expect(page.locator("[data-answers] li:nth-child(3) [aria-pressed=true]")).to_be_visible()
    page.click("#skip")
    page.wait_for_url(lambda url: url != second)
    assert counted(page.content())[0] == 2


def test_answers_of_many_windows_at_once_begin_one_assessment_and_lose_nothing(server: Server, page: Page) -> None:
    email = sign_up(page)
    person = Visitor(server)
    person.get("/accounts/login/")
    person.post("/accounts/login/", {"login": email, "password": PASSWORD})
    keys = (
        "mathematics",
        "computing",
        "rate-english-aloud",
        "deep-learning",
        "tools",
        "domain",
        "problem-solving",
        "curiosity",
    )
    with ThreadPoolExecutor(len(keys)) as windows:
        sent = [windows.submit(person.post, f"/assessment/ask/rating/{key}/", {"answer": "2"}) for key in keys]
    assert {each.result().status for each in sent} == {302}
    page.goto("/assessment/")
    assert counted(page.content())[0] == len(keys)


def test_each_question_is_announced_and_gets_the_focus(page: Page) -> None:
    page.goto("/assessment/")
    page.click("#begin")
    answer(page, 0)
    heading = page.inner_text("#question-text")
    expect(page.locator("#announcer")).to_have_text(heading)
    expect(page.locator("#question-text")).to_be_focused()
    assert heading in page.title()


def test_keys_are_left_alone_by_whoever_switched_them_off(page: Page) -> None:
    page.goto("/assessment/")
    page.click("#begin")
    page.evaluate("localStorage.setItem('waymark-single-keys', 'off')")
    before = page.url
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    assert counted(page.content())[0] == 0
    assert page.url == before


def test_another_target_moves_the_page_and_the_roadmap_follows_it(page: Page) -> None:
    sign_up(page)
    page.goto("/assessment/whole/")
    answer_whole(page)
    page.click("#show-result")
    expect(page.locator("#standing")).to_be_visible()
    page.check("#class-1")
    expect(page.locator("#class-1")).to_be_focused()
    expect(page.locator("#gaps-title + p")).to_contain_text("class 1")
    parts = int(page.locator("#aim [name=mix_engineer]").input_value())
    page.click("#more-engineer")
    expect(page.locator("#aim [name=mix_engineer]")).to_have_value(str(parts + 1))
    expect(page.locator("#more-engineer")).to_be_focused()
    page.uncheck("#show-target")
    expect(page.locator("svg .radar-target")).to_have_count(0)
    expect(page.locator("#aim [name=mix_engineer]")).to_have_value(str(parts + 1))
    page.click("#make-roadmap")
    page.wait_for_url(ROADMAP)
    assert f"E{parts + 1}" in shown_mix(page)
    expect(page.locator(".roadmap-head")).to_contain_text(re.compile("Class 1"))


@pytest.mark.parametrize(("language", "dark"), [("ko", False), ("en", True)], ids=["ko-light", "en-dark"])
def test_axe_finds_nothing_on_the_assessments_pages(
    new_page: Pages, language: Literal["ko", "en"], *, dark: bool
) -> None:
    page = new_page(language=language, dark=dark, width=360)
    sign_up(page)
    for path in ("/assessment/", "/assessment/ask/rating/mathematics/", "/assessment/ask/skill/linear-algebra/"):
        page.goto(path)
        axe(page)
    page.goto("/assessment/ask/choice/free-saturday/")
    answer(page, 2)
    page.goto("/assessment/finish/")
    axe(page)
    for number in (1, 2):
        page.goto("/assessment/whole/")
        answer_whole(page, number)
        if number == 1:
            axe(page)
        page.click("#show-result")
        expect(page.locator("#standing")).to_be_visible()
    for each in page.locator("#standing details > summary").all():
        each.click()
    page.check("#show-evidence")
    expect(page.locator("svg .radar-evidence")).to_have_count(1)
    settled(page)
    page.locator("#with").select_option(index=1)
    expect(page.locator("svg .radar-earlier").first).to_be_visible()
    axe(page)
    for path in ("/assessment/history/", "/assessment/levels/", "/assessment/"):
        page.goto(path)
        axe(page)
