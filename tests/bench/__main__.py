"""`python -m tests.bench`: the app's hot pages beside bare views, on gunicorn and a throwaway PostgreSQL.

What is compared is processor time, of the workers and of the database, since it holds still where throughput does not.
Rounds of all pages take turns, and what is compared is compared within a round. The database does not wait for its
disk, so that the disk, which is the same for all, does not make them look alike.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.bench.load import Connection, Pace, WrongAnswer, measure, spread
from tests.bench.processor import used_by
from tests.bench.servers import FloorServer
from tests.browser import Server
from tests.postgres import Postgres, PostgresMissing

BEGAN = time.monotonic()
SIGNED_IN = 40
WORKERS = 2
WARM_UP = 0.3
AT_MOST = 170  # Seconds in all: no round begins that would not end by then.


@dataclass
class Row:
    """A row of the report, filled round by round: how each went, and the processor's seconds for one request."""

    name: str
    floor: str
    wanted: str
    bytes: int
    compressed: int
    paces: list[Pace] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def ratio(self, floor: Row) -> float:
        """How often this is done with the processor time of the floor, as the median over the rounds."""
        return median(its / mine for mine, its in zip(self.costs, floor.costs, strict=True))

    def middle(self) -> Pace:
        """The median of each figure."""
        paces = self.paces
        return Pace(0, median(p.per_second for p in paces), median(p.p50 for p in paces), median(p.p99 for p in paces))


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Ratios between pages and bare views.")
    parser.add_argument("--people", type=int, default=1000, help="how many have a roadmap of 60 milestones, 300 items")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round of each page")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--identity", action="store_true", help="ask for uncompressed pages; browsers do not")
    parser.add_argument("--quick", action="store_true", help="whether it runs at all: 10 people, one short round")
    options = parser.parse_args(arguments)
    if options.quick:
        options.people, options.rounds, options.seconds = 10, 1, 0.1
    if options.people < 2 * options.connections:
        parser.error("at least two people for each connection")
    try:
        with ExitStack() as stack:
            postgres = stack.enter_context(Postgres())
            os.environ["DATABASE_URL"] = postgres.url()
            app = Server(
                DJANGO_SETTINGS_MODULE="tests.bench.settings", WEB_CONCURRENCY=str(WORKERS), WAYMARK_THREADS="8"
            )
            stack.callback(app.remove)
            floor = FloorServer(app)
            stack.callback(floor.remove)
            rows = run(app, floor, postgres, options, stack)
    except (PostgresMissing, WrongAnswer) as error:
        print(error, file=sys.stderr)
        return 1
    report(rows, options)
    return 0


def run(app: Server, floor: Server, postgres: Postgres, options: argparse.Namespace, stack: ExitStack) -> list[Row]:
    """Fill the database, start both servers, measure, and check that what was answered is in the database."""
    import django

    os.environ.update(app.env)
    django.setup()
    from django.db import connection as database

    from tests.bench import people as crowd
    from tests.bench.requests import Requests

    stack.callback(database.close_pool)  # type: ignore[attr-defined]
    stack.callback(database.close)
    filling = time.monotonic()
    people = crowd.fill(options.people, signed_in=min(options.people, SIGNED_IN))
    print(f"{options.people:,} people made in {time.monotonic() - filling:.0f} s", flush=True)
    app.start()
    floor.start()
    requests = Requests(app.url, floor.url, people, options.connections, gzip=not options.identity)
    servers = {True: floor, False: app}
    rows = []
    for target in requests.targets:
        with Connection(servers[target.bare].port) as connection:
            body = connection.send(next(target.stream(0, connection))).body
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        rows.append(Row(target.name, target.floor, target.wanted, len(plain), len(gzip.compress(plain, 6))))
    for number in range(options.rounds + 1):  # The first one warms up.
        seconds = options.seconds if number else min(WARM_UP, options.seconds)
        if number > 1 and time.monotonic() - BEGAN + len(rows) * seconds > AT_MOST:
            print(f"stopped after {number - 1} rounds: the machine is slow")
            break
        # Each starts a round in its turn, so that none is always the one after the longest.
        first = number % len(rows)
        pairs = list(zip(requests.targets, rows, strict=True))
        for target, row in pairs[first:] + pairs[:first]:
            server = servers[target.bare]
            # Made anew: a connection that nobody used for a while is closed.
            mine = spread(server.port, options.connections, WORKERS, requests.worker(server.url))
            streams = [target.stream(n, connection) for n, connection in enumerate(mine)]
            roots = (server.pid, postgres.pid)
            before = used_by(roots)
            pace = measure(mine, streams, seconds=seconds)
            if number:
                row.paces.append(pace)
                row.costs.append((used_by(roots) - before) / pace.answers)
            for connection in mine:
                connection.close()
    _check(requests.wanted, requests.ticks, crowd.done_among(list(requests.wanted)), crowd.ticks_so_far())
    return rows


def _check(wanted: dict[int, bool], ticks: int, done: set[int], told: int) -> None:
    """Hold what was answered against what is in the database."""
    lost = [item for item, on in wanted.items() if on != (item in done)]
    if lost:
        raise WrongAnswer(f"{len(lost)} items of {len(wanted)} are not as their last tick wanted, such as {lost[0]}")
    if told != ticks:
        raise WrongAnswer(f"{ticks} ticks were answered, the history tells of {told}")
    print(f"{ticks:,} ticks answered, each in the database and in the history")


def report(rows: list[Row], options: argparse.Namespace) -> None:
    """A line a page: its ratio to the floor, the processor's time, the requests a second, how long an answer takes."""
    by_name = {row.name: row for row in rows}
    print(
        f"\n{options.people:,} people; {len(rows[0].paces)} rounds of {options.seconds:g} s each,"
        f" {options.connections} connections, {WORKERS} workers; medians\n"
    )
    print(
        f"{'':22}{'of floor':>9}{'µs':>8}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'wanted':>10}{'bytes':>10}{'gzip':>8}"
    )
    for row in rows:
        pace = row.middle()
        ratio = f"{row.ratio(by_name[row.floor]):.0%}" if row.floor else ""
        print(
            f"{row.name:22}{ratio:>9}{1_000_000 * median(row.costs):>8.0f}{pace.per_second:>8.0f}"
            f"{pace.p50:>8.1f}{pace.p99:>8.1f}{row.wanted:>10}{row.bytes:>10,}{row.compressed:>8,}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
