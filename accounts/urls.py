"""Addresses of a person: signing in and out is allauth's, their own settings are ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.urls import urlpatterns as allauth_patterns
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, include, path

from accounts import views

MAILING = {
    "account_signup",
    "account_email",
    "account_confirm_email",
    "account_change_password",
    "account_set_password",
    "account_reset_password_from_key",
}
"""Their forms change something that a mail tells of. Signing in is not among them: it would hold all writers of SQLite
while it checks a password."""


def _whole(pattern: URLPattern) -> URLPattern:
    """What a form changes and the mail about it: both or neither."""
    if pattern.name not in MAILING:
        return pattern
    view: Callable[..., HttpResponseBase] = pattern.callback

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return URLPattern(pattern.pattern, whole, pattern.default_args, pattern.name)


urlpatterns = [
    path("accounts/", include([_whole(pattern) for pattern in allauth_patterns])),
    path("accounts/preferences/", views.preferences, name="preferences"),
    path("preferences/display/", views.preferences_display, name="preferences-display"),
]
