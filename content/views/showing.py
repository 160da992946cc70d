"""What all pages of the catalogue share: an address per language, what a search engine reads, and 304."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from config.build import build_digest
from content.library import Library, library

Given = ParamSpec("Given")


def catalogue_page(
    view: Callable[Concatenate[HttpRequest, Library, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """Public and safe; the view is given the library, and is not run for a browser that has this very page.

    A signed-out reader's page costs one query: which state the catalogue is in.
    """

    def page(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        known = library()
        if len(get_messages(request)):
            response = view(request, known, *args, **kwargs)
            response["Cache-Control"] = "private, no-store"
            return response
        etag = _etag(request, known)
        unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
        response = unchanged or view(request, known, *args, **kwargs)
        if response.status_code in {200, 304}:
            response["ETag"] = etag
            response["Cache-Control"] = "private, no-cache"
        return response

    update_wrapper(page, view)
    # The catalogue is read before signing up.
    return login_not_required(require_safe(page))


def _etag(request: HttpRequest, known: Library) -> str:
    """What the page is drawn from: the build, the catalogue, the address, the language and the reader's frame."""
    told = (
        build_digest(),
        known.digest,
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        get_language() or "",
        getattr(request, "theme", ""),
        str(request.user.pk),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
    )
    return f'"{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:32]}"'


def show(request: HttpRequest, template: str, *, title: Any, description: Any, **context: Any) -> HttpResponse:
    """Render a page with its title, description, canonical address and the addresses of its other languages."""
    path = request.path
    addresses = [(code, settings.BASE_URL + translate_url(path, code)) for code, _name in settings.LANGUAGES]
    plain = settings.BASE_URL + path.removeprefix(f"/{get_language()}")
    told = {
        "page_title": str(title),
        "page_description": str(description),
        "canonical": settings.BASE_URL + path,
        "alternates": [*addresses, ("x-default", plain)],
    }
    return render(request, template, {**told, **context})
