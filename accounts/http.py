"""The request of a signed-in person, typed once."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Request(HttpRequest):
    """Any request of ours: htmx details, the theme, and what was typed before stand on it."""

    htmx: HtmxDetails
    theme: str
    typed: QueryDict


class PersonRequest(Request):
    """A request that `SignInRequired` let through."""

    user: User


def wants_part(request: HttpRequest) -> bool:
    """Whether HTMX asks for a part of a page. Going back in the history it asks for the whole."""
    asked = HtmxDetails(request)
    return bool(asked) and not asked.history_restore_request


def form_token(request: HttpRequest) -> str:
    """The token for the forms of an answer: that of the form that was sent, or where it came in a header a new one."""
    sent = request.POST.get("csrfmiddlewaretoken", "")
    return sent if sent.isalnum() else get_token(request)
