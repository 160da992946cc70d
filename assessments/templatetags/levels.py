"""`{{ row.target|level }}`: tenths of a level as a person writes them."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def level(tenths: int | None) -> str:
    """`25` is 2.5 and `20` is 2; nothing where there is none."""
    if tenths is None:
        return ""
    return number_format(tenths / 10, 1) if tenths % 10 else str(tenths // 10)


@register.filter
def value(values: dict[str, int], kind: str) -> int | None:
    """`{{ row.values|value:"evidence" }}`."""
    return values.get(kind)
