"""A mentor's visits: how often a link was opened, and since when something is news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from roadmap.models import ShareLink

VISIT = timedelta(minutes=30)  # Openings closer together than this are one visit.


def record_visit(link: ShareLink, *, at: datetime) -> datetime | None:
    """Count an opening and return when the visit before this one was. Of openings at the same moment one counts."""
    seen = link.opened_at
    changes: dict[str, Any] = {"opened_at": at}
    if seen is None or at - seen > VISIT:
        link.since_at = seen
        changes |= {"visits": F("visits") + 1, "since_at": seen}
    link.row().filter(opened_at=seen).update(**changes)
    return link.since_at
