"""What one can learn from: all resources, filtered, in stretches of one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content import models
from content.catalogue import Catalogue
from content.filters import Filter, address_with, filter_of, keep_in_address
from content.pack import format as fmt
from content.pages import catalogue_page, show

AT_ONCE = 50


@catalogue_page
def resources(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """Every resource with what it is good for. `page` is a stretch of them; `resource` asks for that which has it."""
    filters = _filters(request, catalogue)
    chosen = {each.name: each.value for each in filters}
    found = fitting(catalogue, **chosen)
    pages = max(1, -(-len(found) // AT_ONCE))
    page = _page(request, found, pages)
    more = request.GET.get("more") == "on" and page > 1
    response = show(
        request,
        "content/resources.html",
        title=_("Resources"),
        description=_("Courses, books, papers and tools to learn from, each with what it is good for."),
        part="resource-rows" if more else "resources-found",
        filters=filters,
        filtered=any(chosen.values()),
        count=len(found),
        rows=[
            (each, catalogue.named(fmt.Skill, each.skills), catalogue.milestones_of(resource=each.id))
            for each in found[(page - 1) * AT_ONCE : page * AT_ONCE]
        ],
        page=page,
        pages=pages,
        more=more,
        left=max(0, len(found) - page * AT_ONCE),
        before=address_with(request.path, {**chosen, "page": page - 1 if page > 2 else ""}) if page > 1 else "",
        after=address_with(request.path, {**chosen, "page": page + 1}) if page < pages else "",
    )
    return response if more else keep_in_address(response, address_with(request.path, chosen))


def fitting(catalogue: Catalogue, *, language: str, cost: str, kind: str, skill: str) -> list[fmt.Resource]:
    """The resources that fit everything that is asked for."""
    return [
        each
        for each in (catalogue.resources_of(skill) if skill else catalogue.current(fmt.Resource))
        if language in {"", each.language} and cost in {"", each.cost} and kind in {"", each.kind}
    ]


def _filters(request: HttpRequest, catalogue: Catalogue) -> list[Filter]:
    skills = [
        (str(each.name), [(skill.id, str(skill.name)) for skill in catalogue.skills_of(each.id)])
        for each in catalogue.current(fmt.Competency)
    ]
    kinds = [(value, str(label)) for value, label in models.Resource.Kind.choices]
    costs = [(value, str(label)) for value, label in models.Resource.Cost.choices]
    everything = _("all of them")
    languages = [("ko", _("Korean")), ("en", _("English"))]
    return [
        filter_of(request, "skill", _("Skill"), everything, *skills),
        filter_of(request, "language", _("Language"), everything, ("", languages)),
        filter_of(request, "kind", _("Kind"), everything, ("", kinds)),
        filter_of(request, "cost", _("Cost"), everything, ("", costs)),
    ]


def _page(request: HttpRequest, found: list[fmt.Resource], pages: int) -> int:
    """The page that the address asks for, or the nearest there is."""
    wanted = [each.id for each in found]
    named = request.GET.get("resource", "")
    if named in wanted:
        return wanted.index(named) // AT_ONCE + 1
    asked = request.GET.get("page", "")
    return min(pages, max(1, int(asked))) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
