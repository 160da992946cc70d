"""The request of a signed-in person, typed once."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Request(HttpRequest):
    """Any request of ours: htmx details and the theme stand on it."""

    htmx: HtmxDetails
    theme: str


class PersonRequest(Request):
    """A request that `SignInRequired` let through."""

    user: User
