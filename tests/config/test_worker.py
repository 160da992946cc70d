"""The worker runs for months: it outlives what fails, goes on where another ended, and forgets what is done."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import get_commands
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail, User
from config.management.commands.db_worker import look_after
from tests.browser import ROOT, Server, free_port
from tests.config.test_reliability import until
from tests.postgres import Postgres
from tests.smtp import Mailbox
from tests.visitor import Visitor
from tests.worker import work

Outbox = Callable[[], list[Message]]


def test_the_command_is_ours_and_not_the_one_that_it_goes_before() -> None:
    assert get_commands()["db_worker"] == "config"


# Other processes


@pytest.mark.once
def test_a_worker_outlives_a_restart_of_the_database_and_another_goes_on_where_it_ended(
    mailbox: Mailbox, postgres: Postgres
) -> None:
    server = Server(on=postgres.url(), EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}/")
    try:
        server.start()
        waiting = Visitor(server).sign_up("before-the-first@example.org")
        assert mailbox.mails.empty()
        worker = server.start_worker()
        mailbox.next(waiting)

        postgres.stop()
        try:
            until(lambda: "The worker cannot use the database" in server.log.read_text(), seconds=20)
        finally:
            postgres.start()
        until(lambda: Visitor(server).get("/readyz").status == 200, seconds=5)
        mailbox.next(Visitor(server).sign_up("after-the-restart@example.org"))

        worker.terminate()
        assert worker.wait(timeout=20) == 0
        waiting = Visitor(server).sign_up("before-the-second@example.org")
        server.start_worker()
        mailbox.next(waiting)
    finally:
        server.remove()


# What it looks after


def asked_for_a_reset(person: User) -> Mail:
    Client().post("/accounts/password/reset/", {"email": person.email})
    return Mail.objects.get()


def ago(**time: int) -> datetime:
    return timezone.now() - timedelta(**time)


def test_the_task_of_a_worker_that_was_killed_is_taken_by_another(ana: User, outbox: Outbox) -> None:
    asked_for_a_reset(ana)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=ago(minutes=9), worker_ids=["killed"])
    look_after(timezone.now())
    assert not outbox()
    DBTaskResult.objects.update(started_at=ago(minutes=11))
    look_after(timezone.now())
    assert len(outbox()) == 1


@pytest.mark.parametrize(("hours", "sent"), [(47, 1), (49, 0)])
def test_a_task_that_failed_runs_again_for_two_days(ana: User, outbox: Outbox, hours: int, sent: int) -> None:
    waiting = asked_for_a_reset(ana)
    Mail.objects.update(template="account/email/one-that-nobody-wrote")
    work()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    Mail.objects.update(template=waiting.template, due_at=ago(minutes=5))
    DBTaskResult.objects.update(finished_at=ago(minutes=9), enqueued_at=ago(hours=hours))
    look_after(timezone.now())
    assert not outbox()
    DBTaskResult.objects.update(finished_at=ago(minutes=11))
    look_after(timezone.now())
    assert len(outbox()) == sent


def test_what_nobody_needs_any_more_is_forgotten(ana: User) -> None:
    asked_for_a_reset(ana)
    work()
    look_after(timezone.now())
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at=ago(days=8))
    asked_for_a_reset(ana)
    look_after(timezone.now())
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert Mail.objects.count() == 1
    Mail.objects.update(made_at=ago(days=5))
    look_after(timezone.now())
    assert not Mail.objects.exists()


# Beside the web process


def processes_of(session: int) -> dict[int, str]:
    """The processes of a session that have not ended, and what they are called by."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, of = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue  # It ended meanwhile.
    return found


WEB, WORKER = "-m\0gunicorn\0", "manage.py\0db_worker\0"
"""As processes are called, and not the shell whose script names them."""


def kill(session: int, what: str) -> None:
    """Without a chance to tidy up, the first process of `session` that is called by `what`."""
    os.kill(min(pid for pid, called in processes_of(session).items() if what in called), signal.SIGKILL)


def ask_for_a_reset(url: str, email: str) -> None:
    with urllib.request.urlopen(url, timeout=20) as page:
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.read())
        cookie = page.headers["Set-Cookie"].split(";")[0]
    assert token
    form = urlencode({"csrfmiddlewaretoken": token[1].decode(), "email": email}).encode()
    asked = urllib.request.Request(url, form, {"Cookie": cookie, "Accept-Language": "en"})
    urllib.request.urlopen(asked, timeout=20).close()


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make run` prepares and keeps."""
    return tmp_path_factory.mktemp("run")


@pytest.mark.once
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "TERM", "KILL"])
def test_make_run_starts_a_worker_that_comes_back_when_it_dies_and_ends_with_the_web_process(
    ending: signal.Signals, own_folder: Path
) -> None:
    port = free_port()
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= {"WAYMARK_DATA_DIR": str(own_folder), "PYTHONUNBUFFERED": "1", "WEB_CONCURRENCY": "1"}
    log = own_folder / f"{ending.name}.log"
    with log.open("wb") as output:
        run = subprocess.Popen(
            ["make", "run", f"PORT={port}", f"VENV={ROOT / '.venv'}"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until(lambda: "Waymark is running" in log.read_text() or run.poll() is not None, seconds=60)
        assert run.poll() is None, log.read_text()
        until(lambda: any(WORKER in called for called in processes_of(run.pid).values()), seconds=20)
        if ending is signal.SIGKILL:
            kill(run.pid, WORKER)
        ask_for_a_reset(f"http://127.0.0.1:{port}/accounts/password/reset/", "nobody@example.org")
        until(lambda: "To: nobody@example.org" in log.read_text(), seconds=20)  # Printed, without a mail server.
        if ending is signal.SIGINT:
            os.killpg(run.pid, ending)
        elif ending is signal.SIGTERM:
            run.terminate()
        else:
            kill(run.pid, WEB)
        run.wait(timeout=40)
        until(lambda: processes_of(run.pid) == {}, seconds=20)
    finally:
        for pid in processes_of(run.pid):
            os.kill(pid, signal.SIGKILL)
        run.wait()
