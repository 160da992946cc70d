"""Two roles side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.catalogue import Catalogue
from content.filters import address_with, filter_of, keep_in_address
from content.pack import format as fmt
from content.pages import catalogue_page, show

CLASSES: tuple[fmt.TargetClass, ...] = (3, 2, 1)


@dataclass(frozen=True)
class Compared:
    """What two roles expect of a competency: pairs of levels at class 3, 2 and 1, and the difference in words."""

    competency: fmt.Competency
    levels: tuple[tuple[int, int], ...]
    words: str
    largest: bool


@catalogue_page
def role_compare(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """Any two roles: their days, what tells them apart, and what each expects. The first two until one chooses."""
    every = catalogue.current(fmt.Role)
    offered = ("", [(each.id, str(each.name)) for each in every])
    filters = [
        filter_of(request, "a", _("One role"), "", offered),
        filter_of(request, "b", _("The other role"), "", offered),
    ]
    a = filters[0].value or next(each.id for each in every if each.id != filters[1].value)
    b = filters[1].value or next(each.id for each in every if each.id != a)
    pair = [(every.index(role) + 1, role) for role in catalogue.named(fmt.Role, [a, b])]
    one, other = pair[0][1], pair[1][1]
    response = show(
        request,
        "content/role-compare.html",
        title=_("%(one)s and %(other)s compared") % {"one": one.name, "other": other.name}
        if a != b
        else _("Roles compared"),
        description=_("Two roles side by side: a day in each, what tells them apart and what each expects."),
        part="roles-compared",
        filters=[(each, value) for each, value in zip(filters, (a, b), strict=True)],
        pair=pair,
        same=a == b,
        apart=_apart(one, other),
        rows=compared(catalogue, one, other),
    )
    return keep_in_address(response, address_with(request.path, {"a": a, "b": b}))


def _apart(one: fmt.Role, other: fmt.Role) -> list[tuple[fmt.Role, fmt.Line]]:
    """What each says about the other, as far as it says anything."""
    return [
        (role, each.text)
        for role, seen in ((one, other), (other, one))
        for each in role.differs
        if each.role == seen.id
    ]


def compared(catalogue: Catalogue, one: fmt.Role, other: fmt.Role) -> list[Compared]:
    """A row for each competency that both expect something of."""
    ones = {each.competency: each.levels for each in catalogue.expectations(role=one.id)}
    others = {each.competency: each.levels for each in catalogue.expectations(role=other.id)}
    pairs = {
        key: tuple((ones[key].get(number, 0), others[key].get(number, 0)) for number in CLASSES)
        for key in ones
        if key in others
    }
    widest = max((abs(a - b) for levels in pairs.values() for a, b in levels), default=0)
    return [
        Compared(
            catalogue.get(fmt.Competency, key),
            levels,
            _in_words(levels, one, other),
            largest=widest > 1 and any(abs(a - b) == widest for a, b in levels),
        )
        for key, levels in pairs.items()
    ]


def _in_words(levels: tuple[tuple[int, int], ...], one: fmt.Role, other: fmt.Role) -> str:
    """Who expects more and by how much, where they differ most."""
    a, b = max(levels, key=lambda pair: abs(pair[0] - pair[1]))
    if a == b:
        return _("the same")
    told = {"role": (one if a > b else other).name, "count": abs(a - b)}
    return ngettext("%(role)s: %(count)d level more", "%(role)s: %(count)d levels more", abs(a - b)) % told
