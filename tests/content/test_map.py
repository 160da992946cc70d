"""The map of the field: where everything stands, and what a reader meets with and without JavaScript."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Literal

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from content.catalogue import catalogue_of
from content.field_map import LANE, NAMES, RADIUS, WIDTH, FieldMap, field_map
from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.reading import read_pack
from tests.browser import Pages, axe
from tests.conftest import PACK
from tests.packs import BAKING

pytestmark = pytest.mark.once


@lru_cache(maxsize=2)
def content_of(folder: Path) -> PackContent:
    return read_pack(folder)


def drawn(
    folder: Path = PACK, milestones: Callable[[Sequence[fmt.Milestone]], Sequence[fmt.Milestone]] = list
) -> FieldMap:
    """The map of a pack; `milestones` may turn their order or leave some out."""
    catalogue = catalogue_of(content_of(folder))
    return field_map(
        catalogue.current(fmt.Group),
        catalogue.current(fmt.Competency),
        catalogue.current(fmt.Skill),
        catalogue.current(fmt.Phase),
        milestones(catalogue.current(fmt.Milestone)),
    )


@lru_cache(maxsize=1)
def field() -> FieldMap:
    return drawn()


# Where everything stands


def test_every_milestone_stands_on_the_map_once() -> None:
    milestones = {entry.id for entry in content_of(PACK).of(fmt.Milestone) if not entry.retired}
    marked = [mark.milestone.id for mark in field().waymarks]
    assert len(marked) >= 120
    assert (len(marked), set(marked)) == (len(milestones), milestones)
    assert [mark.number for mark in field().waymarks] == list(range(len(marked)))


def test_a_milestone_stands_right_of_everything_it_needs() -> None:
    placed = {mark.milestone.id: mark for mark in field().waymarks}
    wrong = [
        (key, mark.milestone.id)
        for mark in placed.values()
        for key in mark.milestone.requires
        if placed[key].x + 2 * RADIUS > mark.x
    ]
    assert wrong == []
    assert len(field().paths) == sum(len(mark.milestone.requires) for mark in placed.values()) > 150


def test_a_milestone_stands_in_its_phase_and_on_a_skill_that_it_raises() -> None:
    edges = [*(stretch.x for stretch in field().stretches), WIDTH]
    phases = [stretch.phase.id for stretch in field().stretches]
    for group in field().groups:
        for band in group.bands:
            skills = {lane.y: lane.skill.id for lane in band.lanes}
            for mark in band.waymarks:
                place = phases.index(mark.milestone.phase)
                assert edges[place] < mark.x < edges[place + 1]
                assert all(band.y < y < band.y + band.height for y in (mark.y, *mark.tied))
                own = [key for key in mark.milestone.raises if key in skills.values()]
                assert [skills[y] for y in (mark.y, *mark.tied)] == own or not own


def test_waymarks_leave_each_other_room_for_a_finger() -> None:
    for group in field().groups:
        for band in group.bands:
            for one, other in combinations(band.waymarks, 2):
                apart = min(abs(a - b) for a in (one.y, *one.tied) for b in (other.y, *other.tied))
                assert abs(one.x - other.x) >= 24 or apart >= 24
                if abs(one.x - other.x) < 24:  # What ties a milestone to another lane runs over nobody.
                    spans = sorted(sorted((each.y, *each.tied)) for each in (one, other))
                    assert spans[0][-1] < spans[1][0]
            assert all(after.y - before.y >= 24 for before, after in pairwise(band.lanes))
    assert LANE >= 24


def test_bands_do_not_touch_and_all_fits_the_drawing() -> None:
    bands = [band for group in field().groups for band in group.bands]
    assert len(bands) == 9
    assert sum(len(band.lanes) for band in bands) == 36
    assert all(before.y + before.height < after.y for before, after in pairwise(bands))
    assert bands[-1].y + bands[-1].height <= field().height
    assert all(mark.x - RADIUS > NAMES and mark.x + RADIUS < WIDTH for mark in field().waymarks)


def test_a_small_field_and_an_empty_one_can_be_drawn() -> None:
    small = drawn(BAKING)
    named = {entry.id for entry in content_of(BAKING).of(fmt.Milestone)}
    assert {mark.milestone.id for mark in small.waymarks} == named
    empty = drawn(BAKING, lambda _: [])
    assert (empty.waymarks, empty.paths) == ([], ())


def test_the_order_of_the_files_does_not_move_what_needs_what() -> None:
    placed = {mark.milestone.id: mark for mark in drawn(PACK, lambda found: found[::-1]).waymarks}
    assert len(placed) == len(field().waymarks)
    assert all(placed[key].x < mark.x for mark in placed.values() for key in mark.milestone.requires)


# The page


@pytest.mark.django_db
def test_the_map_is_links_and_says_the_same_as_a_list() -> None:
    page = Client().get("/en/map/").content.decode()
    drawing, rest = page[page.index("<svg id=") : page.index("</svg>", page.index("<svg id="))], page
    rest = page[page.index('id="as-a-list"') :]
    in_drawing = re.findall(r'<a href="(/en/milestones/[^"]+)"', drawing)
    in_list = re.findall(r'<li><a href="(/en/milestones/[^"]+)"', rest)
    assert in_drawing == in_list
    assert len(in_drawing) == len(field().waymarks)
    assert drawing.count("<title") == len(in_drawing) + 1
    assert 'role="group" aria-labelledby="map-title" aria-describedby="map-desc"' in drawing
    needs = re.findall(r'<p class="meta"><b>Needs</b>(.*?)</p>', rest)
    assert sum(line.count("<a ") for line in needs) == len(field().paths)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_first_visit_of_the_map_weighs_little(language: str) -> None:
    html = Client().get(f"/{language}/map/").content
    assert b" style=" not in html
    names = re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', html.decode())
    assert len(names) >= 4
    weight = len(gzip.compress(html))
    for name in names:
        path = finders.find(name)
        assert isinstance(path, str)
        weight += len(gzip.compress(Path(path).read_bytes()))
    assert weight < 60 * 1024


@pytest.mark.django_db
def test_the_map_costs_one_query_and_is_not_sent_twice() -> None:
    client = Client()
    client.get("/en/map/")  # It brings the cookie that forms are sent with.
    first = client.get("/en/map/")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/en/map/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, len(queries)) == (304, 1)


@pytest.mark.django_db
def test_the_map_is_found_from_the_competencies_and_from_every_page() -> None:
    assert '<a href="/en/map/">See all of it as a map</a>' in Client().get("/en/competencies/").content.decode()
    assert 'href="/ko/map/"' in Client().get("/ko/roles/").content.decode()


# In a browser


def active(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.getAttribute('href') || ''")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_the_arrow_keys_walk_the_map_and_the_panel_tells_what_a_milestone_needs_and_opens(
    new_page: Pages, dark: bool
) -> None:
    page = new_page(dark=dark)
    page.goto("/en/map/")
    axe(page)
    marks = page.locator(".map-marks a")
    expect(page.locator(".map-marks a[tabindex='0']")).to_have_count(1)
    page.get_by_role("link", name="The same as a list").focus()
    page.keyboard.press("Tab")
    first = active(page)
    assert first == marks.first.get_attribute("href")
    page.keyboard.press("ArrowRight")
    second = active(page)
    assert second == marks.nth(1).get_attribute("href")
    page.keyboard.press("ArrowLeft")
    assert active(page) == first
    page.keyboard.press("ArrowDown")
    assert active(page) not in {first, second}
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert active(page) not in {first, second}

    marks.and_(page.locator("[href$='/paper-three-passes/']")).focus()
    panel = page.locator("#map-panel")
    expect(panel).to_contain_text("Six papers in three passes")
    expect(panel).to_contain_text("30 h")
    expect(panel.locator("p", has_text="Needs").get_by_role("link")).to_have_count(1)
    expect(panel.locator("p", has_text="Opens").get_by_role("link")).not_to_have_count(0)
    expect(page.locator(".map-marks .is-here")).to_have_count(1)
    # Itself, the glossary, and the Python that this needs.
    expect(page.locator(".map-marks .is-on-the-way")).to_have_count(3)
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/milestones/paper-three-passes/")


@pytest.mark.browser
def test_every_milestone_is_reached_by_the_arrow_keys(new_page: Pages) -> None:
    page = new_page()
    page.goto("/en/map/")
    page.locator(".map-marks a").first.focus()
    reached = set()
    for _ in range(9):
        page.keyboard.press("Home")
        before = ""
        while active(page) != before:
            before = active(page)
            reached.add(before)
            page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    assert len(reached) == page.locator(".map-marks a").count()


@pytest.mark.browser
def test_a_focused_waymark_is_not_hidden_by_the_panel(new_page: Pages) -> None:
    page = new_page()
    page.goto("/en/map/")
    page.locator(".map-marks a").first.focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        mark = page.locator(".map-marks .is-here text").bounding_box()
        panel = page.locator("#map-panel").bounding_box()
        assert mark
        assert panel
        assert mark["y"] + mark["height"] <= panel["y"] or mark["y"] >= panel["y"] + panel["height"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_the_map_is_read_as_a_list(new_page: Pages, language: Literal["ko", "en"]) -> None:
    page = new_page(language=language, width=360)
    page.goto(f"/{language}/map/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#map")).to_be_hidden()
    page.locator("summary").first.click()
    expect(page.locator("#as-a-list li a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)


@pytest.mark.browser
def test_without_javascript_the_waymarks_are_plain_links(new_page: Pages) -> None:
    page = new_page(javascript=False)
    page.goto("/en/map/")
    expect(page.locator("#map-panel")).to_be_hidden()
    expect(page.locator(".map-marks a[tabindex]")).to_have_count(0)
    page.locator(".map-marks a").first.click()
    page.wait_for_url("**/en/milestones/**")
