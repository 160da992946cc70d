"""What holds when things break: answered ticks are kept, and an outage is told and survived without a restart."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlencode

import psycopg
import pytest

from tests.browser import Server
from tests.postgres import Postgres
from tests.visitor import WISH, Answer, Visitor

pytestmark = pytest.mark.once

UNANSWERED = (OSError, HTTPException)


def workers(server: Server) -> set[int]:
    """The processes that answer requests."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return {int(pid) for pid in children.split()}


def until(condition: Callable[[], bool], *, seconds: float) -> float:
    """Wait for something that another process does, and return how long it took."""
    started = time.monotonic()
    pause = threading.Event()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} seconds"
        pause.wait(0.02)
    return time.monotonic() - started


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Server]:
    """A server on a database file that DATABASE_URL names, with room for 16 requests at once."""
    server = Server(on="", WAYMARK_THREADS="8")
    server.env["DATABASE_URL"] = f"sqlite:///{file_of(server)}"
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module")
def on_postgres(postgres: Postgres) -> Iterator[Server]:
    """A server on it."""
    server = Server(on=postgres.url(), WAYMARK_THREADS="8")
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def own_server(request: pytest.FixtureRequest) -> Server:
    """The one on the kind of database that this run is about."""
    kind = "on_postgres" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "on_sqlite"
    server: Server = request.getfixturevalue(kind)
    return server


@pytest.fixture
def person(own_server: Server) -> Visitor:
    """Somebody new on it."""
    visitor = Visitor(own_server)
    visitor.sign_up()
    return visitor


def tick_all(
    visitor: Visitor, items: list[str], *, clients: int, halfway: Callable[[], None] = lambda: None
) -> tuple[dict[str, Answer], dict[str, BaseException]]:
    """Tick items from several clients at once: the answers, and what happened where there was none."""
    answers: dict[str, Answer] = {}
    unanswered: dict[str, BaseException] = {}
    with ThreadPoolExecutor(clients) as pool:
        futures = {pool.submit(visitor.tick, item): item for item in items}
        for number, future in enumerate(as_completed(futures)):
            if number == len(items) // 4:
                halfway()
            error = future.exception()
            if error is None:
                answers[futures[future]] = future.result()
            elif isinstance(error, UNANSWERED):
                unanswered[futures[future]] = error
            else:
                raise error
    return answers, unanswered


def file_of(server: Server) -> Path:
    """The database of a server on SQLite."""
    return server.data_dir / "waymark.sqlite3"


def events(server: Server) -> int:
    """How many ticks the history of everybody knows."""
    query = "SELECT count(*) FROM roadmap_event WHERE kind = 'item-done'"
    if server.env["DATABASE_URL"].startswith("sqlite"):
        with closing(sqlite3.connect(file_of(server))) as file:
            return int(file.execute(query).fetchone()[0])
    with psycopg.connect(server.env["DATABASE_URL"]) as connection:
        return int(connection.execute(query).fetchall()[0][0])


def connections(server: Server, condition: LiteralString = "true") -> int:
    """How many a server holds to its PostgreSQL, of those that meet a condition on pg_stat_activity."""
    ours = "datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(server.env["DATABASE_URL"]) as connection:
        query = f"SELECT count(*) FROM pg_stat_activity WHERE {ours} AND {condition}"
        return int(connection.execute(query).fetchall()[0][0])


# Many at once


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgres"])
def test_16_clients_tick_at_once_without_an_error_and_nothing_is_lost_or_doubled(
    request: pytest.FixtureRequest, kind: str
) -> None:
    server: Server = request.getfixturevalue(kind)
    visitor = Visitor(server)
    visitor.sign_up()
    items = visitor.make_items(visitor.make_roadmap(), 80)
    before = events(server)

    # Each twice, as after an answer that was lost.
    answers, unanswered = tick_all(visitor, list(items) + list(items), clients=16)

    assert unanswered == {}
    assert {answer.status for answer in answers.values()} == {200}
    assert visitor.ticked(items) == set(items)
    assert events(server) - before == len(items)


