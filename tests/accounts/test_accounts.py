"""The people side: signing up, in and out, a lost password, preferences, language and theme."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a-marked-trail-7"
Outbox = Callable[[], list[EmailMessage]]

HEADERS = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.MAIL_CONFIGURED = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


@pytest.fixture
def visitor() -> Client:
    return Client(headers=HEADERS)


def make_person(email: str = "ana@example.org", *, confirmed: bool = False, **fields: Any) -> User:
    person = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=confirmed)
    return person


def signed_in(person: User) -> Client:
    client = Client(headers=HEADERS)
    client.force_login(person)
    return client


def page_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


# Signing up


def test_two_fields_sign_up_and_in_and_lead_home(visitor: Client) -> None:
    response = visitor.post(reverse("account_signup"), {"email": "ana@example.org", "password1": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert User.objects.get().email == "ana@example.org"
    assert visitor.get(reverse("preferences")).status_code == 200


def test_signing_up_shows_exactly_two_labelled_fields_without_placeholders(visitor: Client) -> None:
    text = page_of(visitor.get(reverse("account_signup")))
    assert re.findall(r'<label for="(\w+)"', text) == ["id_email", "id_password1"]
    assert "placeholder" not in text
    assert 'autocomplete="email"' in text
    assert 'autocomplete="new-password"' in text
    assert "At least 10 characters" in text


def test_somebody_new_keeps_the_language_and_theme_of_the_visit(visitor: Client) -> None:
    visitor.post(reverse("preferences-display"), {"language": "ko", "theme": "dark"})
    visitor.post(reverse("account_signup"), {"email": "ana@example.org", "password1": PASSWORD})
    person = User.objects.get()
    assert (person.language, person.theme) == ("ko", "dark")


def test_a_weak_password_is_refused_at_its_field_and_the_address_is_kept(visitor: Client) -> None:
    response = visitor.post(reverse("account_signup"), {"email": "ana@example.org", "password1": "1234567"})
    text = page_of(response)
    assert "Please use at least 10 characters." in text
    assert "only digits" in text
    assert 'value="ana@example.org"' in text
    assert "1234567" not in text
    assert not User.objects.exists()


def test_an_address_in_other_letters_has_an_account_already(visitor: Client) -> None:
    make_person()
    response = visitor.post(reverse("account_signup"), {"email": "ANA@Example.org", "password1": PASSWORD})
    assert "This e-mail address has an account already." in page_of(response)
    assert User.objects.count() == 1


def test_the_second_of_two_sign_ups_at_the_same_moment_leads_to_signing_in(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("ana@example.org", PASSWORD)
    monkeypatch.setattr("allauth.account.internal.flows.manage_email.assess_unique_email", lambda *_, **__: True)
    response = visitor.post(reverse("account_signup"), {"email": "ana@example.org", "password1": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert User.objects.count() == 1


@pytest.mark.usefixtures("with_mail")
def test_signing_up_sends_a_welcome_and_lets_in_without_confirming(
    visitor: Client, settings: Any, outbox: Outbox
) -> None:
    response = visitor.post(reverse("account_signup"), {"email": "ana@example.org", "password1": PASSWORD})
    assert response["Location"] == reverse("home")
    link = link_in(outbox()[0].body, settings.BASE_URL)
    assert visitor.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified
    visitor.post(link)
    assert EmailAddress.objects.get().verified
    assert "does not work any more" in page_of(visitor.get(link))


# Signing in and out


def test_signing_in_ignores_letter_case_and_leads_home(visitor: Client) -> None:
    make_person()
    response = visitor.post(reverse("account_login"), {"login": "Ana@EXAMPLE.org", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Client) -> None:
    make_person()
    wrong = visitor.post(reverse("account_login"), {"login": "ana@example.org", "password": "not-this-one"})
    unknown = visitor.post(reverse("account_login"), {"login": "ben@example.org", "password": "not-this-one"})
    assert wrong.status_code == unknown.status_code == 200
    assert "do not belong together" in page_of(wrong)
    assert same_page(wrong, unknown)


def test_signing_out_is_a_post_and_leads_to_the_front_page() -> None:
    client = signed_in(make_person())
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("preferences")).status_code == 200
    assert client.post(reverse("account_logout"))["Location"] == reverse("front")
    assert client.get(reverse("preferences")).status_code == 302


def test_next_is_kept_between_signing_in_and_signing_up(visitor: Client) -> None:
    text = page_of(visitor.get(reverse("account_login"), {"next": "/roles/"}))
    assert '<input type="hidden" name="next" value="/roles/">' in text
    assert "/accounts/signup/?next=%2Froles%2F" in text
    response = visitor.post(
        reverse("account_signup"), {"email": "ana@example.org", "password1": PASSWORD, "next": "/roles/"}
    )
    assert response["Location"] == "/roles/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_stays_on_this_site(visitor: Client, target: str) -> None:
    make_person()
    response = visitor.post(
        reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD, "next": target}
    )
    assert response["Location"] == reverse("home")
    assert visitor.post(reverse("preferences-display"), {"theme": "dark", "next": target})["Location"] == "/"


def test_next_does_not_follow_another_allowed_host(visitor: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".example.org"]
    make_person()
    response = visitor.post(
        reverse("account_login"),
        {"login": "ana@example.org", "password": PASSWORD, "next": "https://other.example.org/"},
    )
    assert response["Location"] == reverse("home")


def test_guessing_a_password_is_answered_429_after_five_times(visitor: Client) -> None:
    make_person()
    guess = {"login": "ana@example.org", "password": "not-this-one"}
    answers = [visitor.post(reverse("account_login"), guess) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "300"
    assert "too often" in page_of(answers[-1])
    assert visitor.post(reverse("account_login"), {**guess, "password": PASSWORD}).status_code == 429


def test_too_many_sign_ins_from_one_place_are_answered_429(visitor: Client) -> None:
    answers = [visitor.post(reverse("account_login"), {}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_too_many_sign_ups_from_one_place_are_answered_429(visitor: Client) -> None:
    answers = [visitor.post(reverse("account_signup"), {}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_too_many_resets_for_one_address_are_answered_429(visitor: Client) -> None:
    answers = [visitor.post(reverse("account_reset_password"), {"email": "ben@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_switched_off_account_does_not_get_in(visitor: Client) -> None:
    make_person(is_active=False)
    response = visitor.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD}, follow=True)
    assert "This account is switched off" in page_of(response)
    assert visitor.get(reverse("preferences")).status_code == 302


# A lost password


def test_the_link_of_a_reset_starts_at_the_configured_address(visitor: Client, settings: Any, outbox: Outbox) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    make_person()
    visitor.post(reverse("account_reset_password"), {"email": "Ana@example.org"}, headers={"Host": "evil.example"})
    visitor.post(reverse("account_reset_password"), {"email": "ben@example.org"}, headers={"Host": "evil.example"})
    assert [message.to for message in outbox()] == [["ana@example.org"], ["ben@example.org"]]
    for message in outbox():
        assert "evil.example" not in f"{message.subject} {message.body}"
        assert link_in(message.body, settings.BASE_URL)


def test_a_reset_sets_the_password_once_and_signs_in(visitor: Client, settings: Any, outbox: Outbox) -> None:
    person = make_person()
    visitor.post(reverse("account_reset_password"), {"email": person.email})
    link = link_in(outbox()[0].body, settings.BASE_URL)
    form = visitor.get(link, follow=True)
    assert 'autocomplete="new-password"' in page_of(form)
    address = form.request["PATH_INFO"]
    assert "too short" in page_of(visitor.post(address, {"password1": "short"}))
    response = visitor.post(address, {"password1": "another-trail-8"})
    assert response["Location"] == reverse("home")
    person.refresh_from_db()
    assert person.check_password("another-trail-8")
    assert "does not work any more" in page_of(Client(headers=HEADERS).get(link, follow=True))


@pytest.mark.parametrize("key", ["zzzzzzzzzzzzz-abc", "1-abc", "0-" + "a" * 300])
def test_a_broken_reset_link_says_so(visitor: Client, key: str) -> None:
    response = visitor.get(f"/accounts/password/reset/key/{key}/")
    assert response.status_code == 200
    assert "does not work any more" in page_of(response)


def test_a_reset_answers_the_same_for_a_known_and_an_unknown_address(visitor: Client, outbox: Outbox) -> None:
    make_person()
    answers = []
    for email in ("ana@example.org", "ben@example.org"):
        response = visitor.post(reverse("account_reset_password"), {"email": email})
        answers.append((response.status_code, response["Location"], page_of(visitor.get(response["Location"]))))
    (status, location, text), (other_status, other_location, other_text) = answers
    assert (status, location) == (other_status, other_location)
    assert without_tokens(text) == without_tokens(other_text)
    assert len(outbox()) == 2


def test_without_a_mail_server_the_reset_page_says_where_the_link_is(visitor: Client, settings: Any) -> None:
    settings.MAIL_CONFIGURED = False
    for page in ("account_reset_password", "account_reset_password_done"):
        assert "no mail server" in page_of(visitor.get(reverse(page)))
    settings.MAIL_CONFIGURED = True
    for page in ("account_reset_password", "account_reset_password_done"):
        assert "no mail server" not in page_of(visitor.get(reverse(page)))


def test_a_mail_speaks_the_language_of_its_reader(visitor: Client, outbox: Outbox) -> None:
    from django.utils.translation import gettext, override

    make_person(language="ko")
    visitor.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    with override("ko"):
        assert outbox()[0].subject == gettext("Set a new password")


# Changing password and address


@pytest.mark.usefixtures("with_mail")
def test_changing_the_password_asks_for_the_old_one_and_keeps_the_session(settings: Any, outbox: Outbox) -> None:
    person = make_person()
    client = signed_in(person)
    address = reverse("account_change_password")
    wrong = client.post(address, {"oldpassword": "not-this-one", "password1": "another-trail-8"})
    assert "This is not your current password." in page_of(wrong)
    response = client.post(address, {"oldpassword": PASSWORD, "password1": "another-trail-8"})
    assert response["Location"] == reverse("preferences")
    assert "Your password is changed." in page_of(client.get(reverse("preferences")))
    assert [message.to for message in outbox()] == [[person.email]]
    assert f"{settings.BASE_URL}{reverse('account_reset_password')}" in outbox()[0].body


def test_somebody_without_a_password_sets_one() -> None:
    person = make_person()
    person.set_unusable_password()
    person.save()
    client = signed_in(person)
    response = client.get(reverse("account_change_password"), follow=True)
    assert response.request["PATH_INFO"] == reverse("account_set_password")
    assert client.post(reverse("account_set_password"), {"password1": PASSWORD})["Location"] == reverse("preferences")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def change_email(client: Client, email: str) -> Any:
    """Ask for the change and enter the password when asked."""
    response = client.post(reverse("account_email"), {"email": email, "action_add": ""})
    if response.status_code != 302:
        return response
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    form = client.get(response["Location"])
    assert 'autocomplete="current-password"' in page_of(form)
    return client.post(response["Location"], {"password": PASSWORD}, follow=True)


@pytest.mark.usefixtures("with_mail")
def test_a_confirmed_address_stays_until_the_new_one_is_confirmed(settings: Any, outbox: Outbox) -> None:
    person = make_person(confirmed=True)
    client = signed_in(person)
    text = page_of(change_email(client, "ana@example.net"))
    assert "ana@example.net" in text
    assert User.objects.get().email == "ana@example.org"
    assert outbox()[-1].to == ["ana@example.net"]
    client.post(link_in(outbox()[-1].body, settings.BASE_URL))
    assert User.objects.get().email == "ana@example.net"
    assert outbox()[-1].to == ["ana@example.org"]


@pytest.mark.usefixtures("with_mail")
def test_a_change_of_address_can_be_called_off() -> None:
    client = signed_in(make_person(confirmed=True))
    change_email(client, "ana@example.net")
    client.post(reverse("account_email"), {"email": "ana@example.net", "action_remove": ""})
    assert [address.email for address in EmailAddress.objects.all()] == ["ana@example.org"]


@pytest.mark.parametrize("mail_configured", [True, False])
def test_an_address_that_was_never_confirmed_is_replaced_at_once(
    settings: Any, outbox: Outbox, *, mail_configured: bool
) -> None:
    settings.MAIL_CONFIGURED = mail_configured
    for name in ("ana", "ben"):
        client = signed_in(make_person(f"{name}@example.org"))
        assert change_email(client, f"{name}@example.net").status_code == 200
    assert sorted(User.objects.values_list("email", flat=True)) == ["ana@example.net", "ben@example.net"]
    assert sorted(EmailAddress.objects.filter(primary=True).values_list("email", flat=True)) == [
        "ana@example.net",
        "ben@example.net",
    ]
    assert len(outbox()) == (2 if mail_configured else 0)


def test_without_a_mail_server_a_confirmed_address_is_replaced_at_once_too(settings: Any) -> None:
    settings.MAIL_CONFIGURED = False
    text = page_of(change_email(signed_in(make_person(confirmed=True)), "ana@example.net"))
    assert "Your e-mail address is changed." in text
    assert User.objects.get().email == "ana@example.net"


def test_changing_the_address_asks_for_the_password() -> None:
    person = make_person()
    client = signed_in(person)
    asked = client.post(reverse("account_email"), {"email": "ana@example.net", "action_add": ""})
    wrong = client.post(asked["Location"], {"password": "not-this-one"})
    assert "This is not your password." in page_of(wrong)
    assert User.objects.get().email == "ana@example.org"


def test_an_address_of_somebody_else_is_refused() -> None:
    make_person("ben@example.org")
    client = signed_in(make_person())
    assert "has an account already" in page_of(change_email(client, "BEN@example.org"))


# Closed pages


def test_a_closed_page_leads_to_signing_in_and_back(visitor: Client) -> None:
    response = visitor.get(reverse("preferences"))
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/accounts/preferences/")


def test_an_htmx_request_to_a_closed_page_redirects_the_whole_page(visitor: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/roadmaps/?open=1"}
    response = visitor.post(reverse("preferences"), {"name": "Ana"}, headers=headers)
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/accounts/login/?next=/roadmaps/")


# Preferences


def test_preferences_are_saved_and_spoken() -> None:
    person = make_person()
    client = signed_in(person)
    response = client.post(
        reverse("preferences"), {"name": "Ana", "language": "ko", "time_zone": "Europe/Berlin", "theme": "dark"}
    )
    assert response["Location"] == reverse("preferences")
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone, person.theme) == ("Ana", "ko", "Europe/Berlin", "dark")
    assert response.cookies["language"].value == "ko"
    assert response.cookies["theme"].value == "dark"
    assert '<html lang="ko" data-theme="dark">' in page_of(client.get(reverse("preferences")))


def test_an_unknown_time_zone_is_told_at_its_field_and_what_was_typed_is_kept() -> None:
    person = make_person()
    response = signed_in(person).post(
        reverse("preferences"), {"name": "Ana B.", "language": "en", "time_zone": "Mars/Olympus", "theme": "light"}
    )
    text = page_of(response)
    assert response.status_code == 422
    assert 'id="id_time_zone_error"' in text
    assert "This time zone is not known." in text
    assert 'value="Ana B."' in text
    person.refresh_from_db()
    assert (person.name, person.time_zone) == ("", "")


@pytest.mark.parametrize("name", ["a" * 81, "nul\x00byte"])
def test_a_name_that_cannot_be_kept_is_refused(name: str) -> None:
    response = signed_in(make_person()).post(
        reverse("preferences"), {"name": name, "language": "en", "time_zone": "", "theme": "light"}
    )
    assert response.status_code == 422


def test_saving_preferences_writes_no_other_column() -> None:
    client = signed_in(make_person())
    with CaptureQueriesContext(connection) as queries:
        client.post(reverse("preferences"), {"name": "Ana", "language": "en", "time_zone": "", "theme": "system"})
    updates = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "accounts_user"')]
    assert len(updates) == 1
    assert re.findall(r'"(\w+)" = ', updates[0].split("WHERE")[0]) == ["name", "language", "time_zone", "theme"]


def test_a_time_zone_outside_of_the_list_stays_selected() -> None:
    text = page_of(signed_in(make_person(time_zone="Etc/GMT+9")).get(reverse("preferences")))
    assert '<option value="Etc/GMT+9" selected>' in text


def test_time_zones_are_sorted_places() -> None:
    from accounts.forms import time_zones

    assert time_zones() == sorted(time_zones())
    assert {"Asia/Seoul", "UTC"} <= set(time_zones())
    assert "Factory" not in time_zones()


# Language and theme


def test_a_visitor_switches_language_and_theme_for_a_year(visitor: Client, settings: Any) -> None:
    response = visitor.post(
        reverse("preferences-display"), {"language": "ko", "theme": "dark", "next": "/roles/?page=2"}
    )
    assert response["Location"] == "/roles/?page=2"
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, "ko"), (settings.THEME_COOKIE_NAME, "dark")):
        cookie = response.cookies[name]
        assert cookie.value == value
        assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (365 * 24 * 3600, "/", "Lax")
        assert cookie["httponly"]
        assert bool(cookie["secure"]) == settings.HTTPS
    assert '<html lang="ko" data-theme="dark">' in page_of(visitor.get(reverse("account_login")))


@pytest.mark.parametrize("browser", ["en", "ko"])
@pytest.mark.parametrize(
    ("here", "wanted", "there"),
    [
        ("/en/roles/engineer/", "ko", "/ko/roles/engineer/"),
        ("/ko/roles/engineer/", "en", "/en/roles/engineer/"),
        ("/ko/guide/?topic=hiring", "en", "/en/guide/?topic=hiring"),
        ("/en/roles/", "en", "/en/roles/"),
        ("/roles/engineer/", "ko", "/roles/engineer/"),
        ("/en/nothing/", "ko", "/en/nothing/"),
        ("/?a=b", "ko", "/?a=b"),
        ("https://elsewhere.example/en/roles/", "ko", "/"),
    ],
)
def test_switching_the_language_leads_to_the_same_page_in_it(browser: str, here: str, wanted: str, there: str) -> None:
    sent = {"language": wanted, "next": here}
    for client in (Client(), signed_in(make_person(language=browser))):
        response = client.post(reverse("preferences-display"), sent, headers={"Accept-Language": browser})
        assert response["Location"] == there


def test_switching_the_theme_stays_on_the_page(visitor: Client) -> None:
    response = visitor.post(
        reverse("preferences-display"), {"theme": "dark", "next": "/en/roles/"}, headers={"Accept-Language": "ko"}
    )
    assert response["Location"] == "/en/roles/"


def test_the_cookies_are_secure_over_https(visitor: Client, settings: Any) -> None:
    settings.HTTPS = True
    response = visitor.post(reverse("preferences-display"), {"language": "ko", "theme": "dark"})
    assert all(cookie["secure"] for cookie in response.cookies.values())


def test_a_person_switches_on_their_row_and_keeps_it_elsewhere() -> None:
    person = make_person(language="en")
    signed_in(person).post(reverse("preferences-display"), {"language": "ko"})
    person.refresh_from_db()
    assert (person.language, person.theme) == ("ko", "system")
    assert '<html lang="ko"' in page_of(signed_in(person).get(reverse("preferences")))


@pytest.mark.parametrize("wanted", [{}, {"language": "fr"}, {"theme": "pink"}, {"language": "ko", "theme": "\x00"}])
def test_an_unknown_language_or_theme_is_refused(visitor: Client, wanted: dict[str, str]) -> None:
    response = visitor.post(reverse("preferences-display"), wanted)
    assert response.status_code == 400
    assert not response.cookies


def test_switching_is_a_post(visitor: Client) -> None:
    assert visitor.get(reverse("preferences-display")).status_code == 405


# Every page


VISITOR_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
]
PERSON_PAGES = ["preferences", "account_logout", "account_email", "account_change_password", "account_reauthenticate"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("mail_configured", [True, False])
def test_every_page_renders_in_both_languages_with_one_heading(
    settings: Any, language: str, *, mail_configured: bool
) -> None:
    settings.MAIL_CONFIGURED = mail_configured
    headers = {"Accept-Language": language}
    person = Client(headers=headers)
    person.force_login(make_person(language=language))
    for client, pages in ((Client(headers=headers), VISITOR_PAGES), (person, PERSON_PAGES)):
        for page in pages:
            response = client.get(reverse(page))
            text = page_of(response)
            assert response.status_code == 200, page
            assert f'<html lang="{language}"' in text, page
            assert text.count("<h1>") == 1, page
            assert " style=" not in text, page
            assert "placeholder" not in text, page
            assert "site-header" in text, page


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_every_error_page_renders_without_a_database(
    rf: Any, django_assert_num_queries: Callable[[int], Any], status: int, language: str
) -> None:
    from config.errors import error_page

    with django_assert_num_queries(0):
        response = error_page(rf.get("/", headers={"Accept-Language": language}), status)
    text = page_of(response)
    assert response.status_code == status
    assert f'<html lang="{language}" data-theme="system">' in text
    assert text.count("<h1>") == 1
    assert 'href="/"' in text


def test_a_page_that_is_not_there_suggests_asking_for_a_new_link(visitor: Client) -> None:
    response = visitor.get("/nowhere/")
    assert response.status_code == 404
    assert "ask them for a new one" in page_of(response)


def test_a_form_without_its_token_is_answered_by_our_page() -> None:
    client = Client(enforce_csrf_checks=True, headers=HEADERS)
    response = client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})
    assert response.status_code == 403
    assert "That is not allowed" in page_of(response)


# Reading answers


def link_in(body: object, base: str) -> str:
    """The path of the one link in a mail; it must start at the configured address."""
    links = [line for line in str(body).split("-- \n")[0].split() if line.startswith("http")]
    assert len(links) == 1
    assert links[0].startswith(base + "/")
    return links[0].removeprefix(base)


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def same_page(one: Any, other: Any) -> bool:
    texts = [re.sub(r"\w+@example\.org", "", without_tokens(page_of(response))) for response in (one, other)]
    return texts[0] == texts[1]
