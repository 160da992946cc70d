"""When a page of a roadmap is just what the browser has."""

from __future__ import annotations

from django.utils import timezone

from accounts.conditional import etag_of
from accounts.http import PersonRequest
from content.catalogue import Catalogue
from roadmap.models import Roadmap
from roadmap.pages.history import UNDO_SHOWN


def page_etag(request: PersonRequest, roadmap: Roadmap, catalogue: Catalogue) -> str:
    """What a roadmap's page depends on: its version, the reader, the day, and how long undo is still offered."""
    now = timezone.now()
    return etag_of(
        request,
        catalogue.digest,
        str(roadmap.pk),
        str(roadmap.version),
        timezone.localdate().isoformat(),
        str(int(now.timestamp() // UNDO_SHOWN.total_seconds())),
    )