@pytest.mark.parametrize("kind", ["on_sqlite", "on_postgres"])
def test_a_form_that_arrives_eight_times_at_once_makes_one_roadmap(request: pytest.FixtureRequest, kind: str) -> None:
    server: Server = request.getfixturevalue(kind)
    visitor = Visitor(server)
    visitor.sign_up()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.get("/roadmaps/new/").text)
    assert token
    form = {**WISH, "csrfmiddlewaretoken": token[1]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: visitor.post("/roadmaps/new/", form), range(8)))
    assert {answer.status for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(set(re.findall(r'href="(/roadmaps/\d+/)"', visitor.get("/roadmaps/").text))) == 1


def test_sqlite_writes_ahead_and_waits_for_the_disk(on_sqlite: Server) -> None:
    pragmas = "'PRAGMA journal_mode', 'PRAGMA synchronous'"
    ask = f"from django.db import connection as c; print([c.cursor().execute(q).fetchone()[0] for q in ({pragmas})])"
    assert on_sqlite.manage("shell", "-v", "0", "-c", ask).strip() == "['wal', 2]"


def test_of_two_editors_who_add_the_same_entry_at_once_the_second_is_told(on_postgres: Server) -> None:
    editors = [Visitor(on_postgres), Visitor(on_postgres)]
    for editor in editors:
        on_postgres.manage("editor", editor.sign_up())
    texts = {f"{name}_{language}": "가" for name in ("name", "summary") for language in ("ko", "en")}
    topic = {"key": "added-twice", **texts}
    # Both have found the id free when the first of them may write.
    with psycopg.connect(on_postgres.env["DATABASE_URL"]) as holder, ThreadPoolExecutor(2) as pool:
        holder.execute("SELECT 1 FROM content_pack FOR UPDATE")
        sent = [pool.submit(editor.post, "/admin/content/topic/add/", topic) for editor in editors]
        until(lambda: connections(on_postgres, "wait_event_type = 'Lock'") == 2, seconds=10)
        holder.rollback()
        answers = sorted((each.result() for each in sent), key=lambda answer: answer.status)
    assert [answer.status for answer in answers] == [200, 302]
    assert "Somebody else has added the same meanwhile." in answers[0].text
    assert re.search(r'class="errorlist" id="id_key_error"', answers[0].text)
    assert 'value="added-twice"' in answers[0].text


# Crashes


def test_a_worker_that_is_killed_loses_no_answered_tick(own_server: Server, person: Visitor) -> None:
    items = person.make_items(person.make_roadmap(), 160)
    before = workers(own_server)
    victim = min(before)

    answers, unanswered = tick_all(person, list(items), clients=8, halfway=lambda: os.kill(victim, signal.SIGKILL))

    assert {answer.status for answer in answers.values()} == {200}
    assert len(answers) > len(items) // 2
    assert set(answers) <= person.ticked(items)
    again, still = tick_all(person, list(unanswered), clients=8)
    assert still == {}
    assert {answer.status for answer in again.values()} <= {200}
    assert person.ticked(items) == set(items)
    until(lambda: len(workers(own_server)) == len(before) and victim not in workers(own_server), seconds=10)


def test_a_database_that_crashes_loses_no_answered_tick(on_postgres: Server, postgres: Postgres) -> None:
    visitor = Visitor(on_postgres)
    visitor.sign_up()
    items = visitor.make_items(visitor.make_roadmap(), 160)

    def crash() -> None:
        postgres.kill()
        postgres.start()

    answers, unanswered = tick_all(visitor, list(items), clients=8, halfway=crash)

    assert unanswered == {}
    assert {answer.status for answer in answers.values()} <= {200, 503}
    kept = {item for item, answer in answers.items() if answer.status == 200}
    assert kept
    until(lambda: visitor.get("/readyz").status == 200, seconds=5)
    assert kept <= visitor.ticked(items)


# The database is gone


def says_503(visitor: Visitor, path: str = "/roadmaps/") -> None:
    answer = visitor.get(path)
    assert answer.status == 503, path
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.seconds < 2  # Under a second on a machine that does nothing else.
    title = {"en": "Not available for a moment", "ko": "<h1>"}[visitor.language]
    assert title in answer.text
    assert f'<html lang="{visitor.language}"' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("outage", [0.0, 8.0], ids=["short", "long"])
def test_postgresql_that_is_gone_is_told_quickly_and_is_back_without_a_restart(
    on_postgres: Server, postgres: Postgres, outage: float
) -> None:
    visitor = Visitor(on_postgres)
    visitor.sign_up()
    korean = Visitor(on_postgres, language="ko")
    korean.cookies = dict(visitor.cookies)
    roadmap = visitor.make_roadmap()
    host = Visitor(on_postgres)
    pids = workers(on_postgres)
    postgres.stop()
    try:
        stopped = time.monotonic()
        says_503(visitor, roadmap)
        says_503(korean, roadmap)
        says_503(visitor, "/s/nobody-has-this-token/")
        ready, healthy = host.get("/readyz"), host.get("/healthz")
        assert (ready.status, ready.headers["Retry-After"], healthy.status) == (503, "5", 200)
        tick = visitor.tick("1")
        assert (tick.status, tick.seconds < 2) == (503, True)
        # A pool that grew more patient with every failure would not be back at once: people ask on meanwhile.
        until(lambda: visitor.get(roadmap).status == 503 and time.monotonic() - stopped > outage, seconds=outage + 5)
    finally:
        postgres.start()
    # Every worker has a pool of its own, and who asks next may meet the one that nobody has met since.
    assert [visitor.get(roadmap).status for _ in range(16)] == [200] * 16
    assert host.get("/readyz").status == 200
    assert workers(on_postgres) == pids


def test_postgresql_that_was_started_anew_while_nobody_asked_is_not_noticed(
    on_postgres: Server, postgres: Postgres
) -> None:
    visitor = Visitor(on_postgres)
    visitor.sign_up()
    items = visitor.make_items(visitor.make_roadmap(), 80)
    early, late = list(items)[:40], list(items)[40:]
    tick_all(visitor, early, clients=16)
    # What the workers hold now is dead afterwards, each of it.
    assert connections(on_postgres) > 2 * len(workers(on_postgres))
    postgres.stop()
    postgres.start()
    answers, unanswered = tick_all(visitor, late, clients=16)
    assert unanswered == {}
    assert {answer.status for answer in answers.values()} == {200}
    assert visitor.ticked(items) == set(items)


def test_a_database_file_that_cannot_be_opened_is_told_and_is_back_without_a_restart(on_sqlite: Server) -> None:
    visitor = Visitor(on_sqlite)
    visitor.sign_up()
    roadmap = visitor.make_roadmap()
    path = file_of(on_sqlite)
    aside = path.with_suffix(".aside")
    host = Visitor(on_sqlite)
    pids = workers(on_sqlite)
    path.rename(aside)
    path.mkdir()
    try:
        says_503(visitor, roadmap)
        assert host.get("/readyz").status == 503
        assert host.get("/healthz").status == 200
        assert visitor.tick("1").status == 503
    finally:
        path.rmdir()
        aside.rename(path)
    assert visitor.get(roadmap).status == 200
    assert host.get("/readyz").status == 200
    assert workers(on_sqlite) == pids


@contextmanager
def no_room(server: Server) -> Iterator[None]:
    """No file of the server's can grow or be written to, as on a full disk."""
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in workers(server)}
    for pid, (_soft, hard) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


