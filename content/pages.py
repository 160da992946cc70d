"""What all pages of the catalogue share: an address per language, what a search engine reads, and 304."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import resolve, translate_url
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.conditional import conditional, etag_of
from accounts.http import wants_part
from content.addresses import address_of
from content.bodies import Bodies, Body
from content.catalogue import Catalogue, current_catalogue
from content.pack import format as fmt

Given = ParamSpec("Given")
BODIES = Bodies()
PARTS_BY = ("HX-Request", "HX-History-Restore-Request")
"""The headers by which HTMX asks for a part of a page, or for the whole of it again."""


def catalogue_page(
    view: Callable[Concatenate[HttpRequest, Catalogue, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """Public and safe; the view is given the catalogue, and is not run for a browser that has this very page.

    A signed-out reader's page costs one query: which state the catalogue is in.
    """

    def page(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        catalogue = current_catalogue()
        part = tuple(request.headers.get(name, "") for name in PARTS_BY)

        def draw() -> HttpResponse:
            # What an address asks for besides is boundless, and a message is shown once.
            if request.META["QUERY_STRING"] or len(get_messages(request)):
                return view(request, catalogue, *args, **kwargs)
            frame = (get_language(), getattr(request, "theme", ""), request.user.is_authenticated)
            day = (timezone.localdate(), timezone.get_current_timezone_name())
            key = (catalogue.digest, request.path, *part, *frame, *day)
            kept = BODIES.get(key)
            if kept is not None:
                return kept.answer(request)
            response = view(request, catalogue, *args, **kwargs)
            if response.status_code == 200:
                BODIES.keep(key, Body.of(response))
            return response

        etag = etag_of(request, catalogue.digest, request.get_full_path(), *part)
        return conditional(request, etag, draw)

    update_wrapper(page, view)
    # The catalogue is read before signing up.
    opened = login_not_required(require_safe(page))
    opened.drawn_from = view  # type: ignore[attr-defined]  # For `drawn`.
    return opened


def drawn(request: HttpRequest, address: str, catalogue: Catalogue) -> HttpResponse | None:
    """The page at an address of the catalogue as it is with `catalogue`, whatever is stored.

    None if what stands at the address is no such page. The address is in the language that is active.
    """
    path, query = urlsplit(address).path, urlsplit(address).query
    match = resolve(path)
    view = getattr(match.func, "drawn_from", None)
    if view is None:
        return None
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.POST = QueryDict(query), QueryDict()
    asked.LANGUAGE_CODE = get_language() or settings.LANGUAGE_CODE
    response: HttpResponse = view(asked, catalogue, *match.args, **match.kwargs)
    return response


def show(
    request: HttpRequest,
    template: str,
    *,
    title: Any,
    description: Any,
    part: str = "",
    retired: bool = False,
    **context: Any,
) -> HttpResponse:
    """Render a page with its title, description, canonical address and the addresses of its other languages.

    HTMX gets the `part` of the template that changes, where a page has one. A `retired` entry's page says so.
    """
    path = request.path
    addresses = [(code, settings.BASE_URL + translate_url(path, code)) for code, _name in settings.LANGUAGES]
    plain = settings.BASE_URL + path.removeprefix(f"/{get_language()}")
    told = {
        "page_title": str(title),
        "page_description": str(description),
        "canonical": settings.BASE_URL + path,
        "alternates": [*addresses, ("x-default", plain)],
        "retired": retired,
    }
    if not part:
        return render(request, template, {**told, **context})
    response = render(request, f"{template}#{part}" if wants_part(request) else template, {**told, **context})
    patch_vary_headers(response, PARTS_BY)
    return response


def follower(entry: fmt.Entry, catalogue: Catalogue) -> HttpResponse | None:
    """Where a retired entry's readers go: to what replaced it. Its own page stays if nothing did."""
    if not entry.retired or entry.replaced_by is None:
        return None
    return HttpResponseRedirect(address_of(catalogue.get(type(entry), entry.replaced_by)), status=301)
