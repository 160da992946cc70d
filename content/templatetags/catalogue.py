"""What templates say of an entry of the catalogue."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext, ngettext

from content.addresses import address_of
from content.models import Resource
from content.pack import format as fmt

register = template.Library()


@register.filter
def address(entry: fmt.Entry) -> str:
    """`{{ role|address }}`: where a reader finds it, in the language of the page."""
    return address_of(entry)


@register.filter
def length_of(milestone: fmt.Milestone) -> str:
    """How long a milestone takes: its hours, and the weeks to which it is bound, if it is."""
    said = [gettext("%(hours)s h") % {"hours": milestone.hours}]
    if milestone.weeks and milestone.weeks.exactly:
        weeks = milestone.weeks.exactly
        said.append(ngettext("%(number)s week", "%(number)s weeks", weeks) % {"number": weeks})
    elif milestone.weeks:
        weeks = milestone.weeks.number
        said.append(ngettext("at least %(number)s week", "at least %(number)s weeks", weeks) % {"number": weeks})
    return " · ".join(said)


@register.filter
def kind(resource: fmt.Resource) -> str:
    """The kind of a resource in the reader's language."""
    return str(Resource.Kind(resource.kind).label)


@register.filter
def cost(resource: fmt.Resource) -> str:
    """What a resource costs, in the reader's language."""
    return str(Resource.Cost(resource.cost).label)
