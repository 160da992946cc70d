"""The rows of which a page has dozens or hundreds, written out: drawn by a template they take half of the page's time.

Each says in HTML what a template would, and escapes what is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from content.prose import render_inline_code
from roadmap.pages.route import Stop

register = template.Library()


class Item(Protocol):
    """What is read of a checklist item."""

    @property
    def text(self) -> str: ...

    @property
    def done_at(self) -> datetime | None: ...


STOP = (
    '<li id="stop-{key}" class="{kind}"{oob}><span class="mark" aria-hidden="true"></span>'
    '<a href="{url}#panel" hx-get="{url}" hx-target="#panel" hx-swap="outerHTML" hx-push-url="{url}"'
    ' hx-sync="#route:replace">{title}</a> <span class="meta">{meta}</span></li>'
)
READ_STOP = (
    '<li id="stop-{key}" class="{kind}"><span class="mark" aria-hidden="true"></span>'
    '<h4 class="stop-title">{title}</h4> <span class="meta">{meta}</span>'
    '<ul class="items items-read">{items}</ul></li>'
)
READ_ITEM = (
    '<li class="item{done}"><span class="tick"><span class="box" aria-hidden="true"></span>'
    "<span>{text}{word}</span></span></li>"
)


@register.filter
def stop_rows(stops: Iterable[Stop]) -> SafeString:
    """Milestones on the route, each a link that opens it."""
    return mark_safe("".join(map(stop_row, stops)))


@register.simple_tag
def stop_row(stop: Stop, *, oob: bool = False) -> SafeString:
    """One of them; `oob` if it takes the place of the one on the page."""
    swap = ' hx-swap-oob="true"' if oob else ""
    return mark_safe(STOP.format(**_parts(stop), url=escape(stop.url), oob=swap))


@register.filter
def read_stops(stops: Iterable[tuple[Stop, Sequence[Item]]]) -> SafeString:
    """Milestones with their checklists, for somebody who only reads."""
    return mark_safe("".join(READ_STOP.format(**_parts(stop), items=read_items(items)) for stop, items in stops))


@register.filter
def read_items(items: Iterable[Item]) -> SafeString:
    """Checklist items for somebody who cannot tick them."""
    done = escape(gettext("done"))
    word = f' <span class="visually-hidden">({done})</span>'
    rows = (
        READ_ITEM.format(
            done=" item-done" if item.done_at else "",
            text=render_inline_code(item.text),
            word=word if item.done_at else "",
        )
        for item in items
    )
    return mark_safe("".join(rows))


def _parts(stop: Stop) -> dict[str, str]:
    meta = f"<b>{escape(stop.word)}</b> · " if stop.word else ""
    meta += escape(stop.when)
    if stop.after_deadline:
        late = escape(gettext("after the deadline"))
        meta += f' · <b class="late">{late}</b>'
    return {
        "key": escape(stop.key),
        "kind": f"stop stop-{escape(stop.state)}{' stop-companion' if stop.companion else ''}",
        "title": render_inline_code(stop.title),
        "meta": meta,
    }
