"""When a page of a roadmap is just what the browser has."""

from __future__ import annotations

from django.utils import timezone

from accounts.http import PersonRequest
from config.conditional import etag_of
from content.catalogue import catalogue
from roadmap.models import Roadmap
from roadmap.pages import UNDO_SHOWN


def page_etag(request: PersonRequest, roadmap: Roadmap, part: str) -> str:
    """What a page of a roadmap depends on: its version, the reader, the day, and how long undo is still offered."""
    now = timezone.now()
    return etag_of(
        request,
        catalogue().digest,
        str(roadmap.pk),
        str(roadmap.version),
        part,
        timezone.localdate().isoformat(),
        str(int(now.timestamp() // UNDO_SHOWN.total_seconds())),
    )
