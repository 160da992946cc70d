"""Answer 304 when a roadmap's page is just what the browser has: no route is fetched and nothing is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from accounts.http import PersonRequest
from config.build import build_digest
from content.catalogue import catalogue
from roadmap.models import Roadmap
from roadmap.pages import UNDO_SHOWN


def page_etag(request: PersonRequest, roadmap: Roadmap, part: str) -> str:
    """What a page of a roadmap depends on: its version, the reader, the day, and how long undo is still offered."""
    now = timezone.now()
    told = (
        build_digest(),
        catalogue().digest,
        str(roadmap.pk),
        str(roadmap.version),
        part,
        get_language() or "",
        request.theme,
        timezone.localdate().isoformat(),
        str(int(now.timestamp() // UNDO_SHOWN.total_seconds())),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
    )
    return f'"{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:32]}"'


def conditional(request: PersonRequest, etag: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """304 if the browser has this very page, or else what `draw` makes, for the browser to keep and ask about.

    A page that shows a message is neither: the message is shown once.
    """
    if len(get_messages(request)):
        response = draw()
        response["Cache-Control"] = "private, no-store"
        return response
    unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
    response = unchanged or draw()
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
