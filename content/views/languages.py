"""Each language of a catalogue page has an address of its own; these views lead there."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.addresses import address_of
from content.catalogue import Catalogue
from content.pack import format as fmt
from content.pages import catalogue_page

LISTS = (
    "roles",
    "role-compare",
    "competencies",
    "activities",
    "guide",
    "resources",
    "classes",
    "map",
    "sources",
    "content-changes",
)


@login_not_required  # The catalogue is read before signing up.
@require_safe
def in_readers_language(request: HttpRequest, path: str) -> HttpResponse:
    """A plain address leads on to the reader's language."""
    return HttpResponseRedirect(f"/{get_language()}{request.get_full_path()}")


class CataloguePages(Sitemap):  # type: ignore[type-arg]  # Generic for the type checker alone.
    """Every page of the catalogue in every language, by the path that the reader's language is put before."""

    i18n = True
    alternates = True
    x_default = True
    protocol = urlsplit(settings.BASE_URL).scheme

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def items(self) -> list[str]:
        """The paths without a language."""
        catalogue = self.catalogue
        pages: list[type[fmt.Entry]] = [fmt.Role, fmt.Competency, fmt.Activity, fmt.Question, fmt.Milestone]
        entries = [address_of(entry) for kind in pages for entry in catalogue.current(kind)]
        topics = [reverse("topic", args=[topic.id]) for topic in catalogue.current(fmt.Topic)]
        prefix = f"/{get_language()}"
        return [address.removeprefix(prefix) for address in [*(reverse(name) for name in LISTS), *topics, *entries]]

    def location(self, item: str) -> str:
        """The path in the language that is active."""
        return f"/{get_language()}{item}"

    def get_domain(self, site: object = None) -> str:
        """From the configured address, never from the request."""
        return urlsplit(settings.BASE_URL).netloc


@catalogue_page
def sitemap(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """All of them for a search engine, kept like a page of the catalogue."""
    return sitemaps.sitemap(request, {"catalogue": CataloguePages(catalogue)}).render()


@login_not_required  # For machines that read it first.
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine may read: everything public; share links say `noindex` themselves."""
    text = f"User-agent: *\nDisallow: /accounts/\nDisallow: /roadmaps/\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
