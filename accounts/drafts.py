"""What somebody typed while their session ended, or began anew in another window: kept until they can send it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from accounts.http import Request

View = TypeVar("View", bound=Callable[..., HttpResponse])

KEY = "typed"
AT_MOST = 100_000
"""Characters of all fields: notes, and the notes that were seen before, may have 20,000 each; editors' forms more."""
WINDOWS = 4
"""So many forms are kept beside each other, the last ones."""


def keeps_typed(view: View) -> View:
    """Mark a view whose GET shows a form: it finds in `request.typed`, by field, what could not be taken before."""

    @wraps(view)
    def shown(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        request.typed = _taken(request) if request.method == "GET" else QueryDict()
        return view(request, *args, **kwargs)

    shown.keeps_typed = True  # type: ignore[attr-defined]
    return cast("View", shown)


def keep(request: HttpRequest) -> bool:
    """Keep what was sent to such a view in the session; False if it was sent elsewhere, or not from a page of ours."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not getattr(match.func, "keeps_typed", False):
        return False
    # A foreign page could send anything, and the answer would replace the session of whoever was led there.
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return False
    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in sent.values() for value in values) > AT_MOST:
        return False
    kept = {at: typed for at, typed in request.session.get(KEY, {}).items() if at != request.path}
    request.session[KEY] = dict([*kept.items(), (request.path, sent)][-WINDOWS:])
    return True


def _taken(request: HttpRequest) -> QueryDict:
    typed, kept = QueryDict(mutable=True), request.session.get(KEY, {})
    if request.path not in kept:
        return typed
    sent = kept.pop(request.path)
    request.session[KEY] = kept
    messages.info(
        request,
        gettext("You signed in again since you opened this page. What you typed is still here, but not saved yet."),
    )
    for name, values in sent.items():
        typed.setlist(name, values)
    return typed
