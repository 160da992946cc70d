"""What the roadmap page shows: the route, the open milestone, the last change. Views fetch it, templates print it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.fetching import fetch
from content.catalogue import Catalogue
from roadmap.models import Milestone, Roadmap
from roadmap.pages.history import steps_of
from roadmap.pages.panel import panel_of
from roadmap.pages.route import Route, route_of
from roadmap.pages.targets import target_of_roadmap


def roadmap_context(roadmap: Roadmap, catalogue: Catalogue, milestone: Milestone | None = None) -> dict[str, Any]:
    """All that the roadmap page needs; without a milestone the first one of "now" is open."""
    now, today = timezone.now(), timezone.localdate()
    route = route_of(roadmap, today=today)
    if milestone is None and route.now:
        found = fetch(Milestone, "WHERE id = %s AND owner_id = %s", [int(route.now[0].key), roadmap.owner_id])
        milestone = found[0] if found else None
    if milestone is not None:
        milestone.roadmap = roadmap
    return {
        "roadmap": roadmap,
        "route": route,
        "target": target_of_roadmap(roadmap, catalogue),
        "panel": panel_of(milestone, catalogue, today=today) if milestone else None,
        "steps": steps_of(roadmap, now=now),
        "ends_on": _end(route, roadmap),
    }


def _end(route: Route, roadmap: Roadmap) -> date:
    return route.ends_on or roadmap.starts_on
