"""How much there may be of something. Whoever counts holds the roadmap, so that nobody adds one beside it."""

from __future__ import annotations

from roadmap.models import Milestone, Roadmap

MAX_ITEMS = 40
MAX_MILESTONES = 300


class TooMany(Exception):
    """There are as many already as there may be."""


def room_for_milestones(roadmap: Roadmap, count: int = 1) -> None:
    """Raise TooMany unless `count` more milestones have room on a roadmap that is held."""
    if Milestone.objects.filter(roadmap=roadmap, removed_at=None).count() + count > MAX_MILESTONES:
        raise TooMany


def room_for_item(milestone: Milestone) -> None:
    """Raise TooMany unless another item has room on the checklist of a milestone whose roadmap is held."""
    if milestone.items.on_checklist().count() >= MAX_ITEMS:
        raise TooMany
