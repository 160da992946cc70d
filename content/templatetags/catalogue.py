"""The address of an entry of the catalogue, for templates."""

from __future__ import annotations

from django import template

from content import pack_format as fmt
from content.library import address_of

register = template.Library()


@register.filter
def address(entry: fmt.Entry) -> str:
    """`{{ role|address }}`: where a reader finds it, in the language of the page."""
    return address_of(entry)
