"""The one lock that changes of a roadmap take: its own row, before anything else on it is read or written."""

from __future__ import annotations

from django.http import Http404

from roadmap.models import Roadmap


class Gone(Http404):
    """The roadmap was deleted meanwhile: whoever wanted to change it is told that there is no such page."""


def hold(roadmap: Roadmap) -> Roadmap:
    """The roadmap as it is now, held until the transaction ends. Raises Gone."""
    held = roadmap.row().select_for_update().first()
    if held is None:
        raise Gone("the roadmap was deleted")
    return held
