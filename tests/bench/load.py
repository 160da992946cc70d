"""A small load generator: keep-alive connections, a thread each, every answer checked.

It speaks HTTP by hand. Python's own client costs about as much as a fast answer does, and on the same machine that
would make every view look alike.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Self

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
TIMEOUT = 20
ATTEMPTS = 300


class WrongAnswer(Exception):
    """An answer that is not the one that was asked for: the figures would mean nothing."""


@dataclass(frozen=True)
class Ask:
    """A request as it goes over the wire, and the status that answers it, or another one that is right as well."""

    raw: bytes
    status: int = 200
    or_else: int = 0


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is as it was sent, compressed or not."""

    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        found = re.search(rb"\r\n%s: ([^\r]*)" % name.encode(), self.head, re.IGNORECASE)
        return found[1].decode("latin-1") if found else ""


@dataclass(frozen=True)
class Pace:
    """How one round went: the answers, and how quickly they came."""

    answers: int
    per_second: float
    p50: float
    p99: float


class Connection:
    """One connection that is kept; a context manager."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go."""
        self._socket.close()

    def send(self, ask: Ask) -> Answer:
        """Send and read the whole answer. Raises WrongAnswer where it has another status."""
        self._socket.sendall(ask.raw)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more(ask)
        head, body = data[: end + 2], data[end + 4 :]
        status = int(head[9:12])
        found = LENGTH.search(head)
        if found is None and status not in {204, 304}:
            raise WrongAnswer(f"{_line(ask)}: no Content-Length in\n{head.decode('latin-1')}")
        length = int(found[1]) if found and status != 304 else 0
        while len(body) < length:
            body += self._more(ask)
        if status not in {ask.status, ask.or_else}:
            raise WrongAnswer(f"{_line(ask)}: {status} instead of {ask.status}\n{head.decode('latin-1')}")
        return Answer(head, body)

    def _more(self, ask: Ask) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise WrongAnswer(f"{_line(ask)}: the connection was closed")
        return data


def _line(ask: Ask) -> str:
    return ask.raw.split(b" HTTP/")[0].decode()


def spread(port: int, count: int, workers: int, which: Ask) -> list[Connection]:
    """`count` connections, as many to each of `workers` processes: chance would decide a round otherwise.

    `which` is answered with the process's number. Where the system insists on one process, chance has its way.
    """
    share = -(-count // workers)
    taken: Counter[bytes] = Counter()
    kept: list[Connection] = []
    others: list[Connection] = []
    for _ in range(ATTEMPTS):
        connection = Connection(port)
        worker = connection.send(which).body
        if taken[worker] < share:
            taken[worker] += 1
            kept.append(connection)
        else:
            others.append(connection)
        if len(kept) == count:
            break
    while len(kept) < count:
        kept.append(others.pop())
    for connection in others:
        connection.close()
    return kept


def measure(connections: Sequence[Connection], streams: Sequence[Iterator[Ask]], *, seconds: float) -> Pace:
    """Send as fast as the answers come, on every connection at once. Every request that was begun is answered."""
    times: list[float] = []
    errors: list[BaseException] = []
    ready = threading.Barrier(len(connections) + 1)

    def drive(connection: Connection, stream: Iterator[Ask]) -> None:
        own = []
        try:
            ready.wait()
            end = time.perf_counter() + seconds
            before = time.perf_counter()
            while before < end and not errors:
                connection.send(next(stream))
                now = time.perf_counter()
                own.append(now - before)
                before = now
        except (WrongAnswer, OSError) as error:
            errors.append(error)
        times.extend(own)

    threads = [
        threading.Thread(target=drive, args=pair, daemon=True) for pair in zip(connections, streams, strict=True)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if errors:
        raise errors[0]
    return Pace(len(times), len(times) / elapsed, 1000 * median(times), 1000 * quantiles(times, n=100)[-1])
