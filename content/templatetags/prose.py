"""`{{ text|markdown }}` and `{{ line|code }}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from content.prose import render_inline_code, render_markdown

register = template.Library()


@register.filter
def markdown(text: object) -> SafeString:
    """The text's Markdown as clean HTML."""
    return render_markdown(str(text))


@register.filter
def code(text: object) -> SafeString:
    """A short text whose backticks mark code."""
    return render_inline_code(str(text))
