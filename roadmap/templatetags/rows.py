"""The written-out parts of a page, for its template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from content.pack import format as fmt
from roadmap.models import ChecklistItem
from roadmap.pages import parts, rows
from roadmap.pages.progress import RoadmapProgress
from roadmap.pages.reasons import SaidReason
from roadmap.pages.route import Route, Stop

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


@register.simple_tag
def mix_bar(mix: Any, *, legend: bool = False) -> SafeString:
    """A role mix."""
    return mark_safe(parts.mix_bar(mix, legend=legend))


@register.simple_tag
def now_list(route: Route) -> SafeString:
    """What is now, and what follows."""
    return mark_safe(parts.now_list(route))


@register.filter
def reason_list(reason: SaidReason) -> SafeString:
    """Why a milestone is there."""
    return mark_safe(parts.reason_list(reason))


@register.filter
def resource_rows(resources: Iterable[fmt.Resource]) -> SafeString:
    """What one can learn from."""
    return mark_safe(parts.resource_rows(resources))


def _token(context: Context) -> str:
    """The token of the page's forms; it has one for all of them."""
    return str(context.get("csrf_token", ""))
