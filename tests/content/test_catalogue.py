"""The public catalogue: every page in both languages, never half in the other, and every address that leads there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from content.catalogue import current_catalogue
from content.models import Activity, Competency, EngineerClass, Role, Skill, Source
from content.pack import format as fmt
from content.views.languages import LISTS
from roadmap.changes.creating import create_from_plan
from roadmap.models import Milestone, Roadmap
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.wishes import Wish
from tests.addresses import address, answer_at, catalogue_addresses
from tests.factories import LEVELS, MIX, make_link, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENTRIES = ["role", "competency", "activity", "milestone-template", "question"]
PUBLIC = ["front", "example", "roadmap-new", "account_login", "account_signup"]
HANGUL = re.compile("[가-힣]")
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle", "line"}


class Reading(HTMLParser):
    """What a reader of a page meets: texts by language, texts of attributes, and addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self._open: list[tuple[str, bool]] = []
        self._unheard = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes["lang"]
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        # Marked as another language: the switch. A source's or a resource's own name stays as it is.
        away = attributes.get("lang", self.language) != self.language or attributes.get("href", "").startswith("http")
        spoken = [attributes.get(name, "") for name in ("alt", "title", "aria-label", "content", "placeholder")]
        if (not away and tag not in {"html", "meta"}) or attributes.get("name") == "description":
            self.texts += [text for text in spoken if text]
        if tag not in VOID:
            unheard = away or tag in {"script", "style", "code"}
            self._open.append((tag, unheard))
            self._unheard += unheard

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, unheard = self._open.pop()
            self._unheard -= unheard
            assert opened == tag, f"</{tag}> closes <{opened}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if not self._unheard and data.strip():
            self.texts.append(" ".join(data.split()))


def page_of(address: str, language: str) -> str:
    of_the_catalogue = address.startswith(f"/{language}/") and "?" not in address
    response = answer_at(address) if of_the_catalogue else Client(headers={"Accept-Language": language}).get(address)
    assert response.status_code == 200, address
    text: str = response.content.decode()
    return text


def says_an_own_name(text: str) -> bool:
    """Whether a text names what is called the same in every language: a source, a resource, or who made it."""
    catalogue = current_catalogue()
    sources = [(source.title, source.author, source.licence) for source in catalogue.content.of(fmt.Source)]
    resources = [(resource.title, resource.by) for resource in catalogue.content.of(fmt.Resource)]
    return any(name in text for row in (*sources, *resources) for name in row if name)


def names_in(model: Any, language: str) -> set[str]:
    return set(model.objects.values_list(f"name_{language}", flat=True))


# Both languages


@pytest.mark.parametrize("name", [*PUBLIC, *LISTS])
def test_an_english_page_has_no_korean_on_it(name: str) -> None:
    korean_on(page_of(address(name), "en"), name)


def korean_on(page: str, where: str) -> None:
    """Assert that nothing but the language switch and a source's own name is Korean."""
    found = [text for text in Reading(page).texts if HANGUL.search(text) and not says_an_own_name(text)]
    assert not found, (where, found)


def test_no_english_page_of_the_catalogue_has_korean_on_it() -> None:
    for there in catalogue_addresses("en"):
        korean_on(page_of(there, "en"), there)


@pytest.mark.parametrize("name", [*PUBLIC, *LISTS])
def test_a_korean_page_has_no_english_sentence_on_it(name: str) -> None:
    english_on(page_of(address(name, language="ko"), "ko"), name)


# A name or a term may be English in a Korean text; four English words in a row are a sentence nobody translated.
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z']+[,.]? ){3,}[a-z']+")
FREE = ("Waymark", "MIT", "CC BY")


def english_on(page: str, where: str) -> None:
    """Assert that no text without any Korean is an English sentence."""
    found = [
        text
        for text in Reading(page).texts
        if SENTENCE.search(text) and not HANGUL.search(text) and not says_an_own_name(text)
    ]
    assert not found, (where, found)


def test_no_korean_page_of_the_catalogue_has_an_english_sentence_on_it() -> None:
    for there in catalogue_addresses("ko"):
        english_on(page_of(there, "ko"), there)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_of_the_catalogue_is_in_its_readers_language(language: str) -> None:
    other = "en" if language == "ko" else "ko"
    for there in catalogue_addresses(language):
        page = page_of(there, other)  # What the browser asks for counts for nothing there.
        assert f'<html lang="{language}"' in page
        assert page.count("<h1>") == 1, there
        # The switch offers the other one, and says so in it.
        assert re.search(rf'<button[^>]* name="language" value="{other}" lang="{other}">', page), there


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("name", "model"),
    [("roles", Role), ("competencies", Competency), ("competencies", Skill), ("activities", Activity)],
)
def test_a_list_names_everything(language: str, name: str, model: Any) -> None:
    page = page_of(address(name, language=language), language)
    texts = " ".join(Reading(page).texts)
    for found in names_in(model, language):
        assert found in texts, found


def test_the_four_classes_are_on_one_page() -> None:
    for language in ("en", "ko"):
        texts = " ".join(Reading(page_of(address("classes", language=language), language)).texts)
        for name in names_in(EngineerClass, language):
            assert name in texts
    assert EngineerClass.objects.count() == 4


