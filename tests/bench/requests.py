"""The requests that are measured: what a browser would send, over and over, as many people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from urllib.parse import urlencode

from django.conf import settings

from tests.bench.load import Ask, Connection
from tests.bench.people import Person
from tests.bench.search import QUERIES

Stream = Callable[[int, Connection], Iterator[Ask]]
CHUNK = 20
COMPETENCY = "/en/competencies/mathematics/"


@dataclass(frozen=True)
class Target:
    """One row of the report. `stream` gives the requests of a connection, by its number; `floor` is another row."""

    name: str
    stream: Stream
    floor: str = ""
    wanted: str = ""

    @property
    def bare(self) -> bool:
        """Whether the server of the floor answers it."""
        return not self.floor


class Requests:
    """Builds requests to the two servers for some people, and remembers what each tick wanted."""

    def __init__(self, url: str, floor: str, people: Sequence[Person], connections: int, *, gzip: bool) -> None:
        self.url = url
        self.floor = floor
        self.people = people
        self.connections = connections
        self.encoding = "gzip" if gzip else "identity"
        self.wanted: dict[int, bool] = {}
        self.ticks = 0
        half = len(people) // 2
        ours = [self._ticks(n, people[:half], bare=False) for n in range(connections)]
        bare = [self._ticks(n, people[half:], bare=True) for n in range(connections)]
        self.targets = [
            Target("floor: a tick", lambda n, _: bare[n]),
            Target("tick", lambda n, _: ours[n], "floor: a tick", ">= 90 %"),
            Target("floor: a page", self._floor_pages),
            Target("roadmap", self._pages(_roadmap), "floor: a page", ">= 60 %"),
            Target("roadmap, unchanged", self._unchanged, "floor: a page", ">= 190 %"),
            Target("mentor's page", self._visits(lambda person: f"/s/{person.token}/"), "floor: a page", ">= 60 %"),
            Target("map", self._visits(lambda _: "/en/map/"), "floor: a page", ">= 180 %"),
            Target("resources", self._visits(lambda _: "/en/resources/"), "floor: a page", ">= 180 %"),
            Target("competency", self._visits(lambda _: COMPETENCY), "floor: a page", ">= 180 %"),
            Target("search", self._searches, "floor: a page"),
            Target("front page", self._visits(lambda _: "/"), "floor: a page"),
        ]

    def worker(self, url: str) -> Ask:
        """Which process of a server answers."""
        return Ask(self._raw("GET", url, "/floor/worker/", "", "", {}))

    def _get(self, path: str, person: Person | None = None, *, status: int = 200, **headers: str) -> Ask:
        """A page of the app, as somebody signed in or as a visitor."""
        session, csrf = (person.session, person.csrf) if person else ("", "")
        return Ask(self._raw("GET", self.url, path, session, csrf, headers), status)

    def _raw(
        self, method: str, url: str, path: str, session: str, csrf: str, headers: Mapping[str, str], body: str = ""
    ) -> bytes:
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: csrf} if session else {}
        fields = {
            "Host": url.removeprefix("http://"),
            "User-Agent": "waymark-bench",
            "Accept": "text/html",
            "Accept-Language": "en",
            "Accept-Encoding": self.encoding,
            **({"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
            **({"Content-Length": str(len(body))} if method == "POST" else {}),
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def _mine(self, number: int, people: Sequence[Person]) -> Sequence[Person]:
        return people[number % len(people) :: self.connections]

    def _searches(self, number: int, connection: Connection) -> Iterator[Ask]:
        return cycle([self._get(f"/en/search/?{urlencode({'q': query})}", HX_Request="true") for query in QUERIES])

    def _pages(self, address: Callable[[Person], str]) -> Stream:
        def stream(number: int, connection: Connection) -> Iterator[Ask]:
            return cycle([self._get(address(person), person) for person in self._mine(number, self.people)])

        return stream

    def _visits(self, address: Callable[[Person], str]) -> Stream:
        def stream(number: int, connection: Connection) -> Iterator[Ask]:
            return cycle([self._get(address(person)) for person in self._mine(number, self.people)])

        return stream

    def _floor_pages(self, number: int, connection: Connection) -> Iterator[Ask]:
        people = self._mine(number, self.people)
        return cycle(
            [
                Ask(self._raw("GET", self.floor, f"/floor{_roadmap(person)}", person.stock_session, person.csrf, {}))
                for person in people
            ]
        )

    def _unchanged(self, number: int, connection: Connection) -> Iterator[Ask]:
        asks = []
        for person in self._mine(number, self.people):
            path = _roadmap(person)
            etag = connection.send(self._get(path, person)).header("ETag")
            unchanged = self._get(path, person, status=304, If_None_Match=etag)
            asks.append(replace(unchanged, or_else=200))  # A quarter of an hour after a change undo is offered no more.
        return cycle(asks)

    def _ticks(self, number: int, people: Sequence[Person], *, bare: bool) -> Iterator[Ask]:
        """Chunk by chunk, every item of somebody's ticked and then taken back, so that each request changes a row."""
        mine = self._mine(number, people)
        items = [
            (person, item)
            for position in zip(*(p.items for p in mine), strict=True)
            for person, item in zip(mine, position, strict=True)
        ]
        while True:
            for start in range(0, len(items), CHUNK):
                for done in (True, False):
                    for person, item in items[start : start + CHUNK]:
                        yield self._tick(person, item, done=done, bare=bare)

    def _tick(self, person: Person, item: int, *, done: bool, bare: bool) -> Ask:
        self.wanted[item] = done
        self.ticks += not bare
        url, path = (self.floor, f"/floor/items/{item}/") if bare else (self.url, f"/roadmaps/items/{item}/done/")
        headers = {
            "Origin": url,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "HX-Target": f"item-{item}",
            "HX-Current-URL": url + _roadmap(person),
        }
        body = f"csrfmiddlewaretoken={person.csrf}&done={'on' if done else 'off'}"
        session = person.stock_session if bare else person.session
        return Ask(self._raw("POST", url, path, session, person.csrf, headers, body))


def _roadmap(person: Person) -> str:
    return f"/roadmaps/{person.roadmap_id}/"
