"""The whole way of a person in a real browser: look, plan, sign up, tick, share, revoke."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests import PASSWORD
from tests.browser import Pages, sign_up
from tests.steps import ROADMAP, fill_sign_up, new_email, path_of, progress, set_mix, share, shown_mix, tick

pytestmark = pytest.mark.browser

MIX = (2, 5, 2, 1)
SAID_MIX = ["R2", "A5", "E2", "D1"]

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
