"""The rows of which a page has dozens or hundreds: written out here, since the template engine takes ten times as long.

Each says in HTML what a template would; what is put in is escaped by `format_html`.
"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from content.prose import render_inline_code
from roadmap.route import Stop

register = template.Library()

STOP = (
    '<li id="stop-{key}" class="stop stop-{state}{companion}"{oob}><span class="mark" aria-hidden="true"></span>'
    '<a href="{url}#panel" hx-get="{url}" hx-target="#panel" hx-swap="outerHTML" hx-push-url="{url}"'
    ' hx-sync="#route:replace">{title}</a> <span class="meta">{word}{when}{late}</span></li>'
)
OOB = mark_safe(' hx-swap-oob="true"')


@register.simple_tag
def stop_row(stop: Stop, *, oob: bool = False) -> SafeString:
    """A milestone on the route; `oob` if the row takes the place of the one on the page."""
    return format_html(
        STOP,
        key=stop.key,
        state=stop.state,
        companion=" stop-companion" if stop.companion else "",
        oob=OOB if oob else "",
        url=stop.url,
        title=render_inline_code(stop.title),
        word=format_html("<b>{}</b> · ", stop.word) if stop.word else "",
        when=stop.when,
        late=format_html(' · <b class="late">{}</b>', gettext("after the deadline")) if stop.after_deadline else "",
    )


READ = '<li class="item{}"><span class="tick"><span class="box" aria-hidden="true"></span><span>{}{}</span></span></li>'


@register.simple_tag
def read_item(text: str, done_at: datetime | None) -> SafeString:
    """A checklist item for somebody who cannot tick it."""
    done = format_html(' <span class="visually-hidden">({})</span>', gettext("done")) if done_at else ""
    return format_html(READ, " item-done" if done_at else "", render_inline_code(text), done)
