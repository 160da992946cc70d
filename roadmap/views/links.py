"""The owner's side of share links: make, copy, watch, preview, revoke."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Action, allowed
from accounts.drafts import keeps_typed
from accounts.http import PersonRequest
from accounts.sent_forms import once
from assessments.models import Assessment
from roadmap.changes import TooMany
from roadmap.forms.links import NewShareLinkForm
from roadmap.models import Roadmap, ShareLink
from roadmap.pages.shared import shared_context
from roadmap.responses.shared import show_assessment
from roadmap.sharing.links import links_to, make_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def roadmap_share(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """All links to a roadmap, and the form of a new one, which may show the latest assessment too."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    latest = Assessment.objects.owned_by(request.user).finished().first()
    return _share(request, found, {"roadmap": found}, latest=latest)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def assessment_share(request: PersonRequest, assessment_id: int) -> HttpResponse:
    """All links that show an assessment, and the form of one that shows it alone."""
    found = get_object_or_404(Assessment.objects.owned_by(request.user).finished(), pk=assessment_id)
    return _share(request, found, {"assessment": found})


def _share(
    request: PersonRequest,
    found: Roadmap | Assessment,
    shown: Mapping[str, Any],
    *,
    latest: Assessment | None = None,
) -> HttpResponse:
    """The links to what was `found`, and the form of one that shows it, maybe with the `latest` assessment."""
    now = timezone.now()
    form = NewShareLinkForm(
        request.POST if request.method == "POST" else None,
        initial={"owner_name": request.user.name, **request.typed.dict()},
        offers_assessment=latest is not None,
    )
    links = links_to(found)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        beside = {"assessment": latest} if facts.pop("with_assessment", False) else {}
        facts |= {**shown, **beside, "at": now}
        try:
            link = once(request, request.user.pk, links.live(now), lambda: make_link(**facts))
        except TooMany:
            form.add_error(None, _("There are many open links already. Please revoke one first."))
        else:
            messages.success(request, _("The link is ready."))
            return redirect(f"{link.page}#link-{link.pk}")
    rows = [(link, link.is_live(now), *_address(link, now)) for link in links.select_related("roadmap", "assessment")]
    context = {**shown, "form": form, "links": rows}
    return render(request, "roadmap/roadmap-share.html", context, status=422 if form.is_bound else 200)


def _address(link: ShareLink, now: datetime) -> tuple[str, SafeString]:
    """The address to hand out and its QR code as SVG; both empty when it is closed or the server's key was changed."""
    token = link.token if link.is_live(now) else None
    if token is None:
        return "", SafeString("")
    address = settings.BASE_URL + reverse("shared", args=[token])
    return address, _qr_code(address)


@lru_cache(maxsize=256)
def _qr_code(address: str) -> SafeString:
    """An address as a QR code in SVG. Making one takes longer than the rest of its link."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=3,
        light="#ffffff",
        dark="#000000",
        svgclass=None,
    )
    return mark_safe(out.getvalue().decode())


@require_POST
def link_revoke(request: PersonRequest, link_id: int) -> HttpResponse:
    """Close a link at once."""
    link = get_object_or_404(ShareLink.objects.owned_by(request.user), pk=link_id)
    link.revoke(at=timezone.now())
    messages.success(request, _("The link is closed. Whoever opens it finds nothing."))
    return redirect(link.page)


@never_cache
@require_safe
def link_preview(request: PersonRequest, link_id: int) -> HttpResponse:
    """What the mentor sees; it counts as no visit."""
    link = get_object_or_404(ShareLink.objects.owned_by(request.user).select_related("roadmap"), pk=link_id)
    if Action.READ not in allowed(link.guest, link.roadmap):
        return show_assessment(request, link, preview=True)
    address = reverse("link-preview-assessment", args=[link.pk]) if link.assessment_id else ""
    context = shared_context(link, since=link.opened_at)
    return render(request, "roadmap/shared.html", {**context, "assessment_url": address, "preview": True})


@never_cache
@require_safe
def link_preview_assessment(request: PersonRequest, link_id: int) -> HttpResponse:
    """The assessment behind a link as the mentor sees it."""
    link = get_object_or_404(ShareLink.objects.owned_by(request.user).exclude(assessment=None), pk=link_id)
    address = reverse("link-preview", args=[link.pk]) if link.roadmap_id else ""
    return show_assessment(request, link, roadmap_url=address, preview=True)
