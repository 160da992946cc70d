"""The admin itself: our own door, and what was edited last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import models as db
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from content import models
from content.edits import KIND_OF
from content.pack.changes import PACK

MODEL_OF: dict[str, type[db.Model]] = {PACK: models.Pack, **{kind: model for model, kind in KIND_OF.items()}}


class EditorsSite(admin.AdminSite):
    """Where editors change the catalogue. Signing in is that of everybody; whoever is no editor finds nothing."""

    site_header = _("Waymark content")
    site_title = _("Waymark content")
    index_title = _("What would you like to edit?")
    final_catch_all_view = False
    enable_nav_sidebar = False  # Lists with both languages need the width.

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Entries can be found by their kind and id as well."""
        by_id = path("entry/<slug:kind>/<slug:key>/", self.admin_view(self.entry), name="entry")
        return [by_id, *super().get_urls()]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Somebody who is signed in and no editor gets what they would get for a page that does not exist."""
        inner = super().admin_view(view, cacheable)

        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404("not an editor")
            return inner(request, *args, **kwargs)

        opened.__dict__.update(inner.__dict__)
        return opened

    @method_decorator(login_not_required)  # Leads to the page where everybody signs in.
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our own page for signing in, and from there back."""
        index = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(index)
        if request.user.is_authenticated:
            raise Http404("not an editor")
        target = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': target if safe else index})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """The same page as everywhere."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """The same page as everywhere."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """There is no page of the admin for it."""
        return HttpResponseRedirect(reverse("admin:index"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Every kind, and the last edits of all of them."""
        edits = models.Edit.objects.select_related("by")[:12]
        return super().index(request, {**(extra_context or {}), "recent_edits": edits})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Every kind, once somebody looks: each page is given the list, and only the index shows it."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def entry(self, request: HttpRequest, kind: str, key: str) -> HttpResponse:
        """From a kind and an id to the form, or with `?history` to its history."""
        if kind not in MODEL_OF:
            raise Http404(kind)
        model = MODEL_OF[kind]
        row = get_object_or_404(model._default_manager.all(), key=key)
        page = "history" if "history" in request.GET else "change"
        return HttpResponseRedirect(reverse(f"admin:content_{model._meta.model_name}_{page}", args=[row.pk]))


site = EditorsSite(name="admin")
