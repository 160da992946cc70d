"""The floor: the least that a Django view can do for the same job, behind the same middleware and sign-in."""

from __future__ import annotations

import os

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PersonRequest

ONE_KILOBYTE = b"ok ".ljust(1024, b".")
TICK = "UPDATE roadmap_checklistitem SET done_at = CASE WHEN %s THEN now() END WHERE id = %s AND owner_id = %s"
PAGE = """
    SELECT m.id, m.title_en, m.starts_on, m.ends_on, i.id, i.text_en, i.done_at
    FROM roadmap_milestone m JOIN roadmap_checklistitem i ON i.milestone_id = m.id
    WHERE m.roadmap_id = %s AND m.owner_id = %s AND m.removed_at IS NULL AND i.removed_at IS NULL
    ORDER BY m.position, i.position
"""


@login_not_required  # It says which process answers, to spread connections evenly.
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that a connection belongs to."""
    return HttpResponse(str(os.getpid()), content_type="text/plain")


@require_POST
def tick(request: PersonRequest, item_id: int) -> HttpResponse:
    """One statement and one kilobyte."""
    with connection.cursor() as cursor:
        cursor.execute(TICK, [request.POST.get("done") == "on", item_id, request.user.pk])
        if cursor.rowcount != 1:
            raise Http404
    return HttpResponse(ONE_KILOBYTE)


@require_safe
def page(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """One join, and the page by string formatting."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, [roadmap_id, request.user.pk])
        rows = cursor.fetchall()
    if not rows:
        raise Http404
    parts = ["<!doctype html><html lang=en><title>Roadmap</title><main>"]
    current = None
    for milestone_id, title, starts_on, ends_on, item_id, text, done_at in rows:
        if milestone_id != current:
            current = milestone_id
            parts.append(f"<h2 id=m{milestone_id}>{escape(title)}</h2><p>{starts_on} – {ends_on}</p>")
        parts.append(f"<p id=i{item_id}>{'[x]' if done_at else '[ ]'} {escape(text)}</p>")
    return HttpResponse("".join(parts))
