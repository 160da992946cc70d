"""What a visitor did becomes theirs when they sign up or in. The apps that keep it say here how to find it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from accounts.models import User

TAKING: list[Callable[[HttpRequest, User], None]] = []
"""Each is called once for every signing in, with the session that the visitor had. Filled when the apps are ready."""

WAITING: list[Callable[[HttpRequest], str]] = []
"""Each says what of a visitor's would come along, in their language; an empty text for nothing."""


def waiting(request: HttpRequest) -> list[str]:
    """All that would become theirs if they signed up now."""
    return [said for say in WAITING if (said := say(request))]
