"""Pages of the catalogue, kept as they were drawn: they are the same for all who read them in one frame."""

from __future__ import annotations

import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

MOST = 8_000_000
"""So many bytes of bodies each process keeps; what was read longest ago goes first."""
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+(?=")')
GZIP_BEGINS, GZIP_ENDS = b"\x1f\x8b\x08" + bytes(6) + b"\xff", b"\x03\x00"
"""What stands before the stretches of a gzip file, and the empty last one."""


@dataclass(frozen=True)
class Body:
    """A page without the token of its forms, which each answer has of its own: it stands between the `parts`.

    They are kept `zipped` too, since packing a page takes longer than all the rest of its answer.
    """

    parts: tuple[bytes, ...]
    zipped: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> Body:
        """What a drawn page says."""
        parts = tuple(TOKEN.split(response.content))
        return cls(parts, tuple(map(_zipped, parts)), tuple(response.headers.items()))

    @property
    def size(self) -> int:
        """Bytes, without the tokens."""
        return sum(map(len, self.parts)) + sum(map(len, self.zipped))

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page once more, with a token of the reader's own in its forms."""
        token = get_token(request).encode() if len(self.parts) > 1 else b""
        page = token.join(self.parts)
        if not re.search(r"\bgzip\b", request.headers.get("Accept-Encoding", "")):
            return HttpResponse(page, headers=dict(self.headers))
        packed = GZIP_BEGINS + _as_it_is(token).join(self.zipped) + GZIP_ENDS
        packed += struct.pack("<II", zlib.crc32(page), len(page))
        response = HttpResponse(packed, headers={**dict(self.headers), "Content-Encoding": "gzip"})
        patch_vary_headers(response, ("Accept-Encoding",))
        return response


def _zipped(part: bytes) -> bytes:
    """A stretch of a gzip file that what stands before it does not change."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


def _as_it_is(token: bytes) -> bytes:
    """The same of a token, not packed: so the length of an answer tells nothing about it."""
    return b"\x00" + struct.pack("<HH", len(token), 0xFFFF - len(token)) + token


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
