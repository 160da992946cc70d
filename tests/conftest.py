"""What every test stands on: the catalogue, the people, and skips that do not pass unseen."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from config.translations import compile_catalogue
from tests import PASSWORD
from tests.worker import work

pytest_plugins = ["tests.browser", "tests.owners", "tests.smtp"]

ROOT = Path(__file__).parent.parent
PACK = ROOT / "content" / "packs" / "deep-learning"

# The same examples in every run of CI; a time limit would only measure the machine.
hypothesis_settings.register_profile("here", deadline=None, database=None)
hypothesis_settings.register_profile("ci", deadline=None, database=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") or os.environ.get("WAYMARK_FORBID_SKIPS") else "here")

AnyReport = TypeVar("AnyReport", pytest.TestReport, pytest.CollectReport)
database_ready: pytest.StashKey[DjangoDbBlocker] = pytest.StashKey()


# The catalogue


def load_catalogue() -> None:
    """Load the real content pack, quietly."""
    call_command("load_pack", PACK, stdout=StringIO())


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, with the catalogue in it."""
    request.config.stash[database_ready] = django_db_blocker
    with django_db_blocker.unblock():
        load_catalogue()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """A test that commits leaves empty tables behind: fill them again."""
    yield
    blocker, database = item.config.stash.get(database_ready, None), item.get_closest_marker("django_db")
    if blocker is not None and database is not None and database.kwargs.get("transaction"):
        with blocker.unblock():
            load_catalogue()


@pytest.fixture
def empty_catalogue(db: None) -> None:
    """No pack is loaded, as in a new installation."""
    for model in apps.get_app_config("content").get_models(include_auto_created=True):
        model._default_manager.all()._raw_delete(using="default")
    connection.check_constraints()


@pytest.fixture
def pack(db: None) -> Path:
    """The folder of the content pack that is in the database."""
    return PACK


# The people


@pytest.fixture
def ana(db: None) -> User:
    """Owns what a test makes."""
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana")


@pytest.fixture
def ben(db: None) -> User:
    """The stranger."""
    return User.objects.create_user("ben@example.org", PASSWORD, name="Ben")


@pytest.fixture
def mina(db: None) -> User:
    """A third person."""
    return User.objects.create_user("mina@example.org", PASSWORD, name="Mina")


@pytest.fixture
def ana_client(ana: User) -> Client:
    """Ana, signed in."""
    return signed_in(ana)


@pytest.fixture
def ben_client(ben: User) -> Client:
    """Ben, signed in."""
    return signed_in(ben)


def signed_in(person: User) -> Client:
    """A client of that person's."""
    client = Client()
    client.force_login(person)
    return client


# The queue


@pytest.fixture
def outbox() -> Callable[[], list[EmailMessage]]:
    """All mails, after the worker has done what is due."""

    def sent() -> list[EmailMessage]:
        work()
        mails: list[EmailMessage] = mail.outbox
        return mails

    return sent


# Skips


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations once, before any worker reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogue(ROOT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip is a failure where WAYMARK_FORBID_SKIPS says so."""
    report = yield
    return _without_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    return _without_skip(report)


def _without_skip(report: AnyReport) -> AnyReport:
    if os.environ.get("WAYMARK_FORBID_SKIPS") and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where no test may be: {report.longrepr}"
    return report
