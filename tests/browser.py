"""A real server and a real browser: what a person meets, over HTTP alone.

The server has a database of its own. A browser test makes what it needs by the pages, as a person would.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Literal, LiteralString
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.db import connections
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests import PASSWORD
from tests.postgres import Postgres

ROOT = Path(__file__).parent.parent
NO_CHROMIUM = (
    "Browser tests need a Chromium: apt-get install chromium-headless-shell, or name one in CHROMIUM."
    " They were skipped."
)
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What the tests set for themselves, and no installation does.
OF_THE_TESTS = {"DATABASE_URL", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", "FOLDER_OF_PREPARED_INSTALLATIONS"}
# Names the folder in which the processes of one run keep what `prepare` has made.
PREPARED = "FOLDER_OF_PREPARED_INSTALLATIONS"
# A passing test never waits this long; a busy machine may make it wait a while.
PATIENCE = 30_000
_numbers = count(1)


# The server


class Server:
    """gunicorn as a host runs it, with a database and a data folder of its own, on a free port of this machine."""

    def __init__(self, *, on: str | None = None, **env: str) -> None:
        """Prepare an installation; `env` adds to its environment or replaces parts of it.

        `on` is the address of the PostgreSQL that is to hold its database, or "" for SQLite; if it is not given, what
        the tests run on. Where the run keeps what was prepared once, this is a copy of it.
        """
        self.data_dir = Path(tempfile.mkdtemp(prefix="waymark-server-"))
        self.log = self.data_dir / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._postgres = os.environ.get("DATABASE_URL", "") if on is None else on
        self._database = _new_database(self._postgres) if self._postgres.startswith("postgres") else ""
        self._process: subprocess.Popen[bytes] | None = None
        self._workers: list[subprocess.Popen[bytes]] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in OF_THE_TESTS},
            "DJANGO_SETTINGS_MODULE": "tests.server_settings",
            "WAYMARK_LOCAL": "1",
            "WAYMARK_DATA_DIR": str(self.data_dir),
            "WAYMARK_BASE_URL": self.url,
            "WEB_CONCURRENCY": "2",
            "WAYMARK_THREADS": "4",
            **({"DATABASE_URL": self._database} if self._database else {}),
            **env,
        }
        try:
            if PREPARED in os.environ:
                self._copy_a_prepared_one(Path(os.environ[PREPARED]))
            else:
                self.manage("prepare")
        except BaseException:
            self.remove()
            raise

    @property
    def pid(self) -> int:
        """The process that owns the workers."""
        if self._process is None:
            raise RuntimeError("the server is stopped")
        return self._process.pid

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` on this installation and return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode != 0:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _copy_a_prepared_one(self, folder: Path) -> None:
        """Files and database as `prepare` leaves them: whoever comes first prepares and keeps them for the others."""
        kept = folder / quote(self._postgres if self._database else "sqlite", safe="")
        template = "waymark_prepared"
        with _alone(folder):
            if not kept.exists():
                self.manage("prepare")
                shutil.copytree(self.data_dir, kept)
                if self._database:
                    _copy_database(self._postgres, _name_of(self._database), template)
                return
        shutil.copytree(kept, self.data_dir, dirs_exist_ok=True)
        if self._database:
            _drop_database(self._postgres, self._database)
            _copy_database(self._postgres, template, _name_of(self._database))

    def start(self) -> None:
        """Start, or start again at the same address; the first answer has been given when this returns."""
        # The socket is open before gunicorn is: a request waits for it and needs no second try.
        with _listener(self.port) as listener, self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"],
                cwd=ROOT,
                env={**self.env, "WAYMARK_BIND": f"fd://{listener.fileno()}"},
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=30).close()
        except OSError as error:
            self.stop()
            raise RuntimeError(f"the server did not start:\n{self.log.read_text()}") from error

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start what sends mails; `stop` ends it, too."""
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "manage.py", "db_worker"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._workers.append(worker)
        return worker

    def stop(self) -> None:
        """Ask it and its workers to end, each by its own process id, and wait for them."""
        processes = [*filter(None, [self._process]), *self._workers]
        self._process, self._workers = None, []
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        if self._database:
            _drop_database(self._postgres, self._database)
            self._database = ""
        shutil.rmtree(self.data_dir, ignore_errors=True)


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with _listener(0) as listener:
        port: int = listener.getsockname()[1]
        return port


def _listener(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=256)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run, whatever the number of its processes."""
    if not hasattr(config, "workerinput"):
        os.environ[PREPARED] = tempfile.mkdtemp(prefix="waymark-prepared-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(PREPARED), ignore_errors=True)


def _new_database(postgres: str) -> str:
    """The address of a new database beside that one."""
    name = f"waymark_server_{os.getpid()}_{next(_numbers)}"
    _run(postgres, "CREATE DATABASE {}", name)
    return urlsplit(postgres)._replace(path=f"/{name}").geturl()


def _copy_database(postgres: str, source: str, target: str) -> None:
    _run(postgres, "CREATE DATABASE {} TEMPLATE {}", target, source)


def _drop_database(postgres: str, url: str) -> None:
    _run(postgres, "DROP DATABASE {} WITH (FORCE)", _name_of(url))


def _run(postgres: str, statement: LiteralString, *names: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL(statement).format(*map(psycopg.sql.Identifier, names)))


def _name_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One running server for all tests of a worker that leave it as they found it."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL beside the tests' own, to stop and to crash; whoever does starts it again."""
    with Postgres() as database:
        yield database


