"""The pages for when something went wrong: friendly, in the reader's language, and never asking the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts.models import User
from config.errors import error_page
from config.urls import handler400, handler403, handler404, handler429, handler500
from config.urls import urlpatterns as real
from roadmap import changes
from roadmap.models import Roadmap
from tests import PASSWORD
from tests.addresses import address
from tests.factories import make_link, make_roadmap, milestone_of, token_of

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def raises(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """A view that breaks in its own way."""

    @login_not_required  # It stands for any page.
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


BROKEN: dict[str, tuple[Exception, int]] = {
    "bad": (BadRequest("what was sent makes no sense"), 400),
    "suspicious": (SuspiciousOperation("somebody tries something"), 400),
    "denied": (PermissionDenied("they may not"), 403),
    "missing": (Http404("no such row"), 404),
    "bug": (ZeroDivisionError("a bug"), 500),
    "gone": (OperationalError("the database does not answer"), 503),
    "closed": (InterfaceError("the connection is closed"), 503),
}
urlpatterns = [
    *(path(f"broken/{name}/", raises(error)) for name, (error, _status) in BROKEN.items()),
    *real,
]

HEADINGS = {
    400: "We could not read that",
    403: "That is not allowed",
    404: "There is nothing here",
    429: "That was too often in a short time",
    500: "Something broke on our side",
    503: "Not available for a moment",
}
HANGUL = re.compile("[가-힣]")


@pytest.fixture(params=["en", "ko"])
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def reader(language: str, **options: Any) -> Client:
    """Somebody whose browser speaks that language, and who sees what a broken page answers."""
    return Client(raise_request_exception=False, headers={"Accept-Language": language}, **options)


def page_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def friendly(response: Any, status: int, language: str) -> None:
    """Assert that this is our page of that status in that language."""
    text = page_of(response)
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    assert response["Content-Language"] == language
    assert response["Content-Type"].startswith("text/html")
    assert "no-store" in response["Cache-Control"]
    (heading,) = re.findall("<h1>(.*?)</h1>", text)
    if language == "en":
        assert heading == HEADINGS[status]
        assert not HANGUL.search(text)
    else:
        words = re.sub(r"<[^>]*>", " ", text[text.index("<main") :])
        assert HANGUL.search(heading)
        assert not re.search("[A-Za-z]{4,}", words), words
    assert 'href="/"' in text
    assert "Traceback" not in text
    assert ("Retry-After" in response) == (status in {429, 503})


@contextmanager
def no_database() -> Iterator[list[str]]:
    """The database is gone; the list holds what was asked of it."""
    asked: list[str] = []

    def refuse(execute: Any, sql: str, *_: Any) -> Any:
        asked.append(sql)
        raise OperationalError("the database does not answer")

    with connection.execute_wrapper(refuse):
        yield asked


# Every page, in every language


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_whatever_a_view_raises_has_a_friendly_page(name: str, language: str, *, htmx: bool) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    response = reader(language).get(f"/broken/{name}/", headers=headers)
    friendly(response, BROKEN[name][1], language)
    assert str(BROKEN[name][0]) not in page_of(response)


@pytest.mark.parametrize("name", BROKEN)
def test_a_persons_own_language_counts_more_than_the_browsers(ana: User, name: str) -> None:
    User.objects.filter(pk=ana.pk).update(language="ko")
    client = reader("en")
    client.force_login(ana)
    friendly(client.get(f"/broken/{name}/"), BROKEN[name][1], "ko")


def test_a_form_without_its_token_is_403(language: str, ana: User) -> None:
    client = reader(language, enforce_csrf_checks=True)
    friendly(client.post(reverse("preferences-display"), {"theme": "dark"}), 403, language)
    roadmap = make_roadmap(ana)
    client.force_login(ana)
    response = client.post(reverse("roadmap-delete", args=[roadmap.pk]))
    friendly(response, 403, language)
    assert Roadmap.objects.filter(pk=roadmap.pk).exists()


def test_a_host_that_is_not_ours_is_400(language: str) -> None:
    friendly(reader(language).get("/", headers={"Host": "elsewhere.example"}), 400, language)


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/{}/roles/nobody/", "/roadmaps/abc/", "/static/nothing.css", "/s/x/"]
)
def test_what_is_not_there_is_404(address: str, language: str, ana: User) -> None:
    client = reader(language)
    client.force_login(ana)
    friendly(client.get(address.format(language)), 404, language)


@pytest.mark.parametrize("gone", [False, True])
def test_what_went_wrong_at_an_address_with_a_language_is_told_in_it(language: str, ana: User, *, gone: bool) -> None:
    client = reader("ko" if language == "en" else "en")
    client.force_login(ana)
    if gone:
        with no_database():
            friendly(client.get(f"/{language}/roles/"), 503, language)
    else:
        friendly(client.get(f"/{language}/roles/nobody/"), 404, language)


def test_guessing_passwords_is_429(language: str, ana: User) -> None:
    client = reader(language)
    for _ in range(12):
        response = client.post(reverse("account_login"), {"login": ana.email, "password": "a-wrong-trail-7"})
        if response.status_code == 429:
            break
    friendly(response, 429, language)
    assert int(response["Retry-After"]) > 0
    # Nor does the right password help somebody who guesses on.
    response = client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})
    assert response.status_code == 429


def test_a_text_that_was_changed_meanwhile_is_409(language: str, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    roadmap = make_roadmap(ana)
    changes.rename_milestone(milestone_of(roadmap), "Theirs", seen="Milestone 1", at=roadmap.created_at)
    client = reader(language)
    client.force_login(ana)
    milestone = roadmap.milestones.get(title_en="Theirs")
    sent = {"text": "Mine", "seen": "Milestone 1"}
    response = client.post(reverse("milestone-edit", args=[milestone.pk]), sent)
    text = page_of(response)
    assert response.status_code == 409
    assert f'<html lang="{language}"' in text
    assert "Theirs" in text
    assert "Mine" in text
    (heading,) = re.findall("<h1>(.*?)</h1>", text)
    assert bool(HANGUL.search(heading)) == (language == "ko")


# The database is gone


def addresses(roadmap: Roadmap, language: str = "en") -> dict[str, str]:
    """Pages of every app; each asks the database for something."""
    link = make_link(roadmap)
    return {
        "front": reverse("front"),
        "roles": address("roles", language=language),
        "roadmap": roadmap.get_absolute_url(),
        "new": reverse("roadmap-new"),
        "preferences": reverse("preferences"),
        "shared": reverse("shared", args=[token_of(link)]),
    }


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", ["front", "roles", "roadmap", "new", "preferences", "shared"])
def test_without_the_database_a_person_gets_503_from_the_middleware(
    name: str, ana: User, language: str, *, htmx: bool
) -> None:
    there = addresses(make_roadmap(ana), language)[name]
    client = reader(language)
    client.force_login(ana)
    headers = {"HX-Request": "true"} if htmx else {}
    with no_database() as asked:
        response = client.get(there, headers=headers)
    friendly(response, 503, language)
    assert len(asked) == 1
    assert "session" in asked[0]


@pytest.mark.parametrize("name", ["roles", "shared"])
def test_without_the_database_a_visitor_gets_503_from_the_view(name: str, ana: User, language: str) -> None:
    there = addresses(make_roadmap(ana), language)[name]
    with no_database() as asked:
        response = reader(language).get(there)
    friendly(response, 503, language)
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_without_the_database_signing_in_and_up_is_503(name: str, language: str) -> None:
    sent = {"login": "ana@example.org", "password": PASSWORD, "email": "ana@example.org", "password1": PASSWORD}
    with no_database() as asked:
        response = reader(language).post(reverse(name), sent)
    friendly(response, 503, language)
    assert asked


def test_without_the_database_a_tick_is_503_and_not_done(ana: User, language: str) -> None:
    roadmap = make_roadmap(ana)
    item = roadmap.items.all()[0]
    client = reader(language)
    client.force_login(ana)
    with no_database():
        response = client.post(reverse("item-tick", args=[item.pk]), {"done": "on"}, headers={"HX-Request": "true"})
    friendly(response, 503, language)
    item.refresh_from_db()
    assert item.done_at is None


def test_when_the_database_goes_in_the_middle_of_a_change_nothing_of_it_is_kept(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana)
    item = roadmap.items.all()[0]

    def refuse_events(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if "roadmap_event" in sql and sql.startswith("INSERT"):
            raise OperationalError("the database does not answer")
        return execute(sql, params, many, context)

    ana_client.raise_request_exception = False
    with connection.execute_wrapper(refuse_events):
        response = ana_client.post(reverse("item-tick", args=[item.pk]), {"done": "on"})
    assert response.status_code == 503
    item.refresh_from_db()
    roadmap.refresh_from_db()
    assert (item.done_at, roadmap.version) == (None, 1)


def test_without_the_database_the_process_is_up_and_not_ready() -> None:
    client = reader("en")
    with no_database():
        up, ready = client.get(reverse("healthz")), client.get(reverse("readyz"))
    assert (up.status_code, ready.status_code, ready["Retry-After"]) == (200, 503, "5")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_no_error_page_asks_the_database(rf: Any, ana: User, status: int, language: str) -> None:
    request = rf.get("/", headers={"Accept-Language": language})
    with no_database() as asked:
        text = page_of(error_page(request, status))
    assert asked == []
    assert f'<html lang="{language}"' in text


def test_an_error_page_is_the_same_for_a_person_and_a_visitor(ana_client: Client) -> None:
    """A cache or a proxy may mix them up; none of them says who reads it."""
    pages = {page_of(client.get("/nowhere/")) for client in (ana_client, Client())}
    assert len(pages) == 1
    (page,) = pages
    assert "ana" not in page.lower().replace("language", "")
    assert "csrf" not in page
