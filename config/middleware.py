"""What holds for every answer, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


def security_headers(get_response: GetResponse) -> GetResponse:
    """Headers that Django's own middleware does not set."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def refuse_unreadable_input(get_response: GetResponse) -> GetResponse:
    """Answer 400 to what is no UTF-8, and to a NUL byte in an address or a cookie.

    Django would store replacement characters for the one; PostgreSQL refuses the other late, with an error that
    nobody can read. A NUL byte in a form is told at its field.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        if "\x00" in request.path or b"%00" in query or "\\000" in request.META.get("HTTP_COOKIE", ""):
            raise BadRequest("NUL byte in the address or in a cookie")
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in {"utf-8", "utf8"} or not _readable(unquote_to_bytes(query)):
            raise BadRequest("not UTF-8")
        if request.method == "POST":
            try:
                sent = request.body
            except UnreadablePostError as error:
                raise BadRequest("the connection ended before the form did") from error
            if not _readable(sent if request.content_type == "multipart/form-data" else unquote_to_bytes(sent)):
                raise BadRequest("not UTF-8")
        return get_response(request)

    return middleware


def _readable(sent: bytes) -> bool:
    try:
        sent.decode()
    except UnicodeDecodeError:
        return False
    return True
