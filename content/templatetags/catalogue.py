"""What templates say of an entry of the catalogue."""

from __future__ import annotations

from django import template

from content.addresses import address_of
from content.models import Resource
from content.pack import format as fmt

register = template.Library()


@register.filter
def address(entry: fmt.Entry) -> str:
    """`{{ role|address }}`: where a reader finds it, in the language of the page."""
    return address_of(entry)


@register.filter
def kind(resource: fmt.Resource) -> str:
    """The kind of a resource in the reader's language."""
    return str(Resource.Kind(resource.kind).label)


@register.filter
def cost(resource: fmt.Resource) -> str:
    """What a resource costs, in the reader's language."""
    return str(Resource.Cost(resource.cost).label)
