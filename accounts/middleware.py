"""What every request of a person carries: language, time zone and theme; and the closed door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts.drafts import keep
from accounts.models import Theme, User

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def preferences(get_response: GetResponse) -> GetResponse:
    """Speak the person's language, in their time zone and theme; a visitor's come from cookies and the browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user if request.user.is_authenticated else None
        # A page with its language in its address speaks that one.
        asked = translation.get_language_from_path(request.path_info)
        language = asked or (person and person.language) or translation.get_language_from_request(request)
        theme = person.theme if person else request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
        request.theme = theme if theme in Theme.values else Theme.SYSTEM  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = language
        zone = (person and person.time_zone) or settings.TIME_ZONE
        with translation.override(language), timezone.override(zone):
            response = get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class SignedIn(AuthenticationMiddleware):
    """`request.user` from the row of the session, which was read with its person."""

    def process_request(self, request: HttpRequest) -> None:
        """Nobody is read until somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def _user(request: HttpRequest) -> User | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _person_of(request) or get_user(request)  # type: ignore[attr-defined]
    found: User | AnonymousUser = request._cached_user  # type: ignore[attr-defined]
    return found


def _person_of(request: HttpRequest) -> User | None:
    """Whom the session signs in, where all is as usual; Django knows what to do where something is not."""
    held = request.session
    key, backend, sealed = held.get(SESSION_KEY), held.get(BACKEND_SESSION_KEY), held.get(HASH_SESSION_KEY)
    person: User | None = getattr(held, "person", None)
    if person is None or str(person.pk) != key or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    usual = person.is_active and constant_time_compare(sealed or "", person.get_session_auth_hash())
    return person if usual else None


class SignInRequired(LoginRequiredMiddleware):
    """Closed by default. An HTMX request gets a redirect of the whole page, not a sign-in form inside a row."""

    def handle_no_permission(  # type: ignore[override]  # For HTMX a header redirects.
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Lead to the sign-in page and from there back to the page one was on."""
        if not request.headers.get("HX-Request") and request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return ask_to_sign_in(request, self.get_login_url(view_func))


def ask_to_sign_in(request: HttpRequest, login_url: str | None = None) -> HttpResponse:
    """Lead to the sign-in page, and from there to the page that was sent from or to the form, if it keeps."""
    sign_in = redirect_to_login(request.path if keep(request) else _sent_from(request), login_url)
    return lead(request, sign_in.url)


def lead(request: HttpRequest, address: str) -> HttpResponse:
    """Lead there with the whole page, HTMX too."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _sent_from(request: HttpRequest) -> str:
    """The path of the page of ours that a request was sent from, or `/` if the browser names none."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    return page.path if page.netloc == request.get_host() and page.path else "/"
