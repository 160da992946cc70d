"""What a person may set: how they are called, and how the pages speak and look."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import keeps_typed
from accounts.forms import PreferencesForm
from accounts.http import PersonRequest
from accounts.models import Theme

YEAR = 365 * 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def preferences(request: PersonRequest) -> HttpResponse:
    """Name, language, time zone and theme of the signed-in person."""
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, instance=request.user, initial=request.typed.dict())
    if not form.is_valid():
        return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.is_bound else 200)
    person = form.save(commit=False)
    person.save(update_fields=PreferencesForm.Meta.fields)
    with translation.override(person.language):
        messages.success(request, _("Saved."))
    response = redirect("preferences")
    _remember(response, settings.LANGUAGE_COOKIE_NAME, person.language)
    _remember(response, settings.THEME_COOKIE_NAME, person.theme)
    return response


@login_not_required  # A visitor reads in their own language and theme, too.
@require_POST
def preferences_display(request: HttpRequest) -> HttpResponse:
    """Set the language, the theme or both, for a visitor in cookies and for a person on their row as well."""
    wanted = {field: request.POST[field] for field in ("language", "theme") if field in request.POST}
    if not wanted:
        raise BadRequest("neither a language nor a theme")
    if (
        wanted.get("language", "en") not in dict(settings.LANGUAGES)
        or wanted.get("theme", "system") not in Theme.values
    ):
        raise BadRequest("no such language or theme")
    if request.user.is_authenticated:
        for field, value in wanted.items():
            setattr(request.user, field, value)
        request.user.save(update_fields=list(wanted))
    target = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    if here and "language" in wanted:
        # A page with its language in its address is found in that one alone, whatever the reader's is.
        with translation.override(translation.get_language_from_path(urlsplit(target).path) or request.LANGUAGE_CODE):
            target = translate_url(target, wanted["language"])
    # Not `redirect`: it would take `next=x` for the name of a view.
    response = HttpResponseRedirect(target if here else "/")
    if "language" in wanted:
        _remember(response, settings.LANGUAGE_COOKIE_NAME, wanted["language"])
    if "theme" in wanted:
        _remember(response, settings.THEME_COOKIE_NAME, wanted["theme"])
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
