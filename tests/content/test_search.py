"""Search over the catalogue: what is found and in which order, its page, and the command palette in a real browser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from accounts.models import User
from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.reading import read_pack
from content.rows.loading import load_pack
from content.search import MOST_HITS, SHAPES, Found, Hit, Piece, SearchIndex, answers
from tests.bench.search import QUERIES
from tests.browser import Pages, axe, sign_up
from tests.conftest import PACK
from tests.factories import make_roadmap
from tests.packs import BAKING, change, copy_of

pytestmark = pytest.mark.once

Language = Literal["ko", "en"]


@lru_cache
def content() -> PackContent:
    return read_pack(PACK)


@lru_cache
def index(language: Language) -> SearchIndex:
    return SearchIndex(content(), language)


def find(query: str, language: Language = "ko") -> Found:
    return index(language).search(query)


def told(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.name)


def ids(query: str, language: Language = "ko") -> list[str]:
    return [hit.entry.id for hit in find(query, language).hits]


# What is found


@pytest.mark.parametrize(
    ("query", "language", "wanted"),
    [
        ("선형대수", "ko", "linear-algebra"),
        ("선형 대수", "ko", "linear-algebra"),
        ("대수", "ko", "linear-algebra"),
        ("논문 읽", "ko", "paper-reading"),
        ("논문읽", "ko", "paper-reading"),
        ("linear alg", "en", "linear-algebra"),
        ("LINEAR", "en", "linear-algebra"),
        ("ｌｉｎｅａｒ", "en", "linear-algebra"),
    ],
)
def test_parts_of_korean_words_and_beginnings_of_latin_ones_find_the_skill(
    query: str, language: Language, wanted: str
) -> None:
    assert ids(query, language)[0] == wanted


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("query", ["Kaggle", "캐글", "kaggle", "캐글ㄹ", "캐글을", "kagle", "Kagle"])
def test_a_name_is_found_in_either_language_and_with_a_slip_of_the_finger(query: str, language: Language) -> None:
    first = find(query, language).hits[0].entry
    assert (type(first), first.id) == (fmt.Activity, "kaggle")


@pytest.mark.parametrize(
    ("query", "language", "read_as"),
    [
        ("reprodction", "en", "reproduction"),
        ("transfomer", "en", "transformer"),
        ("선형데수", "ko", "선형대수"),
        ("논믄", "ko", "논문"),
        ("linaer algebra", "en", "algebra linear"),
    ],
)
def test_a_typing_mistake_is_read_as_the_nearest_word_and_said(query: str, language: Language, read_as: str) -> None:
    found = find(query, language)
    assert found.hits
    assert set(found.read_as.split()) == set(read_as.split())


def test_what_is_written_right_is_not_read_as_anything_else() -> None:
    assert find("논문").read_as == find("linear", "en").read_as == ""


def test_signals_checklists_answers_and_other_texts_are_searched() -> None:
    skill = content().of(fmt.Skill)[3]
    milestone = content().of(fmt.Milestone)[5]
    question = content().of(fmt.Question)[7]
    for entry, text in [
        (skill, skill.levels[1].signals[0].ko),
        (milestone, milestone.checklist[1].text.ko),
        (question, question.short.ko),
    ]:
        assert entry.id in ids(text), text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_entry_is_found_by_its_own_name_before_all_that_only_hold_it(language: Language) -> None:
    missing = []
    for entry in content().of(fmt.Skill) + content().of(fmt.Activity) + content().of(fmt.Competency):
        name = getattr(entry.name, language)
        first = find(name, language).hits[0]
        if told(first) != name.replace("`", ""):
            missing.append((name, told(first)))
    assert not missing


def test_names_stand_before_summaries_and_those_before_texts() -> None:
    hits = find("논문").hits
    places = ["논문" in told(hit).replace(" ", "") for hit in hits]
    assert places == sorted(places, reverse=True)
    assert any(places)


def test_equal_answers_keep_the_order_of_kinds_and_of_the_pack() -> None:
    assert find("학습").hits == SearchIndex(content(), "ko").search("학습").hits


@pytest.mark.parametrize("query", ["", "   ", "\x00", "!?", "\ud800", "​"])
def test_nothing_asked_finds_nothing_and_does_no_harm(query: str) -> None:
    assert find(query).hits == ()


def test_no_answer_names_what_is_spelt_like_it() -> None:
    assert find("쀍쀍쀍쀍").hits == ()
    assert find("lnear agbra", "en").hits or "linear-algebra" in [
        hit.entry.id for hit in find("lnear agbra", "en").near
    ]


@given(st.text(max_size=300))
def test_any_input_is_answered_in_bounds_and_marks_only_what_is_in_the_texts(query: str) -> None:
    for language in ("ko", "en"):
        found = find(query, language)
        assert len(found.hits) <= MOST_HITS
        for hit in found.hits:
            assert told(hit)
            assert sum(len(piece.text) for piece in hit.excerpt) < 200


def test_what_was_asked_is_marked_in_name_and_excerpt() -> None:
    hit = find("linear algebra", "en").hits[0]
    assert [piece.text for piece in hit.name if piece.marked] == ["Linear", "algebra"]
    hit = next(hit for hit in find("eigenvalue", "en").hits if not any(piece.marked for piece in hit.name))
    assert any(piece.marked and piece.text.lower() == "eigenvalue" for piece in hit.excerpt)


def test_retired_entries_are_not_found() -> None:
    found = content()
    milestone = found.of(fmt.Milestone)[0]
    gone = tuple(
        entry.model_copy(update={"retired": True}) if entry.id == milestone.id else entry
        for entry in found.of(fmt.Milestone)
    )
    without = PackContent(found.pack, {**found.entries, "milestones": gone}, found.files)
    assert milestone.id in ids(milestone.title.ko)
    assert milestone.id not in [hit.entry.id for hit in SearchIndex(without, "ko").search(milestone.title.ko).hits]


def test_a_title_answers_when_it_holds_every_word() -> None:
    assert answers("응용연구자 · 취업", "응용 연구")
    assert answers("Applied researcher · Employment", "empl APPL")
    assert answers("Anything", "")
    assert not answers("응용연구자 · 취업", "창업")


# Aliases


ALIASES = {
    "linear-algebra": ["허깅 페이스", "Zettel Kasten", "MLOps"],
    "kaggle": ["디퓨전", "LLM", "윷"],
    "paper-reading": ["자기소개서", "fine-tuning"],
}
"""What stands in no text of the pack, or stands there without leading anywhere by itself."""


@lru_cache
def called(language: Language) -> SearchIndex:
    """The index of the pack in which three entries have other names, and no entry has any but these."""
    found = {
        kind: tuple(
            entry.model_copy(update={"aliases": ALIASES.get(entry.id, []) if kind in {"skills", "activities"} else []})
            if "aliases" in type(entry).model_fields
            else entry
            for entry in entries
        )
        for kind, entries in content().entries.items()
    }
    return SearchIndex(PackContent(content().pack, found, content().files), language)


def shown(pieces: Iterable[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_whatever_is_searched_may_have_aliases_but_sources() -> None:
    assert {kind for kind in fmt.KINDS.values() if "aliases" in kind.model_fields} == set(SHAPES) - {fmt.Source}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("query", "wanted", "also"),
    [
        ("허깅페이스", "linear-algebra", "[허깅 페이스]"),
        ("허깅 페이스", "linear-algebra", "[허깅] [페이스]"),
        ("허깅페", "linear-algebra", "[허깅 페]이스"),
        ("깅페이", "linear-algebra", "허[깅 페이]스"),
        ("zettel kasten", "linear-algebra", "[Zettel] [Kasten]"),
        ("ZETT", "linear-algebra", "[Zett]el Kasten"),
        ("mlops", "linear-algebra", "[MLOps]"),
        ("허깅페이스를", "linear-algebra", "[허깅 페이스]"),
        ("MLOps를", "linear-algebra", "[MLOps]"),
        ("LLM은", "kaggle", "[LLM]"),
        ("디퓨전의", "kaggle", "[디퓨전]"),
        ("자기 소개서", "paper-reading", "[자기][소개서]"),
        ("fine tuning", "paper-reading", "[fine]-[tuning]"),
    ],
)
def test_an_alias_finds_its_entry_first_in_either_language_and_is_shown(
    query: str, wanted: str, also: str, language: Language
) -> None:
    found = called(language).search(query)
    assert (found.hits[0].entry.id, found.read_as) == (wanted, "")
    assert shown(found.hits[0].also) == also
    assert shown(found.hits[0].excerpt)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("query", "read_as", "wanted"),
    [
        ("허깅패이스", "허깅페이스", "linear-algebra"),
        ("디퓨젼", "디퓨전", "kaggle"),
        ("zetel kastn", "zettel kasten", "linear-algebra"),
        ("자기소게서", "자기소개서", "paper-reading"),
    ],
)
def test_a_typing_mistake_may_have_meant_a_word_of_an_alias(
    query: str, read_as: str, wanted: str, language: Language
) -> None:
    found = called(language).search(query)
    assert (set(found.read_as.split()), found.hits[0].entry.id) == (set(read_as.split()), wanted)


def test_a_particle_behind_a_name_of_one_syllable_is_left_out_where_the_whole_stands_nowhere() -> None:
    found = called("ko").search("윷을")
    assert (found.read_as, found.hits[0].entry.id) == ("윷", "kaggle")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("허깅페이스", "hf-llm-course"),
        ("허깅페이스 쓰는 법", "hf-llm-course"),
        ("쿠다", "cuda-guide"),
        ("디퓨전", "understanding-deep-learning"),
        ("파인튜닝", "first-fine-tune"),
        ("파인 튜닝", "first-fine-tune"),
        ("미세조정을", "first-fine-tune"),
        ("fine-tuning", "first-fine-tune"),
        ("LoRA", "first-fine-tune"),
        ("포폴", "portfolio-and-cv"),
        ("어블레이션", "ablation-study"),
        ("깃", "first-git"),
        ("깃을", "first-git"),
        ("git", "first-git"),
        ("PyTorch", "pytorch-first-model"),
        ("파이토치", "pytorch-first-model"),
        ("아카이브", "arxiv"),
        ("도커", "docker-get-started"),
        ("k8s", "kubernetes-docs-ko"),
        ("MLOps를", "serving"),
        ("엠엘옵스", "serving"),
        ("LLM", "foundation-model-adapted"),
        ("코테", "algorithm-interviews"),
        ("자소서", "graduate-school-packet"),
        ("대학원 컨택", "labs-and-advisers"),
        ("리버털", "rebuttal-rehearsed"),
        ("오답분석", "error-analysis"),
    ],
)
def test_what_people_call_things_leads_there_in_the_real_pack(query: str, wanted: str, language: Language) -> None:
    assert wanted in ids(query, language)[:3]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_alias_of_the_real_pack_finds_its_entry_among_the_first(language: Language) -> None:
    aliased = [entry for entries in content().entries.values() for entry in entries if getattr(entry, "aliases", [])]
    far = [
        (alias, entry.id)
        for entry in aliased
        if not entry.retired
        for alias in entry.aliases  # type: ignore[attr-defined]
        if entry.id not in ids(alias, language)[:5]
    ]
    assert aliased
    assert far == []


def bread(language: Language, *skills: tuple[str, str, str, list[str]]) -> SearchIndex:
    """The index of a pack whose skills say this alone: names in both languages, a summary, aliases."""
    said = tuple(
        entry.model_copy(
            update={
                "name": fmt.Title(ko=ko, en=en),
                "summary": fmt.Line(ko=summary, en=summary),
                "levels": [],
                "aliases": aliases,
            }
        )
        for entry, (ko, en, summary, aliases) in zip(content().of(fmt.Skill), skills, strict=False)
    )
    return SearchIndex(PackContent(content().pack, {"skills": said}, content().files), language)


def named(found: Found) -> list[str]:
    """The English names of what was found."""
    return [str(fmt.name_of(hit.entry)) for hit in found.hits]


def test_a_name_stands_before_an_alias_and_that_before_what_only_begins_so() -> None:
    skills = [
        ("바게트 굽기", "Baking", "굽기", []),
        ("반죽", "Dough", "반죽", ["바게트", "Baguette"]),
        ("굽기", "Baguette", "굽기", []),
    ]
    for language in ("ko", "en"):
        assert named(bread(language, *skills).search("baguette")) == ["Baguette", "Dough"]
    assert named(bread("ko", *skills).search("바게트")) == ["Dough", "Baking"]


def test_words_that_a_name_and_an_alias_share_stand_before_those_of_a_summary() -> None:
    skills = [("반죽", "Dough", "바게트와 르방", []), ("바게트 굽기", "Baking", "굽기", ["르방"])]
    found = bread("ko", *skills).search("바게트 르방")
    assert named(found) == ["Baking", "Dough"]
    assert (shown(found.hits[0].name), shown(found.hits[0].also)) == ("[바게트] 굽기", "[르방]")


def test_an_alias_is_not_shown_where_the_name_answers_or_the_alias_does_not() -> None:
    for query in ("선형대수", "선형", "벡터"):
        assert all(hit.also == () for hit in called("ko").search(query).hits), query
    skill = ("반죽", "Dough", "The op of all ops.", ["MLOps", "반죽 만들기"])
    for query in ("op", "반죽"):  # The first begins no word of an alias.
        (hit,) = bread("ko", skill).search(query).hits
        assert hit.also == ()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "before"), [("ko", "다른 이름:"), ("en", "also:")])
def test_the_reader_sees_by_which_alias_an_entry_was_found(
    client: Client, tmp_path: Path, language: Language, before: str
) -> None:
    pack = copy_of(BAKING, tmp_path / "baking")
    change(pack, "resources.yaml", "bread-book.aliases", ["빵틀", "다른 말"])
    load_pack(pack, at=datetime(2100, 1, 1, tzinfo=UTC))
    for part in ("", "palette"):
        page = client.get(f"/{language}/search/", {"q": "빵틀", "part": part}).content.decode()
        assert f"{before} <mark>빵틀</mark>" in page, part
        assert "다른 말" not in page


# The page


@pytest.mark.django_db
def test_the_page_answers_plainly_and_htmx_gets_the_results_alone(client: Client) -> None:
    whole = client.get("/en/search/", {"q": "linear"})
    part = client.get("/en/search/", {"q": "linear"}, headers={"HX-Request": "true"})
    assert "<mark>Linear</mark> algebra" in whole.content.decode()
    assert whole.content.count(b"<h1") == 1
    assert part.content.strip().startswith(b'<div id="results"')
    assert b"<html" not in part.content
    assert part["HX-Replace-Url"] == "/en/search/?q=linear"
    assert "HX-Request" in whole["Vary"]
    assert whole["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/en/search/").headers


@pytest.mark.django_db
def test_results_that_did_not_change_are_not_sent_again(client: Client) -> None:
    client.get("/ko/search/")
    first = client.get("/ko/search/", {"q": "논문"})
    again = client.get("/ko/search/", {"q": "논문"}, headers={"If-None-Match": first["ETag"]})
    other = client.get("/ko/search/", {"q": "논문"}, headers={"If-None-Match": first["ETag"], "HX-Request": "true"})
    assert (again.status_code, other.status_code) == (304, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x>', "a" * 5000, "{{ 7 }}", "%", "\\", "​"])
def test_what_was_asked_is_escaped_and_cut(client: Client, query: str) -> None:
    for parameters in ({}, {"part": "palette"}, {"part": "nonsense"}):
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get("/en/search/", {"q": query, **parameters}, headers=headers)
            page = response.content.decode()
            assert response.status_code == 200
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "a" * 201 not in page.replace(query, "")


@pytest.mark.django_db
def test_a_nul_byte_is_refused(client: Client) -> None:
    assert client.get("/en/search/?q=a%00b").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_asked_and_nothing_found_lead_on(client: Client, language: str) -> None:
    for query in ("", "zzzqqqxxx"):
        page = client.get(f"/{language}/search/", {"q": query}).content.decode()
        assert f'href="/{language}/activities/kaggle/"' in page
        assert f'href="/{language}/competencies/mathematics/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES)
def test_every_result_leads_to_a_page_that_has_it(client: Client, query: str) -> None:
    response = client.get("/ko/search/", {"q": query})
    for row in response.context["rows"][:3]:
        path, _, anchor = row.address.partition("#")
        page = client.get(path)
        assert page.status_code == 200, row.address
        assert not anchor or f'id="{anchor}"' in page.content.decode(), row.address


# One's own roadmaps


def jumped(client: Client, query: str) -> str:
    text: str = client.get(reverse("palette"), {"q": query}, headers={"HX-Request": "true"}).content.decode()
    return text


def test_one_jumps_to_ones_own_roadmaps_by_their_title(ana: User, ben: User, ana_client: Client) -> None:
    one, other = make_roadmap(ana, title="Towards vision"), make_roadmap(ana, title="Towards language")
    foreign = make_roadmap(ben, title="Towards vision too")
    found = jumped(ana_client, "vision")
    assert one.get_absolute_url() in found
    assert other.get_absolute_url() not in found
    assert foreign.get_absolute_url() not in found + jumped(ana_client, "")
    assert other.get_absolute_url() in jumped(ana_client, "")


def test_commands_are_found_by_their_name(ana_client: Client) -> None:
    assert reverse("account_logout") in jumped(ana_client, "sign out")
    assert reverse("preferences") in jumped(ana_client, "pref")
    assert reverse("roadmap-new") in jumped(ana_client, "")
    assert 'role="option"' not in jumped(ana_client, "zzz")


def test_jumping_asks_as_many_queries_for_one_roadmap_as_for_thirty(ana: User, ana_client: Client) -> None:
    make_roadmap(ana, milestones=1, items=1)
    with CaptureQueriesContext(connection) as few:
        jumped(ana_client, "")
    for _ in range(29):
        make_roadmap(ana, milestones=1, items=1)
    with CaptureQueriesContext(connection) as many:
        jumped(ana_client, "")
    assert len(few) == len(many)


# In the browser


@pytest.mark.browser
@pytest.mark.parametrize(("language", "query"), [("ko", "선형 대"), ("en", "linear al")])
def test_a_page_is_reached_by_keyboard_alone(new_page: Pages, language: Language, query: str) -> None:
    page = new_page(language=language)
    page.goto(f"/{language}/roles/")
    page.keyboard.press("/")
    expect(page.locator("#palette-query")).to_be_focused()
    expect(page.locator("#palette-options")).to_be_visible()
    axe(page)
    page.keyboard.type(query)
    first = page.locator("#palette [role=option]").first
    expect(first).to_have_attribute("href", f"/{language}/competencies/mathematics/#linear-algebra")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#palette-query")).to_have_attribute("aria-activedescendant", "palette-option-0")
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, only=["color-contrast"])
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/competencies/mathematics/#linear-algebra")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_palette_closes_and_gives_the_focus_back(new_page: Pages, width: int) -> None:
    page = new_page(width=width)
    page.goto("/en/roles/")
    link = page.locator("main a").first
    link.focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-query")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.locator("[data-palette]").click()
    expect(page.locator("#palette")).to_be_visible()
    page.locator("#palette [data-show-keys]").click()
    expect(page.locator("#palette")).to_be_hidden()
    page.locator("#keys [data-close]").click()
    expect(page.locator("[data-palette]")).to_be_focused()


@pytest.mark.browser
def test_single_keys_are_left_alone_where_one_types_and_can_be_switched_off(page: Page) -> None:
    page.goto("/en/search/")
    page.locator("#search-query").focus()
    page.keyboard.type("/?")
    expect(page.locator("#search-query")).to_have_value("/?")
    assert page.locator("dialog[open]").count() == 0
    page.goto("/en/roles/")
    page.keyboard.press("?")
    page.locator("[data-single-keys]").click()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-query")).to_be_focused()
    expect(page.locator("#palette-query")).to_have_value("")


@pytest.mark.browser
def test_keys_of_an_input_method_that_composes_are_not_acted_on(page: Page) -> None:
    page.goto("/ko/roles/")
    page.keyboard.press("Control+k")
    page.locator("#palette-query").fill("논문")
    expect(page.locator("#palette [aria-selected=true]")).to_have_count(1)
    for key in ("Enter", "ArrowDown"):
        page.evaluate(
            """(key) => document.getElementById("palette-query").dispatchEvent(
                new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }))""",
            key,
        )
    expect(page.locator("#palette-option-0")).to_have_attribute("aria-selected", "true")
    assert page.url.endswith("/ko/roles/")


@pytest.mark.browser
def test_enter_before_the_answer_goes_to_what_was_typed_last(page: Page) -> None:
    page.goto("/en/roles/")
    page.keyboard.press("/")
    expect(page.locator("#palette-options")).to_be_visible()
    page.keyboard.type("kaggle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/activities/kaggle/")


@pytest.mark.browser
def test_somebody_signed_in_jumps_to_a_roadmap_and_to_the_commands(page: Page) -> None:
    sign_up(page)
    page.goto("/en/roles/")
    page.keyboard.press("/")
    expect(page.locator("#palette [role=option]").first).to_have_text("New roadmap")
    page.keyboard.type("prefer")
    expect(page.locator("#palette [aria-selected=true]")).to_have_text("Preferences")
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/preferences/")


@pytest.mark.browser
@pytest.mark.parametrize(("language", "query"), [("ko", "논문"), ("en", "paper")])
def test_the_page_finds_as_one_types_and_without_javascript(new_page: Pages, language: Language, query: str) -> None:
    page = new_page(language=language, width=360)
    page.goto(f"/{language}/search/")
    axe(page)
    page.locator("#search-query").press_sequentially(query)
    page.locator(".results > li").first.wait_for()
    expect(page.locator("#announcer")).to_contain_text("30")
    assert page.url.endswith(f"/search/?q={page.evaluate('encodeURIComponent', query)}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#search-query")).to_be_focused()
    plain = new_page(language=language, javascript=False)
    plain.goto(f"/{language}/roles/")
    plain.locator(".search-link").click()
    plain.locator("#search-query").fill(query)
    plain.locator("#search button").click()
    assert plain.locator(".results > li").count() == MOST_HITS
