"""Answer 304 when a browser has the very page already; the page is not drawn then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

DRAWN_WITH = {
    **dict.fromkeys(("templates", "static", "locale"), "*.*"),
    **dict.fromkeys(("accounts", "assessments", "config", "content", "roadmap"), "*.py"),
}
"""The files that pages are drawn with, by folder."""


@lru_cache(maxsize=1)
def build_digest() -> str:
    """Of all that pages are drawn with: changes with every template, static file, translation, module and package."""
    sha = hashlib.sha256()
    for folder, files in DRAWN_WITH.items():
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(files)):
            sha.update(path.read_bytes())
    for package in sorted(f"{each.name} {each.version}" for each in distributions()):
        sha.update(package.encode())
    return sha.hexdigest()


def etag_of(request: HttpRequest, *told: str) -> str:
    """An ETag of what every page depends on and of what this one is `told` besides.

    The token that forms carry is made anew for each page, but belongs to the cookie: with another cookie the page
    that the browser has would be refused.
    """
    frame = (
        build_digest(),
        get_language() or "",
        getattr(request, "theme", ""),
        str(request.user.pk),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
    )
    return f'"{hashlib.sha256(chr(0).join((*frame, *told)).encode()).hexdigest()[:32]}"'


def conditional(request: HttpRequest, etag: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """304 if the browser has this very page, or else what `draw` makes, for the browser to keep and ask about.

    A page that shows a message is neither: the message is shown once.
    """
    if len(get_messages(request)):
        response = draw()
        response["Cache-Control"] = "private, no-store"
        return response
    unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
    response = unchanged or draw()
    if response.status_code in {200, 304}:
        # Packed it is the same page, but not the same bytes.
        response["ETag"] = f"W/{etag}" if response.has_header("Content-Encoding") else etag
        response["Cache-Control"] = "private, no-cache"
    return response