def test_on_a_full_disk_nothing_is_answered_that_is_not_kept(on_sqlite: Server) -> None:
    visitor = Visitor(on_sqlite)
    visitor.sign_up()
    items = visitor.make_items(visitor.make_roadmap(), 3)
    kept, refused, later, *_others = items
    pids = workers(on_sqlite)
    assert visitor.tick(kept).status == 200
    with no_room(on_sqlite):
        answers = [visitor.tick(refused) for _ in range(8)]
        assert [(answer.status, answer.headers["Retry-After"]) for answer in answers] == [(503, "5")] * 8
    assert visitor.ticked(items) == {kept}
    assert visitor.tick(later).status == 200
    assert visitor.ticked(items) == {kept, later}
    assert workers(on_sqlite) == pids


def test_a_database_file_that_somebody_else_writes_to_is_waited_for(on_sqlite: Server) -> None:
    visitor = Visitor(on_sqlite)
    visitor.sign_up()
    items = visitor.make_items(visitor.make_roadmap(), 1)
    item = next(iter(items))
    other = sqlite3.connect(file_of(on_sqlite), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        tick = pool.submit(visitor.tick, item)
        # Who only reads does not wait.
        assert visitor.ticked(items) == set()
        assert not tick.done()
        other.execute("COMMIT")
        assert tick.result().status == 200
    other.close()
    assert visitor.ticked(items) == {item}


# Reload and stop


def test_a_reload_under_load_fails_no_request(own_server: Server, person: Visitor) -> None:
    items = person.make_items(person.make_roadmap(), 8)
    chosen = list(items)[:8]
    enough = threading.Event()

    def go_on(item: str) -> tuple[int, bool]:
        number, done = 0, False
        while not enough.is_set():
            done = not done
            answer = person.tick(item, done=done) if number % 3 else person.get(items[item])
            done = done if number % 3 else not done
            assert answer.status == 200, answer.text
            number += 1
        return number, done

    before = workers(own_server)
    with ThreadPoolExecutor(8) as pool:
        futures = {pool.submit(go_on, item): item for item in chosen}
        try:
            os.kill(own_server.pid, signal.SIGHUP)
            until(lambda: not workers(own_server) & before and len(workers(own_server)) == len(before), seconds=20)
            assert person.get("/readyz").status == 200
        finally:
            enough.set()
        results = {futures[future]: future.result() for future in as_completed(futures)}
    assert all(number > 0 for number, _done in results.values())
    assert person.ticked(items) == {item for item, (_number, done) in results.items() if done}


def test_a_stop_lets_the_request_in_flight_finish(own_server: Server, person: Visitor) -> None:
    items = person.make_items(person.make_roadmap(), 1)
    item = next(iter(items))
    body = urlencode({"csrfmiddlewaretoken": person.cookies["csrf"], "done": "on"}).encode()
    head = [
        f"POST /roadmaps/items/{item}/done/ HTTP/1.1",
        f"Host: 127.0.0.1:{own_server.port}",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in person.cookies.items()),
        "HX-Request: true",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Expect: 100-continue",
        "Connection: close",
    ]
    with socket.create_connection(("127.0.0.1", own_server.port), timeout=20) as connection:
        connection.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")  # A worker is at it now.
        connection.sendall(body[:10])
        stopping = threading.Thread(target=own_server.stop)
        pid, before = own_server.pid, workers(own_server)
        stopping.start()
        # The worker that has nothing to do goes first.
        children = Path(f"/proc/{pid}/task/{pid}/children")
        until(lambda: len(children.read_text().split()) < len(before), seconds=10)
        connection.sendall(body[10:])
        answer = b""
        while part := connection.recv(4096):
            answer += part
    stopping.join()
    assert answer.startswith(b"HTTP/1.1 200")
    own_server.start()
    assert person.ticked(items) == {item}


# For the host


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_host_may_ask_without_an_account(own_server: Server, path: str) -> None:
    visitor = Visitor(own_server)
    answer = visitor.get(path)
    assert (answer.status, answer.text) == (200, "ok\n")
    assert "no-store" in answer.headers["Cache-Control"]
    assert visitor.cookies == {}
    assert visitor.post(path, {}).status == 405
