"""Somebody's new roadmap in a real browser, with JavaScript and without."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser import Pages, Server
from tests.steps import become, somebody_new
from tests.visitor import Visitor


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
