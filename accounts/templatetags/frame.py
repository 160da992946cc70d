"""The frame around every page: the same for all who read one language in one theme, so it is drawn once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.context import OTHER_LANGUAGE

register = template.Library()

TOKEN, HERE = "[the token of this page]", "[the address of this page]"
"""What stands in the frame that is kept for what each page has of its own."""


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """A part of the frame, `header`, `footer`, `styles` or `scripts`, with the page's own token and address."""
    request: Any = context["request"]
    drawn = _part if settings.DEBUG else _kept_part
    html = drawn(part, get_language() or "en", str(context.get("theme", "")), request.user.is_authenticated)
    if TOKEN in html:
        html = html.replace(TOKEN, str(context.get("csrf_token", ""))).replace(HERE, escape(request.get_full_path()))
    return mark_safe(html)


def _part(part: str, language: str, theme: str, signed_in: bool) -> str:
    other, other_name = OTHER_LANGUAGE[language]
    known = {"theme": theme, "signed_in": signed_in, "other_language": other, "other_language_name": other_name}
    return render_to_string(f"_{part}.html", {**known, "csrf_token": TOKEN, "here": HERE})


_kept_part = lru_cache(maxsize=64)(_part)
