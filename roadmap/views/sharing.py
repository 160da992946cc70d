"""The owner's side of share links: make, copy, watch, preview, revoke."""

from __future__ import annotations

import io

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

from accounts.http import PersonRequest
from roadmap.forms.sharing import NewShareLinkForm
from roadmap.models import Roadmap, ShareLink
from roadmap.views.shared import shared_context

MAX_LIVE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """All links to a roadmap, and the form of a new one."""
    roadmap = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    now = timezone.now()
    initial = {"owner_name": request.user.name}
    form = NewShareLinkForm(request.POST if request.method == "POST" else None, initial=initial)
    links = ShareLink.objects.filter(roadmap=roadmap)
    if form.is_bound and form.is_valid():
        if links.live(now).count() < MAX_LIVE:
            link = ShareLink.make(roadmap, at=now, **form.cleaned_data)
            messages.success(request, _("The link is ready."))
            return redirect(f"{reverse('share', args=[roadmap.pk])}#link-{link.pk}")
        form.add_error(None, _("There are many open links already. Please revoke one first."))
    rows = [(link, link.is_live(now), *_address(link)) for link in links]
    context = {"roadmap": roadmap, "form": form, "links": rows, "now": now}
    return render(request, "roadmap/share.html", context, status=422 if form.is_bound else 200)


def _address(link: ShareLink) -> tuple[str, SafeString]:
    """The address to hand out and its QR code as SVG; both empty after the server's key was changed."""
    token = link.token
    if token is None:
        return "", SafeString("")
    address = settings.BASE_URL + reverse("shared", args=[token])
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
    return address, mark_safe(out.getvalue().decode())


@require_POST
def revoke_link(request: PersonRequest, link_id: int) -> HttpResponse:
    """Close a link at once."""
    link = get_object_or_404(ShareLink.objects.owned_by(request.user), pk=link_id)
    link.revoke(at=timezone.now())
    messages.success(request, _("The link is closed. Whoever opens it finds nothing."))
    return redirect("share", roadmap_id=link.roadmap_id)


@never_cache
@require_safe
def preview_link(request: PersonRequest, link_id: int) -> HttpResponse:
    """What the mentor sees; it counts as no visit."""
    link = get_object_or_404(ShareLink.objects.owned_by(request.user).select_related("roadmap"), pk=link_id)
    return render(request, "roadmap/shared.html", {**shared_context(link, since=link.opened_at), "preview": True})
