"""Every page of the main road in a real browser: read aloud, on a phone, in both languages and themes; its weight."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser import Pages, Server, axe
from tests.steps import become, first_tick, make_roadmap, share, somebody_new, tick
from tests.visitor import WISH, Visitor

pytestmark = pytest.mark.browser

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
KIB = 1024
LONG_TITLE = "Reproduce one table of one paper " * 3 + "and say honestly how."
UNBROKEN = "https://example.org/" + "a-very-long-path-without-a-single-space/" * 5


@dataclass(frozen=True)
class Road:
    """A person in one language with a roadmap that was lived with: ticked, noted on, long, shared."""

    person: Visitor
    pages: dict[str, str]

    @property
    def roadmap(self) -> str:
        """The path of the roadmap."""
        return self.pages["roadmap"]


TOO_LATE = urlencode({**WISH, "hours_per_week": "3", "deadline_on": "2026-02-01"})
PUBLIC = {
    "front": "/",
    "sign-up": "/accounts/signup/",
    "sign-in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "new roadmap": "/roadmaps/new/",
    "new roadmap, refused": "/roadmaps/new/?situation=high-school&hours_per_week=0&starts_on=nonsense",
    "new roadmap, too late": f"/roadmaps/new/?{TOO_LATE}",
    "example": "/example/",
    "roles": "/roles/",
    "role": "/roles/applied-researcher/",
    "competencies": "/competencies/",
    "competency": "/competencies/mathematics/",
    "activities": "/activities/",
    "activity": "/activities/kaggle/",
    "template": "/milestones/kaggle-first/",
    "classes": "/classes/",
    "sources": "/sources/",
    "changes": "/content/changes/",
    "not found": "/nowhere/",
}
OWN = (
    "roadmap",
    "milestone",
    "skipped milestone",
    "item",
    "add an item",
    "add a milestone",
    "rename",
    "notes",
    "archive",
    "delete",
    "share",
    "preview",
    "list",
    "preferences",
    "new, signed in",
)
SHARED = ("mentor", "revoked link")


def _live_with_it(page: Page) -> dict[str, str]:
    roadmap = make_roadmap(page, 2, 5, 2, 1)
    tick(page, 3)
    page.locator("#undo-button").wait_for()
    page.goto(f"{roadmap}milestones/add/")
    page.fill("[name=title]", LONG_TITLE)
    page.fill("[name=items]", "\n".join([UNBROKEN, *(f"Item {number} of many" for number in range(39))]))
    page.locator("main form button.act").click()
    expect(page.locator("#panel-title")).to_have_text(LONG_TITLE)
    own = urlsplit(page.url).path
    tick(page)
    item = page.locator("#panel .item-edit").first.get_attribute("href") or ""
    notes = page.locator("#panel a[href$='/notes/']").get_attribute("href") or ""
    add_item = page.locator("#add-item").get_attribute("action") or ""
    rename = page.locator("#panel a.button[href$='/edit/']").get_attribute("href") or ""
    page.goto(notes)
    page.fill("[name=text]", f"# A note\n\n- one\n- {UNBROKEN}\n\n`{'x' * 200}`\n\n```\n{'y' * 200}\n```")
    page.locator("main form button.act").click()
    page.goto(roadmap)
    page.locator("#route .stop > a").nth(5).click()
    page.locator("[id^=skip-]").click()
    expect(page.locator("#panel [name=skipped]")).to_have_value("off")
    skipped = urlsplit(page.url).path
    gone = urlsplit(share(page, roadmap, label="Somebody else", name="Hana")).path
    page.locator("[id^=revoke-]").click()
    mentor = urlsplit(share(page, roadmap, label="Professor Kim", name="Hana")).path
    preview = page.locator("a[href$='/preview/']").first.get_attribute("href") or ""
    return {
        "roadmap": roadmap,
        "milestone": own,
        "skipped milestone": skipped,
        "item": item,
        "add an item": add_item,
        "add a milestone": f"{roadmap}milestones/add/",
        "rename": rename,
        "notes": notes,
        "archive": f"{roadmap}archive/",
        "delete": f"{roadmap}delete/",
        "share": f"{roadmap}share/",
        "preview": preview,
        "list": "/roadmaps/",
        "preferences": "/accounts/preferences/",
        "new, signed in": "/roadmaps/new/",
        "mentor": mentor,
        "revoked link": gone,
    }


class Roads(dict[Language, Road]):
    """A person for each language that is asked for; each reads a roadmap of their own."""

    def __init__(self, browser: Browser, server: Server) -> None:
        super().__init__()
        self._browser = browser
        self._server = server

    def __missing__(self, language: Language) -> Road:
        person = somebody_new(self._server, language)
        context = self._browser.new_context(base_url=self._server.url)
        page = context.new_page()
        become(page, person)
        self[language] = Road(person, _live_with_it(page))
        context.close()
        return self[language]


@pytest.fixture(scope="module")
def roads(browser: Browser, server: Server) -> Roads:
    """The people of both languages, made when they are needed."""
    return Roads(browser, server)


def _addresses(road: Road, where: str) -> Iterator[tuple[str, str]]:
    """The names and addresses of what anybody may open, or of what its owner may."""
    if where == "own":
        yield from ((name, road.pages[name]) for name in OWN)
        return
    yield from PUBLIC.items()
    yield from ((name, road.pages[name]) for name in SHARED)


def _check_each(
    new_page: Pages,
    road: Road,
    language: Language,
    where: str,
    *checks: tuple[int, Callable[[Page], None]],
    dark: bool = False,
) -> None:
    """Open every page and check it at each width; tell of all that fail, not of the first."""
    page = new_page(language=language, dark=dark)
    wrong = []
    if where == "own":
        become(page, road.person)
    for name, address in _addresses(road, where):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == (404 if name in {"not found", "revoked link"} else 200), name
        for width, check in checks:
            page.set_viewport_size({"width": width, "height": 900})
            try:
                check(page)
            except AssertionError as error:
                wrong.append(f"{name} at {width} px: {error}")
        wrong.extend(f"{name}: {problem}" for problem in new_page.problems)
        new_page.problems.clear()
    assert not wrong, "\n".join(wrong)


def _fits(page: Page) -> None:
    wide, sticking_out = page.evaluate(
        """() => [
            document.documentElement.scrollWidth - innerWidth,
            [...document.querySelectorAll('body *')]
                .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 5).map((element) => element.outerHTML.slice(0, 160)),
        ]"""
    )
    assert wide <= 0, f"{wide} px too wide: {sticking_out}"


def _can_be_pressed(page: Page) -> None:
    """At least 24 by 24 px, but for links within a text (WCAG 2.2, 2.5.8)."""
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, .button, nav a')]
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([element, box]) => box.width && (box.height < 24 || box.width < 24))
            .filter(([element]) => !element.closest('label') && !element.closest('.visually-hidden')
                && !(element.labels && element.labels.length && element.matches('[type=radio], [type=checkbox]')))
            .map(([element, box]) => `${box.width}x${box.height} ${element.outerHTML.slice(0, 120)}`)"""
    )
    assert not small, small


