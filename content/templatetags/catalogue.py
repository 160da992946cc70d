"""The address of an entry of the catalogue, for templates."""

from __future__ import annotations

from django import template

from content.library import address_of
from content.pack import format as fmt

register = template.Library()


@register.filter
def address(entry: fmt.Entry) -> str:
    """`{{ role|address }}`: where a reader finds it, in the language of the page."""
    return address_of(entry)
