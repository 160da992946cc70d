"""The requests that are measured: what a browser would send, over and over, as many people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from tests.bench.load import Ask, Connection
from tests.bench.people import Person
from tests.bench.search import QUERIES

Stream = Callable[[int, Connection], Iterator[Ask]]
CHUNK = 20
CATALOGUE_PAGE = "mathematics"


@dataclass(frozen=True)
class Target:
    """One row of the report. `stream` gives the requests of a connection, by its number; `floor` is another row."""

    name: str
    stream: Stream
    floor: str = ""
    wanted: str = ""
    needs_etag: bool = False


class Requests:
    """Builds requests to one server for some people, and remembers what each tick wanted."""

    def __init__(self, url: str, people: Sequence[Person], connections: int, *, gzip: bool) -> None:
        self.url = url
        self.people = people
        self.connections = connections
        self.encoding = "gzip" if gzip else "identity"
        self.wanted: dict[int, bool] = {}
        self.ticks = 0
        half = len(people) // 2
        ours = [self._ticks(n, people[:half], "item-tick") for n in range(connections)]
        floor = [self._ticks(n, people[half:], "") for n in range(connections)]
        self.targets = [
            Target("floor: a tick", lambda n, _: floor[n]),
            Target("tick", lambda n, _: ours[n], "floor: a tick", ">= 80 %"),
            Target("floor: a page", self._pages(lambda person: f"/floor/roadmaps/{person.roadmap_id}/")),
            Target("roadmap", self._pages(self._roadmap), "floor: a page", ">= 40 %"),
            Target("roadmap, unchanged", self._unchanged, "floor: a page", "> 100 %", needs_etag=True),
            Target(
                "mentor's page", self._pages(lambda p: reverse("shared", args=[p.token]), visitor=True), "floor: a page"
            ),
            Target("catalogue page", self._pages(self._catalogue, visitor=True), "floor: a page"),
            Target("search", self._searches, "floor: a page"),
        ]

    def get(self, path: str, person: Person | None = None, *, status: int = 200, **headers: str) -> Ask:
        """A page, as somebody signed in or as a visitor."""
        return Ask(self._raw("GET", path, person, headers), status)

    def has_etag(self, connection: Connection) -> bool:
        """Whether the roadmap page says which version it is."""
        person = self.people[0]
        return bool(connection.send(self.get(self._roadmap(person), person)).header("ETag"))

    def _raw(self, method: str, path: str, person: Person | None, headers: Mapping[str, str], body: str = "") -> bytes:
        cookies = (
            {settings.SESSION_COOKIE_NAME: person.session, settings.CSRF_COOKIE_NAME: person.csrf} if person else {}
        )
        fields = {
            "Host": self.url.removeprefix("http://"),
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

    def _roadmap(self, person: Person) -> str:
        return reverse("roadmap", args=[person.roadmap_id])

    def _catalogue(self, person: Person) -> str:
        return reverse("competency", args=[CATALOGUE_PAGE])

    def _searches(self, number: int, connection: Connection) -> Iterator[Ask]:
        return cycle(
            [self.get(f"{reverse('search')}?{urlencode({'q': query})}", HX_Request="true") for query in QUERIES]
        )

    def _pages(self, address: Callable[[Person], str], *, visitor: bool = False) -> Stream:
        def stream(number: int, connection: Connection) -> Iterator[Ask]:
            people = self._mine(number, self.people)
            return cycle([self.get(address(person), None if visitor else person) for person in people])

        return stream

    def _unchanged(self, number: int, connection: Connection) -> Iterator[Ask]:
        asks = []
        for person in self._mine(number, self.people):
            path = self._roadmap(person)
            etag = connection.send(self.get(path, person)).header("ETag")
            asks.append(self.get(path, person, status=304, If_None_Match=etag))
        return cycle(asks)

    def _ticks(self, number: int, people: Sequence[Person], view: str) -> Iterator[Ask]:
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
                        yield self._tick(person, item, done=done, view=view)

    def _tick(self, person: Person, item: int, *, done: bool, view: str) -> Ask:
        self.wanted[item] = done
        self.ticks += bool(view)
        path = reverse(view, args=[item]) if view else f"/floor/items/{item}/"
        headers = {
            "Origin": self.url,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "HX-Target": f"item-{item}",
            "HX-Current-URL": self.url + self._roadmap(person),
        }
        body = f"csrfmiddlewaretoken={person.csrf}&done={'on' if done else 'off'}"
        return Ask(self._raw("POST", path, person, headers, body))
