"""The written-out parts of a page, for its template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from roadmap.models import ChecklistItem
from roadmap.pages import rows
from roadmap.pages.progress import RoadmapProgress
from roadmap.pages.route import Stop

register = template.Library()


@register.filter
def stop_rows(stops: Iterable[Stop]) -> SafeString:
    """Milestones on the route."""
    return mark_safe(rows.stop_rows(stops))


@register.filter
def read_stops(stops: Iterable[tuple[Stop, Sequence[rows.Item]]]) -> SafeString:
    """Milestones with their checklists, for somebody who only reads."""
    return mark_safe(rows.read_stops(stops))


@register.filter
def read_items(items: Iterable[rows.Item]) -> SafeString:
    """Checklist items for somebody who cannot tick them."""
    return mark_safe(rows.read_items(items))


@register.simple_tag(takes_context=True)
def item_rows(context: Context, items: Iterable[ChecklistItem]) -> SafeString:
    """Checklist items, each with its form."""
    csrf = _token(context)
    return mark_safe(
        "".join([rows.item_row(item.pk, item.text, done=item.done_at is not None, csrf=csrf) for item in items])
    )


@register.simple_tag
def progress_block(progress: RoadmapProgress) -> SafeString:
    """How far a roadmap has come."""
    return mark_safe(rows.progress_block(progress))


@register.simple_tag
def level_line(milestone: int, state: str) -> SafeString:
    """What a finished milestone may mean for one's levels."""
    return mark_safe(rows.level_line(milestone, finished=state == "done"))


@register.simple_tag(takes_context=True)
def undo_bar(context: Context, roadmap: int, steps: Any) -> SafeString:
    """What undo and redo offer."""
    return mark_safe(rows.undo_bar(roadmap, steps, csrf=_token(context)))


def _token(context: Context) -> str:
    """The token of the page's forms; it has one for all of them."""
    return str(context.get("csrf_token", ""))
