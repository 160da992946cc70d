"""Many requests at one moment to a running server, and what its database says afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import LiteralString

import psycopg

from tests.browser import Server
from tests.visitor import Answer, Visitor

CLIENTS = (8, 16)


def at_once(clients: int, *requests: Callable[[], Answer]) -> list[int]:
    """The statuses of requests that are sent by so many clients at the same moment; none is the server's fault."""
    with ThreadPoolExecutor(clients) as pool:
        statuses = [future.result().status for future in [pool.submit(request) for request in requests]]
    assert max(statuses) < 500, statuses
    return statuses


def posts(person: Visitor, path: str, values: Sequence[dict[str, str]]) -> list[Callable[[], Answer]]:
    """Forms to one address."""
    return [lambda each=each: person.post(path, each) for each in values]  # type: ignore[misc]


def counted(server: Server, query: LiteralString, pk: int = 0) -> int:
    """What the database of a server counts, with `pk` in place of `{}`."""
    address = server.env.get("DATABASE_URL", "")
    if address.startswith("postgres"):
        with psycopg.connect(address) as connection:
            return int(connection.execute(query.format(pk)).fetchall()[0][0])
    with closing(sqlite3.connect(server.data_dir / "waymark.sqlite3")) as file:
        return int(file.execute(query.format(pk)).fetchone()[0])