def _one_heading_and_a_title(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert page.title()


# Every page


# 1280 pixels at 400 % are 320 pixels of the page.
SIZES = ((1280, _fits), (1280, _can_be_pressed), (360, _fits), (360, _can_be_pressed), (320, _fits))


@pytest.mark.parametrize("where", ["public", "own"])
@pytest.mark.parametrize(("language", "width", "dark"), [("ko", 360, False), ("en", 1280, True)])
def test_every_page_is_read_without_a_barrier_fits_every_screen_and_can_be_pressed(
    new_page: Pages, roads: Roads, language: Language, width: int, where: str, *, dark: bool
) -> None:
    checks = (width, axe), (width, _one_heading_and_a_title), *SIZES
    _check_each(new_page, roads[language], language, where, *checks, dark=dark)


@pytest.mark.parametrize("width", [360, 1280])
def test_menus_and_editing_in_place_keep_to_the_page(new_page: Pages, roads: Roads, width: int) -> None:
    # An open menu, and the undo that stays in sight, cover a part of what one would have to scroll to press.
    covered = ["target-size"]
    page = new_page(language="ko", width=width)
    become(page, roads["ko"].person)
    page.goto(roads["ko"].pages["milestone"])
    page.locator(".more > summary").click()
    _fits(page)
    axe(page, without=covered)
    page.locator("#panel .item-edit").first.click()
    page.locator("#panel .item-editing").wait_for()
    _fits(page)
    axe(page, without=covered)
    page.goto(roads["ko"].pages["share"])
    for summary in page.locator("summary").all():
        summary.click()
    _fits(page)
    axe(page)


# A lot of data


@pytest.fixture(scope="module")
def crowded(browser: Browser, server: Server) -> Road:
    """A roadmap with more than 300 items, its title 120 characters long."""
    person = somebody_new(server)
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    become(page, person)
    roadmap = make_roadmap(page, 2, 5, 2, 1)
    page.goto(f"{roadmap}edit/")
    page.fill("[name=text]", LONG_TITLE)
    page.locator("main form button.act").click()
    milestone = ""
    for number in range(4):
        page.goto(f"{roadmap}milestones/add/")
        page.fill("[name=title]", f"{number} {LONG_TITLE}"[:120])
        page.fill("[name=items]", "\n".join([UNBROKEN] * 40))
        page.locator("main form button.act").click()
        milestone = urlsplit(page.url).path
    mentor = urlsplit(share(page, roadmap, label=LONG_TITLE[:80], name="W" * 80)).path
    pages = {"roadmap": roadmap, "milestone": milestone, "mentor": mentor, "share": f"{roadmap}share/"}
    context.close()
    return Road(person, pages)


@pytest.mark.parametrize("width", [360, 1280])
def test_300_items_and_a_title_of_120_characters_keep_to_the_page(new_page: Pages, crowded: Road, width: int) -> None:
    assert len(LONG_TITLE) == 120
    page = new_page(width=width)
    become(page, crowded.person)
    for name, address in [*crowded.pages.items(), ("list", "/roadmaps/"), ("delete", f"{crowded.roadmap}delete/")]:
        page.goto(address)
        if name == "mentor":
            assert page.locator(".items-read .item").count() >= 300
        _fits(page)
        if width == 360:
            # Colours do not depend on how much there is, and take the longest to look at.
            axe(page, without=["color-contrast"])


# What a visit weighs


def _bytes_of(answer: Response) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


FIRST = ("/", "/example/", "/roadmaps/new/", "/competencies/mathematics/", "/guide/", "/resources/", "/map/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_weighs_at_most_60_kb(new_page: Pages, language: Language) -> None:
    visits = {address: _first_visit(new_page(language=language), address) for address in FIRST}
    for address, (page, answers) in visits.items():
        page.wait_for_load_state("networkidle")
        weights = {answer.url: _bytes_of(answer) for answer in answers}
        assert 0 < sum(weights.values()) <= 60 * KIB, (address, weights)
        kinds = {answer.headers.get("content-type", "").split(";")[0] for answer in answers}
        assert kinds <= {"text/html", "text/css", "text/javascript", "image/svg+xml"}, address


def _first_visit(page: Page, address: str) -> tuple[Page, list[Response]]:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    return page, answers


def test_static_files_are_compressed_and_kept_for_a_year(page: Page) -> None:
    with page.expect_response(re.compile(r"\.css$")) as found:
        page.goto("/")
    assert found.value.headers["content-encoding"] in {"gzip", "br", "zstd"}
    assert "immutable" in found.value.headers["cache-control"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_to_a_tick_weighs_at_most_2_kb(new_page: Pages, roads: Roads, language: Language) -> None:
    page = new_page(language=language)
    become(page, roads[language].person)
    page.goto(roads[language].roadmap)
    control = first_tick(page)
    with page.expect_response(re.compile(r"/done/$")) as found:
        control.click()
    answer = found.value
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert _bytes_of(answer) <= 2 * KIB
    assert len(gzip.compress(answer.body())) <= 2 * KIB
    expect(control).to_have_attribute("aria-checked", "true")


def test_a_page_that_did_not_change_is_not_sent_again(roads: Roads) -> None:
    person, address = roads["en"].person, roads["en"].roadmap
    first = person.get(address)
    assert first.text
    again = person.get(address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.text) == (304, "")
