"""The pages for when something went wrong, in the reader's language.

They ask the database for nothing: it may be what went wrong.
"""

from __future__ import annotations

import sys

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from accounts.drafts import keep
from accounts.middleware import ask_to_sign_in, lead

RETRY_AFTER = {429: "60", 503: "5"}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of one status. Outside of the middleware the language comes from the address or the browser."""
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request, True)
    with translation.override(language):
        # Without the request: context processors would ask for the person, and so the database.
        response = render(None, f"errors/{status}.html", {"LANGUAGE_CODE": language}, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    if status in RETRY_AFTER:
        response["Retry-After"] = RETRY_AFTER[status]
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: what was asked for is not allowed."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was older than the session. What was typed is shown again, after signing in if need be."""
    kept = keep(request)
    if not request.user.is_authenticated and (kept or request.headers.get("HX-Request")):
        return ask_to_sign_in(request)
    return lead(request, request.path) if kept else error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not yours; both look the same."""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too often in a short time."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer.

    Asked here and not in a middleware, since each layer of middleware turns the error into this answer already.
    """
    error = sys.exc_info()[1]
    return error_page(request, 503 if isinstance(error, (OperationalError, InterfaceError)) else 500)