@pytest.fixture
def make_server() -> Iterator[Callable[..., Server]]:
    """Servers of one test's own, to kill and to starve: `make_server(WEB_CONCURRENCY="1")`."""
    made: list[Server] = []

    def make(*, on: str | None = None, **env: str) -> Server:
        server = Server(on=on, **env)
        made.append(server)
        server.start()
        return server

    yield make
    for server in made:
        server.remove()


# The browser


def find_chromium() -> str | None:
    """The system's Chromium, or the one that CHROMIUM names; the one that never has a window takes half the time."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium there is nothing to drive."""
    if find_chromium() is None:
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line why the browser tests did not run, and how they would."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright keeps an event loop in this thread, in which Django would refuse its database to later tests."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        expect.set_options(timeout=PATIENCE)
        yield playwright
        # Beside an event loop Django keeps connections of their own, which nobody else would close.
        connections.close_all()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    quiet = ["gpu", "quic", "background-networking", "component-update", "sync"]
    arguments = ["--no-first-run", *(f"--disable-{name}" for name in quiet)]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
    yield browser
    browser.close()


class Pages:
    """Opens pages, each as a person of its own, and notes what a person should never meet in `problems`.

    A test that provokes one, such as by taking the network away, clears the list.
    """

    def __init__(self, browser: Browser, server: Server) -> None:
        self.problems: list[str] = []
        self._browser = browser
        self._server = server
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        *,
        language: Literal["ko", "en"] = "en",
        javascript: bool = True,
        width: int = 1280,
        dark: bool = False,
        at: Server | None = None,
    ) -> Page:
        """A page in a fresh context at `at`, or at the server of all tests; `page.goto("/")` is enough."""
        server = at or self._server
        context = self._browser.new_context(
            base_url=server.url,
            locale={"ko": "ko-KR", "en": "en-US"}[language],
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self._note_request(request, server))
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        return context.new_page()

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()

    def _note_request(self, request: Request, server: Server) -> None:
        if request.url.startswith(("http:", "https:")) and not request.url.startswith(f"{server.url}/"):
            self.problems.append(f"request to a third party: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        # An answer of 404 or 409 is a page like any other; a missing file of ours is not.
        status = "Failed to load resource: the server responded with a status of "
        if message.text.startswith(status) and "/static/" not in message.location.get("url", ""):
            return
        # htmx tells of a request that a later one took the place of, as `hx-sync` asks.
        if message.text.startswith(("htmx:sendAbort", "htmx:afterRequest")):
            return
        self.problems.append(f"console: {message.text}")


@pytest.fixture
def new_page(browser: Browser, server: Server) -> Iterator[Pages]:
    """Opens pages: `new_page(language="ko", javascript=False, width=360, dark=True)`."""
    pages = Pages(browser, server)
    yield pages
    pages.close()
    assert pages.problems == []


@pytest.fixture
def page(new_page: Pages) -> Page:
    """An English page of a visitor at a desk."""
    return new_page()


def sign_up(page: Page, email: str | None = None) -> str:
    """Make an account by the pages, as a new person would, and return its e-mail address."""
    email = email or f"person-{os.getpid()}-{next(_numbers)}@example.org"
    page.goto("/accounts/signup/")
    page.fill("#id_email", email)
    page.fill("#id_password1", PASSWORD)
    page.press("#id_password1", "Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != "/accounts/signup/")
    return email


def axe(page: Page, *, only: Sequence[str] = (), without: Iterable[str] = ()) -> None:
    """Assert that axe finds nothing on the page as it is now (WCAG 2.2 A and AA, and best practices).

    `only` names the rules to ask, where the others have been asked of the same page; `without` names those to leave
    out, where what breaks them is not ours.
    """
    # Through the debugging protocol, to which the page's content security policy does not apply. Later pages of the
    # same person have it from the start: the browser then need not be sent and read it again.
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(path=AXE_FILE_PATH)
        page.evaluate(f"{AXE_FILE_PATH.read_text()}\n;0")
    # Without what axe would otherwise work out of every node that is as it should be, and of media that no page has.
    quick = {"resultTypes": ["violations"], "selectors": False, "preload": False}
    options: dict[str, Any] = {**quick, **({"runOnly": list(only)} if only else {})}
    # What may be pressed must be large enough (WCAG 2.2, 2.5.8): axe asks that only if it is told to.
    options["rules"] = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in without}
    result: dict[str, Any] = page.evaluate("(options) => axe.run(options)", options)
    found = [
        f"{violation['id']}: {violation['help']}\n"
        + "\n".join(f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"])
        for violation in result["violations"]
    ]
    assert not found, f"axe at {page.url}:\n" + "\n".join(found)
