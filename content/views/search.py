"""Search over the catalogue: a page, its results as one types, and the options of the command palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from content.addresses import address_of
from content.catalogue import Catalogue
from content.filters import address_with
from content.indexes import index_of
from content.pack import format as fmt
from content.pages import catalogue_page, show
from content.search import LONGEST_QUERY, Hit, Piece

KINDS = {
    fmt.Role: gettext_lazy("Role"),
    fmt.Competency: gettext_lazy("Competency"),
    fmt.Skill: gettext_lazy("Skill"),
    fmt.EngineerClass: gettext_lazy("Engineer class"),
    fmt.Activity: gettext_lazy("Activity"),
    fmt.Milestone: gettext_lazy("Milestone"),
    fmt.Question: gettext_lazy("Question"),
    fmt.Resource: gettext_lazy("Resource"),
    fmt.Source: gettext_lazy("Source"),
}
SUGGESTED = (fmt.Role, fmt.Competency, fmt.Activity)
PARTS = {"palette": "options", "dialogs": "dialogs"}
"""What `part=` asks for, by the name of the template's part; without it HTMX gets the results of the page."""


@dataclass(frozen=True)
class Row:
    """A result as it is shown: `also` are aliases that answer; `language` is that of a name which stays as it is."""

    kind: str
    name: tuple[Piece, ...]
    address: str
    excerpt: tuple[Piece, ...]
    also: tuple[Piece, ...] = ()
    language: str = ""


@catalogue_page
def search(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """What the catalogue says about `q`; where to begin, without it."""
    index = index_of(catalogue, get_language() or "en")
    found = index.search(request.GET.get("q", ""))
    part = PARTS.get(request.GET.get("part", ""), "results")
    response = show(
        request,
        "content/search.html",
        title=_("Search: %(query)s") % {"query": found.query} if found.query else _("Search"),
        description=_("Search roles, competencies, activities, milestones, questions and resources."),
        part=part,
        query=found.query,
        longest=LONGEST_QUERY,
        read_as=found.read_as,
        rows=list(_rows(found.hits)),
        near=list(_rows(found.near)),
        suggestions=[] if found.hits else list(_rows(index.suggestions(*SUGGESTED))),
    )
    if part == "results":
        response["HX-Replace-Url"] = address_with(request.path, {"q": found.query})
    if found.query or part != "results":
        response["X-Robots-Tag"] = "noindex"
    return response


def _rows(hits: Iterable[Hit]) -> Iterator[Row]:
    for hit in hits:
        language = hit.entry.language if isinstance(hit.entry, fmt.Resource) else ""
        yield Row(str(KINDS[type(hit.entry)]), hit.name, address_of(hit.entry), hit.excerpt, hit.also, language)
