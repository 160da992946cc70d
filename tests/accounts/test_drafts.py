"""What somebody typed while their session ended, or began anew elsewhere, is shown again and can then be saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.drafts import AT_MOST
from accounts.models import User
from roadmap.models import Roadmap
from tests import PASSWORD
from tests.config.test_input_limits import FORMS, address_of, good, stored
from tests.factories import make_roadmap, milestone_of

pytestmark = pytest.mark.django_db

KEPT = [form for form in FORMS if form != "roadmap-new"]  # A visitor's plan is kept on another way.
OURS = {"Origin": "http://testserver"}
HTMX = {**OURS, "HX-Request": "true"}
TOLD = "What you typed is still here, but not saved yet."


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    return make_roadmap(ana)


def sign_in(client: Client, address: str, person: User) -> Any:
    """Sign in on the page at `address`, as one is led there, and see where that leads."""
    return client.post(address, {"login": person.email, "password": PASSWORD}, follow=True)


def shows(response: Any, sent: dict[str, str]) -> None:
    assert response.status_code == 200
    assert TOLD in response.content.decode()
    form = response.context["form"]
    assert {name: str(form[name].value()) for name in sent} == sent


@pytest.mark.parametrize("headers", [OURS, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("form", KEPT)
def test_a_session_that_ended_keeps_what_was_typed(
    roadmap: Roadmap, ana: User, form: str, headers: dict[str, str]
) -> None:
    address, sent, before = address_of(form, roadmap), good(form, roadmap), stored()
    client = Client()
    asked = client.post(address, sent, headers=headers)
    to = asked["HX-Redirect"] if headers is HTMX else asked["Location"]
    assert to == f"{reverse('account_login')}?next={address}"
    page = sign_in(client, to, ana)
    shows(page, sent)
    assert page.redirect_chain[-1][0] == address
    User.objects.filter(pk=ana.pk).update(last_login=None)
    assert stored() == before
    assert client.post(address, sent).status_code == 302
    assert stored() != before


def test_it_is_shown_once(roadmap: Roadmap, ana: User) -> None:
    address, client = address_of("milestone-notes", roadmap), Client()
    sign_in(client, client.post(address, good("milestone-notes", roadmap), headers=OURS)["Location"], ana)
    page = client.get(address).content.decode()
    assert TOLD not in page
    assert "Some notes" not in page


@pytest.mark.parametrize("headers", [OURS, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("form", ["milestone-notes", "item-add", "roadmap-share"])
def test_a_form_that_is_older_than_the_session_keeps_what_was_typed(
    roadmap: Roadmap, ana: User, form: str, headers: dict[str, str]
) -> None:
    address, sent, before = address_of(form, roadmap), good(form, roadmap), stored()
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    again = client.post(address, sent, headers=headers)
    assert (again["HX-Redirect"] if headers is HTMX else again["Location"]) == address
    shows(client.get(address), sent)
    User.objects.filter(pk=ana.pk).update(last_login=None)
    assert stored() == before


def test_what_was_typed_in_several_windows_is_in_each_of_them_again(roadmap: Roadmap, ana: User) -> None:
    client, asked = Client(), ""
    forms = ["milestone-notes", "item-add", "roadmap-edit"]
    for form in forms:
        asked = client.post(address_of(form, roadmap), good(form, roadmap), headers=OURS)["Location"]
    shows(sign_in(client, asked, ana), good(forms.pop(), roadmap))
    for form in forms:
        shows(client.get(address_of(form, roadmap)), good(form, roadmap))


def test_without_any_cookie_it_is_kept_too(roadmap: Roadmap, ana: User) -> None:
    address, sent = address_of("milestone-notes", roadmap), good("milestone-notes", roadmap)
    to = Client(enforce_csrf_checks=True).post(address, sent, headers=OURS)
    assert to["Location"] == f"{reverse('account_login')}?next={address}"
    assert to.cookies["session"].value


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_foreign_page_puts_nothing_into_a_session(roadmap: Roadmap, ana: User, origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        address_of("milestone-notes", roadmap), good("milestone-notes", roadmap), headers={"Origin": origin}
    )
    assert answer.status_code == 403
    assert "session" not in answer.cookies


def test_somebody_else_who_signs_in_does_not_see_it(roadmap: Roadmap, ben: User) -> None:
    client = Client()
    asked = client.post(address_of("milestone-notes", roadmap), good("milestone-notes", roadmap), headers=OURS)
    page = sign_in(client, asked["Location"], ben)
    assert page.status_code == 404
    assert "Some notes" not in page.content.decode()


def test_a_text_that_was_changed_meanwhile_is_not_overwritten(roadmap: Roadmap, ana: User) -> None:
    milestone, client = milestone_of(roadmap), Client()
    address = reverse("milestone-notes", args=[milestone.pk])
    asked = client.post(address, {"text": "Typed before", "seen": ""}, headers=OURS)
    type(milestone).objects.filter(pk=milestone.pk).update(notes="Written elsewhere")
    form = sign_in(client, asked["Location"], ana).context["form"]
    assert client.post(address, {name: form[name].value() for name in ("text", "seen")}).status_code == 409


def test_a_text_of_full_length_is_kept_and_what_no_form_sends_is_not(roadmap: Roadmap) -> None:
    address = address_of("milestone-notes", roadmap)
    for length, kept in ((20_000, True), (AT_MOST + 1, False)):
        client = Client()
        client.post(address, {"text": "가" * length, "seen": "나" * 20_000 if kept else ""}, headers=OURS)
        assert ("typed" in client.session) == kept


@pytest.mark.parametrize("name", ["account_change_password", "account_login", "account_signup"])
def test_a_password_is_kept_nowhere(name: str, ana: User) -> None:
    client = Client()
    sent = {"oldpassword": PASSWORD, "password1": PASSWORD, "login": "x", "password": PASSWORD}
    client.post(reverse(name), sent, headers=OURS)
    assert PASSWORD not in str(dict(client.session))