def test_every_source_is_named_with_its_address() -> None:
    reading = Reading(page_of(address("sources"), "en"))
    for source in Source.objects.exclude(url=""):
        assert source.url in reading.links


@pytest.mark.parametrize(
    ("language", "words"), [("en", "one of these to the end"), ("ko", "이 가운데 하나만 끝까지 하면 돼요")]
)
def test_the_resources_of_which_a_milestone_finishes_one_are_marked(language: str, words: str) -> None:
    catalogue = current_catalogue()
    milestone = catalogue.get(fmt.Milestone, "dl-first-course")
    shown = page_of(address("milestone-template", milestone.id, language=language), language).split("<li>")
    marked = [catalogue.resources[key].url for key in milestone.resources if key in milestone.finishes]
    assert 1 < len(marked) < len(milestone.resources)
    assert sum(words in row for row in shown) == len(marked)
    for url in marked:
        assert [words in row for row in shown if url in row] == [True], url


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("key", ["nobody", "a" * 5000, "Engineer", "engineer-", "-"])
def test_what_the_catalogue_does_not_know_is_404(name: str, key: str) -> None:
    assert Client().get(address(name, key)).status_code == 404


def test_reading_the_catalogue_makes_no_session() -> None:
    for there in catalogue_addresses():
        assert "session" not in answer_at(there).cookies


# Addresses


def test_every_link_on_a_page_of_the_catalogue_leads_to_a_page() -> None:
    client = Client()
    starts = (*catalogue_addresses("en"), reverse("front"), reverse("example"), reverse("roadmap-new"))
    read = {there: Reading(page_of(there, "en")) for there in starts}
    seen = {there: reading.ids for there, reading in read.items()}
    linked: set[str] = set()
    for there, reading in read.items():
        for link in reading.links:
            if not link or link.startswith(("http", "mailto:")):
                continue
            path, _, part = link.partition("#")
            path = f"{there}{path}" if path.startswith("?") else path or there
            linked.add(path)
            if path not in seen:
                response = client.get(path, headers={"Accept-Language": "en"}, follow=True)  # Some lead to signing up.
                assert response.status_code == 200, (there, link)
                seen[path] = Reading(response.content.decode()).ids
            assert not part or part in seen[path], (there, link)
            assert not path.startswith("/ko/"), (there, link)
    assert len(linked) > 200


@pytest.fixture(params=["cs-undergraduate", "field-expert"])
def whole(request: pytest.FixtureRequest, ana: User) -> Roadmap:
    """A real roadmap that asks for as much as can be."""
    wish = Wish(MIX, 1, request.param, "graduate-school", 10, timezone.localdate(), None, dict.fromkeys(LEVELS, 0))
    catalogue = current_catalogue()
    assert wish.fits(catalogue)
    return create_from_plan(ana, wish, plan_for(wish, catalogue), catalogue, at=timezone.now())


def test_everything_that_a_roadmap_names_has_a_page(whole: Roadmap, ana_client: Client) -> None:
    seen: dict[str, set[str]] = {}
    named: set[str] = set()
    for milestone in Milestone.objects.on(whole):
        page = ana_client.get(milestone.get_absolute_url(), headers={"HX-Request": "true"})
        links = [
            link for link in Reading(page.content.decode()).links if re.match("/../(roles|comp|activ|class)", link)
        ]
        assert links, milestone.title
        named.update(links)
    assert len(named) > 20
    for link in named:
        path, _, part = link.partition("#")
        if path not in seen:
            response = Client().get(path)
            assert response.status_code == 200, link
            seen[path] = Reading(response.content.decode()).ids
        assert not part or part in seen[path], link
    assert Client().get(address("classes")).status_code == 200


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_real_roadmap_and_its_mentors_page_are_in_one_language(
    whole: Roadmap, ana: User, ana_client: Client, language: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    pages = {
        "shared": page_of(reverse("shared", args=[token_of(make_link(whole))]), language),
        "roadmap": ana_client.get(whole.get_absolute_url()).content.decode(),
    }
    assert all(f'<html lang="{language}"' in page for page in pages.values())
    for milestone in Milestone.objects.on(whole):
        address = milestone.get_absolute_url()
        pages[address] = ana_client.get(address, headers={"HX-Request": "true"}).content.decode()
    for where, page in pages.items():
        (korean_on if language == "en" else english_on)(page, where)


# The checks themselves


def test_half_of_the_other_language_would_be_noticed() -> None:
    page = '<html lang="{}"><body><p>{}</p><button lang="ko">한국어</button></body></html>'
    korean_on(page.format("en", "All is well here."), "")
    english_on(page.format("ko", "PyTorch로 배워요. All is well here."), "")
    with pytest.raises(AssertionError):
        korean_on(page.format("en", "All is well, 그렇죠?"), "")
    with pytest.raises(AssertionError):
        english_on(page.format("ko", "All is well here."), "")
    with pytest.raises(AssertionError):
        korean_on(page.format("en", "<a href='/' aria-label='여기'>here</a>"), "")
