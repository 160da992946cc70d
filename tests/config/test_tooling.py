"""The two commands, and what the tests themselves stand on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Page

from config import translations
from content.models import Role
from tests.browser import ROOT, Pages, Server, axe
from tests.postgres import Postgres
from tests.visitor import Visitor

pytestmark = pytest.mark.once

PEOPLE = "SELECT email FROM accounts_user"


@pytest.mark.django_db
def test_the_catalogue_is_there() -> None:
    assert Role.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_the_catalogue_is_there_for_a_test_that_commits() -> None:
    assert Role.objects.count() == 4


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    asked = os.environ.get("DATABASE_URL", "sqlite")
    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")


# The throwaway PostgreSQL


def test_a_command_gets_a_database_and_its_own_exit_status_back() -> None:
    program = "import os, sys, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); sys.exit(7)"
    command = [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (7, "")


def test_the_database_starts_again_at_its_address_after_a_crash() -> None:
    with Postgres() as server:
        first, folder = server.pid, server.folder
        server.kill()
        server.start()
        assert server.pid != first
    assert not folder.exists()


# The bench


def test_the_bench_fills_asks_checks_and_reports() -> None:
    command = [sys.executable, "-m", "tests.bench", "--quick"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=150)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if "%" in line]
    assert {"tick", "roadmap"} <= {row[0] for row in rows}


def test_plans_are_timed() -> None:
    command = [sys.executable, "-m", "tests.bench.plans", "--quick"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stdout.splitlines() if line.startswith("class ")]) == 12


# The translations


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small product: one template, one module."""
    write(
        tmp_path,
        "templates/page.html",
        '{% load i18n %}{% translate "Sign in" %}'
        "{% blocktranslate count n=n trimmed %}\n {{ n }} step\n{% plural %}\n {{ n }} steps\n{% endblocktranslate %}",
    )
    write(tmp_path, "accounts/views.py", "_('Sign in')\ngettext_lazy('Hello, %(name)s')\npgettext('verb', 'Order')\n")
    return tmp_path


def translate(tree: Path, **texts: str) -> None:
    """Write the catalogue with these translations; what is not named gets its own text."""
    catalogue = translations.merged(tree)
    for message in catalogue:
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[-1]
            string = texts.get(text.split()[0].rstrip(","), text)
            message.string = string if isinstance(message.id, str) else (string,)
    translations.write_catalogue(tree, catalogue)


def test_messages_come_from_templates_and_from_code(tree: Path) -> None:
    found = {(message.id, message.context) for message in translations.extracted(tree) if message.id}
    assert found == {
        ("Sign in", None),
        (("%(n)s step", "%(n)s steps"), None),
        ("Hello, %(name)s", None),
        ("Order", "verb"),
    }


def test_a_whole_translation_has_no_problems_and_collecting_again_changes_nothing(tree: Path) -> None:
    translate(tree)
    first = translations.catalogue_path(tree).read_bytes()
    translations.write_catalogue(tree, translations.merged(tree))
    assert translations.problems(tree) == []
    assert translations.catalogue_path(tree).read_bytes() == first
    assert b"Creation-Date" not in first


def test_missing_and_broken_translations_are_named(tree: Path) -> None:
    translate(tree, Sign="", Hello="안녕하세요, %(nmae)s")
    assert translations.problems(tree) == [
        "accounts/views.py: placeholders differ: 'Hello, %(name)s'",
        "templates/page.html: not translated: 'Sign in'",
    ]


def test_a_text_that_cannot_be_collected_is_named(tree: Path) -> None:
    translate(tree)
    write(tree, "roadmap/rows.py", """def row(): return f"<b>{escape(gettext('Late'))}</b>"\n""")
    assert translations.problems(tree) == ["roadmap/rows.py: inside an f-string: gettext('Late')"]


def test_a_fuzzy_translation_is_named(tree: Path) -> None:
    translate(tree)
    path = translations.catalogue_path(tree)
    path.write_text(path.read_text().replace('msgid "Sign in"', '#, fuzzy\nmsgid "Sign in"'))
    assert any("fuzzy" in problem for problem in translations.problems(tree))


def test_a_translation_that_is_no_longer_used_is_named_and_then_dropped(tree: Path) -> None:
    translate(tree)
    write(tree, "accounts/views.py", "_('Sign in')\n")
    assert [problem for problem in translations.problems(tree) if "no longer used: 'Order'" in problem]
    translations.write_catalogue(tree, translations.merged(tree))
    assert translations.problems(tree) == []


# The server and the browser


def test_a_backup_is_taken_while_the_server_runs_and_can_be_restored(make_server: Callable[..., Server]) -> None:
    server = make_server(on="")
    backup = server.data_dir / "backup.sqlite3"
    Visitor(server).sign_up("kept@example.org")
    server.manage("backup", str(backup))
    Visitor(server).sign_up("later@example.org")
    server.stop()
    for name in ("waymark.sqlite3-wal", "waymark.sqlite3-shm"):
        (server.data_dir / name).unlink(missing_ok=True)
    backup.replace(server.data_dir / "waymark.sqlite3")
    server.manage("prepare")
    with closing(sqlite3.connect(server.data_dir / "waymark.sqlite3")) as restored:
        assert restored.execute(PEOPLE).fetchall() == [("kept@example.org",)]
    with pytest.raises(RuntimeError, match="exists already"):
        server.manage("backup", str(server.data_dir / "waymark.sqlite3"))


def test_a_postgresql_is_backed_up_and_restored_too(make_server: Callable[..., Server], postgres: Postgres) -> None:
    server = make_server(on=postgres.url(), PATH=f"{postgres.programs}{os.pathsep}{os.environ['PATH']}")
    backup = server.data_dir / "backup.dump"
    Visitor(server).sign_up("kept@example.org")
    server.manage("backup", str(backup))
    Visitor(server).sign_up("later@example.org")
    server.stop()
    restore = ["pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", "--dbname"]
    subprocess.run([*restore, server.env["DATABASE_URL"], backup], check=True, env=server.env)
    with psycopg.connect(server.env["DATABASE_URL"]) as restored:
        assert restored.execute(PEOPLE).fetchall() == [("kept@example.org",)]


@pytest.mark.browser
def test_the_server_answers_with_a_database_of_its_own(server: Server, page: Page) -> None:
    assert page.request.get("/readyz").text() == "ok\n"


@pytest.mark.browser
def test_what_a_person_should_never_meet_is_noticed(new_page: Pages) -> None:
    page = new_page()
    page.goto("/roles/")
    page.evaluate("fetch('http://127.0.0.1:9/pixel.gif').catch(() => null)")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("() => { setTimeout(() => { throw Error('stumbled') }) }")
    page.goto("/competencies/")
    told = "\n".join(new_page.problems)
    new_page.problems.clear()
    assert "Connecting to 'http://127.0.0.1:9/pixel.gif' violates" in told
    assert "Applying inline style violates" in told
    assert "script error: stumbled" in told


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_axe_reads_a_page_under_its_policy(new_page: Pages, *, dark: bool) -> None:
    page = new_page(language="ko", dark=dark)
    page.goto("/roles/")
    assert page.locator("html").get_attribute("lang") == "ko"
    axe(page)


@pytest.mark.browser
def test_axe_names_what_it_finds(page: Page) -> None:
    page.goto("/roles/")
    page.evaluate("document.body.append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
