"""The guide, and two roles side by side: filtered by what stands in the address, by HTMX and without it."""

from __future__ import annotations

import re
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from content.addresses import address_of
from content.catalogue import Catalogue, current_catalogue
from content.pack import format as fmt
from content.prose import render_inline_code, render_markdown
from content.views.comparison import compared
from content.views.guide import fitting, related_to
from tests.browser import Pages, axe
from tests.conftest import PACK
from tests.packs import change, copy_of

pytestmark = pytest.mark.once

HTMX = {"HX-Request": "true"}
LANGUAGES: tuple[Literal["ko", "en"], ...] = ("ko", "en")
NEW = ("guide/", "guide/is-graduate-school-needed/", "guide/topics/hiring/", "roles/compare/", "resources/", "classes/")


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    """The catalogue."""
    return current_catalogue()


def page_of(response: Any) -> str:
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def address(name: str, language: str, *arguments: str) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)


def questions_on(page: str) -> list[str]:
    """The keys of the questions whose answers a page offers."""
    return re.findall(r'<h3><a href="/\w\w/guide/([\w-]+)/"', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_tells_every_question_with_its_short_answer(catalogue: Catalogue, language: str) -> None:
    page = page_of(Client().get(address("guide", language)))
    assert questions_on(page) == [each.id for each in by_topic(catalogue)]
    with translation.override(language):
        for each in catalogue.current(fmt.Question):
            assert render_inline_code(str(each.short)) in page, each.id
    assert page.count("<h1>") == 1


def by_topic(catalogue: Catalogue) -> list[fmt.Question]:
    every = catalogue.current(fmt.Question)
    return [each for topic in catalogue.current(fmt.Topic) for each in every if each.topic == topic.id]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_of_the_guide_combine(catalogue: Catalogue, language: str, headers: dict[str, str]) -> None:
    chosen = {"situation": "high-school", "goal": "employment", "competency": "mathematics"}
    counts = []
    for names in ([], ["situation"], ["situation", "goal"], ["situation", "goal", "competency"]):
        values = {name: chosen[name] for name in names}
        page = page_of(Client().get(address("guide", language), values, headers=headers))
        wanted = {each.id for each in fitting(catalogue, **{name: values.get(name, "") for name in chosen})}
        assert set(questions_on(page)) == wanted
        counts.append(len(wanted))
    assert counts[0] == len(catalogue.current(fmt.Question))
    assert all(more > fewer for more, fewer in pairwise(counts)), counts


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whoever_chooses_a_situation_and_a_goal_reads_the_advice_for_both(catalogue: Catalogue, language: str) -> None:
    situation, goal = catalogue.current(fmt.Situation)[0], catalogue.current(fmt.Goal)[0]
    chosen = Client().get(f"/{language}/guide/", {"situation": situation.id, "goal": goal.id}).content.decode()
    plain = Client().get(f"/{language}/guide/").content.decode()
    for entry in (situation, goal):
        first = getattr(entry.advice, language).split("\n\n")[0]
        said = re.sub(r"<[^>]+>", "", str(render_markdown(first))).strip()
        assert said in re.sub(r"<[^>]+>", "", chosen)
        assert said not in re.sub(r"<[^>]+>", "", plain)


def test_a_question_that_names_no_situation_is_for_every_one_but_a_competency_must_be_named(
    catalogue: Catalogue,
) -> None:
    every = catalogue.current(fmt.Question)
    assert any(not each.situations for each in every)
    found = fitting(catalogue, situation="high-school", goal="", competency="")
    assert {each.id for each in every if not each.situations} <= {each.id for each in found}
    about = fitting(catalogue, situation="", goal="", competency="english")
    assert about
    assert all("english" in each.competencies for each in about)


def test_htmx_gets_the_list_alone_with_the_count_to_announce_and_a_short_address(db: None) -> None:
    response = Client().get(address("guide", "en"), {"situation": "", "goal": "founding"}, headers=HTMX)
    page = page_of(response)
    assert page.strip().startswith('<div id="guide-found"')
    assert "<html" not in page
    assert re.search(r'data-announce="\d+ questions fit\."', page)
    assert response["HX-Push-Url"] == "/en/guide/?goal=founding"
    assert "HX-Request" in response["Vary"]


def test_going_back_gets_the_whole_page_and_not_the_part_that_the_browser_keeps(db: None) -> None:
    client, where = Client(), address("guide", "en")
    part = client.get(where, headers=HTMX)
    back = {**HTMX, "HX-History-Restore-Request": "true", "If-None-Match": part["ETag"]}
    assert "<html" in page_of(client.get(where, headers=back))


@pytest.mark.parametrize(
    "query", ["situation=nobody", "goal=<b>", "competency=%EA%B0%80", "situation[]=a", "goal=" + "a" * 3000, "x=y", "%"]
)
def test_a_filter_that_nobody_knows_filters_nothing(catalogue: Catalogue, query: str) -> None:
    page = page_of(Client().get(f"{address('guide', 'en')}?{query}"))
    assert len(questions_on(page)) == len(catalogue.current(fmt.Question))
    assert "<b>" not in page


def test_when_nothing_fits_the_page_says_which_filter_to_leave_out(catalogue: Catalogue, tmp_path: Path) -> None:
    chosen = {"situation": "high-school", "goal": "founding", "competency": "communication"}
    gone = fitting(catalogue, **chosen)
    less = copy_of(PACK, tmp_path / "less")
    for each in gone:
        change(less, catalogue.content.files["questions", each.id], f"{each.id}.retired", True)
    call_command("load_pack", less, stdout=StringIO())
    page = page_of(Client().get(address("guide", "en"), chosen))
    assert "No question fits all of that at once." in page
    ways = re.findall(r'<li><a href="([^"]+)">Leave out', page)
    assert ways
    for way in ways:
        assert questions_on(page_of(Client().get(way.replace("&amp;", "&"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_page_with_all_of_it(catalogue: Catalogue, language: str) -> None:
    client = Client()
    for each in catalogue.current(fmt.Question):
        page = page_of(client.get(address("question", language, each.id)))
        with translation.override(language):
            for entry in (
                *catalogue.named(fmt.Milestone, each.milestones),
                *catalogue.named(fmt.Role, each.roles),
                *catalogue.named(fmt.Competency, each.competencies),
                *catalogue.named(fmt.Situation, each.situations),
                *catalogue.named(fmt.Goal, each.goals),
                *related_to(each, catalogue),
            ):
                assert f'href="{address_of(entry)}"' in page, (each.id, entry.id)
        for milestone in each.milestones:
            assert f'href="/roadmaps/put/?milestone={milestone}"' in page
        assert (each.since_2018 is not None) == ("set-apart" in page), each.id
        assert page.count("<div><dt>") == len(each.views)


def test_the_questions_of_a_topic_lead_to_one_another(catalogue: Catalogue) -> None:
    for topic in catalogue.current(fmt.Topic):
        chapter = [each.id for each in catalogue.current(fmt.Question) if each.topic == topic.id]
        where: str | None = chapter[0]
        walked = []
        while where:
            walked.append(where)
            page = page_of(Client().get(address("question", "en", where)))
            after = re.search(r'href="/en/guide/([\w-]+)/" rel="next"', page)
            where = after[1] if after else None
        assert walked == chapter


def test_related_questions_have_something_in_common_and_are_others(catalogue: Catalogue) -> None:
    for each in catalogue.current(fmt.Question):
        related = related_to(each, catalogue)
        assert len(related) == 4
        assert each not in related


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_has_all_its_answers_on_one_page(catalogue: Catalogue, language: str) -> None:
    for topic in catalogue.current(fmt.Topic):
        page = page_of(Client().get(address("topic", language, topic.id)))
        chapter = [each.id for each in catalogue.current(fmt.Question) if each.topic == topic.id]
        assert re.findall(r'<article class="stack" id="([\w-]+)"', page) == chapter


@pytest.mark.parametrize("name", ["question", "topic"])
def test_a_question_that_nobody_asks_is_404(db: None, name: str) -> None:
    assert Client().get(address(name, "en", "nobody")).status_code == 404


# Roles


def test_any_two_roles_stand_side_by_side(catalogue: Catalogue) -> None:
    roles = catalogue.current(fmt.Role)
    for a in roles:
        for b in roles:
            page = page_of(Client().get(address("role-compare", "en"), {"a": a.id, "b": b.id}))
            if a == b:
                assert "Choose two different roles." in page
                continue
            for row in compared(catalogue, a, b):
                for one, other in row.levels:
                    assert f"{a.letter} {one} · {b.letter} {other}" in page
            assert page.count("<tr>") == 1 + len(catalogue.current(fmt.Competency))


def test_the_difference_is_said_in_words_in_the_direction_of_the_one_that_expects_more(catalogue: Catalogue) -> None:
    one, other = catalogue.get(fmt.Role, "engineer"), catalogue.get(fmt.Role, "domain-expert")
    with translation.override("en"):
        there, back = compared(catalogue, one, other), compared(catalogue, other, one)
    assert [row.words for row in there] == [row.words for row in back]
    assert any(row.largest for row in there)
    for row in there:
        a, b = max(row.levels, key=lambda pair: abs(pair[0] - pair[1]))
        expected = "the same" if a == b else f"{(one if a > b else other).name.en}: {abs(a - b)} level"
        assert row.words.startswith(expected)


@pytest.mark.parametrize("query", ["", "?a=nobody&b=%EA%B0%80", "?b=researcher", "?a=engineer"])
def test_a_role_that_is_not_chosen_is_chosen_for_one(db: None, query: str) -> None:
    response = Client().get(f"{address('role-compare', 'en')}{query}", headers=HTMX)
    page = page_of(response)
    assert page.strip().startswith('<div id="roles-compared"')
    assert "compare-table" in page
    assert re.fullmatch(r"/en/roles/compare/\?a=[\w-]+&b=[\w-]+", response["HX-Push-Url"])


def test_roles_lead_to_their_comparisons_and_to_a_plan(catalogue: Catalogue) -> None:
    for role in catalogue.current(fmt.Role):
        page = page_of(Client().get(address("role", "en", role.id)))
        others = [each.id for each in catalogue.current(fmt.Role) if each != role]
        for other in others:
            assert f'?a={role.id}&amp;b={other}"' in page
        assert f'href="/roadmaps/new/?role={role.id}"' in page
        plan = page_of(Client().get(reverse("roadmap-new"), {"role": role.id}))
        mix = {key: int(parts) for key, parts in re.findall(r'name="mix_([\w-]+)" value="(\d+)"', plan)}
        assert mix[role.id] == 6
        assert sum(mix.values()) == 10
        assert 'id="plan-preview"' in plan
        assert "errorlist" not in plan


def test_a_class_leads_on_to_the_next_and_to_a_plan(db: None) -> None:
    page = page_of(Client().get(address("classes", "en")))
    for number in (3, 2, 1):
        assert f'href="#class-{number}"' in page
        plan = page_of(Client().get(reverse("roadmap-new"), {"target_class": number}))
        assert re.search(rf'name="target_class" value="{number}"[^>]* checked', plan)
    assert page_of(Client().get(reverse("roadmap-new"), {"target_class": "9", "role": "nobody"}))


# All of them


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
def test_a_page_costs_a_signed_out_reader_two_queries_and_nothing_when_it_did_not_change(
    catalogue: Catalogue, path: str, headers: dict[str, str]
) -> None:
    where = f"/en/{path}".replace("is-graduate-school-needed", catalogue.current(fmt.Question)[0].id)
    client = Client()
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        first = client.get(where, headers=headers)
    assert first.status_code == 200
    assert len(asked) <= 2
    again = client.get(where, headers={**headers, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_sitemap_names_the_questions_and_the_lists(catalogue: Catalogue) -> None:
    text = page_of(Client().get(reverse("sitemap")))
    for path in (
        "guide/",
        "resources/",
        "roles/compare/",
        *(f"guide/{q.id}/" for q in catalogue.current(fmt.Question)),
    ):
        assert f"/ko/{path}</loc>" in text
        assert f"/en/{path}</loc>" in text


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize(("language", "dark"), [("ko", True), ("en", False)])
def test_the_new_pages_can_be_read_by_everybody(new_page: Pages, language: Literal["ko", "en"], dark: bool) -> None:
    page = new_page(language=language, dark=dark, width=360)
    page.goto(f"/{language}/guide/")
    question = page.locator(".entry h3 a").first.get_attribute("href") or ""
    for path in (*(f"/{language}/{path}" for path in NEW if "graduate" not in path), question):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.browser
def test_choosing_in_the_guide_filters_announces_and_can_be_gone_back_from(new_page: Pages) -> None:
    page = new_page()
    page.goto("/en/guide/")
    every = page.locator("#guide-found .entry").count()
    page.get_by_label("Competency").focus()
    page.get_by_label("Competency").select_option("english")
    expect(page).to_have_url(re.compile(r"/en/guide/\?competency=english$"))
    expect(page.locator("#announcer")).to_have_text(re.compile(r"\d+ questions fit\."))
    assert 0 < page.locator("#guide-found .entry").count() < every
    expect(page.get_by_label("Competency")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Competency")).to_have_value("english")
    page.get_by_label("Where you start").select_option("high-school")
    expect(page).to_have_url(re.compile(r"situation=high-school&competency=english$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/en/guide/\?competency=english$"))
    expect(page.get_by_label("Where you start")).to_have_value("")
    assert page.locator("h1").count() == 1


@pytest.mark.browser
def test_the_guide_is_filtered_without_javascript(new_page: Pages) -> None:
    page = new_page(javascript=False)
    page.goto("/en/guide/")
    page.get_by_label("Where you want to be next").select_option("founding")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Where you want to be next")).to_have_value("founding")


@pytest.mark.browser
def test_a_printed_answer_shows_addresses_and_no_navigation(new_page: Pages) -> None:
    page = new_page()
    page.goto("/en/guide/")
    page.locator(".entry h3 a").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".before-after")).to_be_hidden()
    expect(page.locator(".print-only")).to_be_visible()
    after = page.evaluate("getComputedStyle(document.querySelector('main a[href^=http]'), '::after').content")
    assert "http" in after or "attr(href)" in after
