"""The person's own part of the command palette."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest, wants_part
from content.search import answers
from roadmap.models import Roadmap

AT_MOST = 8
COMMANDS = (
    (_("New roadmap"), "roadmap-new"),
    (_("All your roadmaps"), "roadmaps"),
    (_("Assessment"), "assessment"),
    (_("Preferences"), "preferences"),
    (_("Sign out"), "account_logout"),
)


@never_cache
@require_safe
def palette(request: PersonRequest) -> HttpResponse:
    """One's own roadmaps whose title answers `q`, and the commands that do."""
    if not wants_part(request):
        return redirect("roadmaps")
    query = request.GET.get("q", "")
    own = Roadmap.objects.owned_by(request.user).only("title_ko", "title_en", "archived_at")
    context = {
        "roadmaps": [roadmap for roadmap in own if answers(roadmap.title, query)][:AT_MOST],
        "commands": [(label, reverse(name)) for label, name in COMMANDS if answers(str(label), query)],
    }
    return render(request, "roadmap/palette.html", context)
