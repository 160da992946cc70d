"""Sessions: a row names its person and knows its key by a digest; signing in costs one statement."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as StockSessions
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions import SessionStore, digest_of
from tests import PASSWORD

PAGE = "/accounts/preferences/"


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_key_of_a_session_stands_nowhere_in_the_database(ana_client: Client, ana: User) -> None:
    row = Session.objects.get()
    assert (row.digest, row.person) == (digest_of(key_of(ana_client)), ana)
    assert key_of(ana_client) not in str(Session.objects.values())


def test_a_session_and_its_person_are_read_in_one_statement(ana_client: Client) -> None:
    ana_client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        assert ana_client.get(PAGE).status_code == 200
    asked = [each["sql"] for each in queries if "accounts_user" in each["sql"] or "session" in each["sql"]]
    assert len(asked) == 1


def test_what_the_row_says_of_a_person_is_what_the_person_is(ana_client: Client, ana: User) -> None:
    held = SessionStore(key_of(ana_client))
    held.load()
    assert held.person == ana
    for field in User._meta.concrete_fields:
        assert getattr(held.person, field.attname) == getattr(User.objects.get(), field.attname), field.name


def test_a_session_that_is_over_signs_nobody_in(ana_client: Client) -> None:
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ana_client.get(PAGE).status_code == 302
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_a_person_who_is_switched_off_is_signed_out(ana_client: Client, ana: User) -> None:
    User.objects.update(is_active=False)
    assert ana_client.get(PAGE).status_code == 302


def test_another_password_ends_the_other_sessions(ana_client: Client, ana: User) -> None:
    ana.set_password("another-trail-9")
    ana.save()
    assert ana_client.get(PAGE).status_code == 302
    assert not Session.objects.filter(person=ana).exists()


def test_a_session_of_the_key_before_goes_on_under_a_new_one(ana_client: Client) -> None:
    before = key_of(ana_client)
    with override_settings(SECRET_KEY="a new key of this server", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert ana_client.get(PAGE).status_code == 200
        assert key_of(ana_client) != before
        assert ana_client.get(PAGE).status_code == 200
    assert Session.objects.count() == 1


def test_signing_in_changes_the_key_and_signing_out_ends_the_session(client: Client, ana: User) -> None:
    client.get("/roadmaps/put/?milestone=kaggle-first")
    client.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    first = key_of(client)
    assert Session.objects.get().person == ana
    client.post("/accounts/logout/")
    assert not Session.objects.filter(digest=digest_of(first)).exists()
    assert not Session.objects.filter(person=ana).exists()


@pytest.mark.django_db
def test_a_visitor_without_a_cookie_costs_no_session() -> None:
    with CaptureQueriesContext(connection) as queries:
        Client().get("/accounts/login/")
    assert not [each["sql"] for each in queries if "accounts_session" in each["sql"]]


@pytest.mark.django_db
def test_sessions_of_the_release_before_go_on(ana: User) -> None:
    old = StockSessions()
    ours = SessionStore()
    ours[SESSION_KEY] = str(ana.pk)
    for name, value in {SESSION_KEY: str(ana.pk), "assessments": [7]}.items():
        old[name] = value
    old.save()
    visitor = StockSessions()
    visitor["assessments"] = [8]
    visitor.save()
    move: Any = import_module("accounts.migrations.0003_sessions_move").move
    move(apps, None)
    assert not apps.get_model("sessions", "Session").objects.exists()
    theirs, nobodys = (SessionStore(each.session_key).load() for each in (old, visitor))
    assert theirs == {SESSION_KEY: str(ana.pk), "assessments": [7]}
    assert nobodys == {"assessments": [8]}
    assert Session.objects.get(digest=digest_of(old.session_key or "")).person == ana
