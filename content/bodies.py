"""Pages of the catalogue, kept as they were drawn: they are the same for all who read them in one frame."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpResponse

MOST = 8_000_000
"""So many bytes of bodies each process keeps; what was read longest ago goes first."""
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+(?=")')


@dataclass(frozen=True)
class Body:
    """A page without the token of its forms, which each answer has of its own: it stands between the `parts`."""

    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> Body:
        """What a drawn page says."""
        return cls(tuple(TOKEN.split(response.content)), tuple(response.headers.items()))

    @property
    def size(self) -> int:
        """Bytes, without the tokens."""
        return sum(map(len, self.parts))

    def answer(self, token: str) -> HttpResponse:
        """The page once more, with this token in its forms."""
        return HttpResponse(token.encode().join(self.parts), headers=dict(self.headers))


class Bodies:
    """Bodies by what they depend on, within `MOST` bytes. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Body | None:
        """The body that was kept for that."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def keep(self, key: Hashable, body: Body) -> None:
        """Keep a body; others make room for it."""
        with self._lock:
            before = self._bodies.pop(key, None)
            self._bodies[key] = body
            self._size += body.size - (before.size if before else 0)
            while self._size > self._most and len(self._bodies) > 1:
                self._size -= self._bodies.popitem(last=False)[1].size
