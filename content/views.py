"""The public pages of the catalogue. They are the same for everybody who reads the same language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content.models import (
    Activity,
    Competency,
    EngineerClass,
    Expectation,
    Group,
    MilestoneTemplate,
    Role,
    ScaleStep,
    Skill,
    Source,
)


@login_not_required  # The catalogue is read before signing up.
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The kinds of player, and how to speak of oneself as a mix of them."""
    return render(request, "content/roles.html", {"roles": Role.objects.current()})


@login_not_required  # The catalogue is read before signing up.
@require_safe
def role(request: HttpRequest, key: str) -> HttpResponse:
    """One role: what it does, what tells it apart, what it expects of each competency."""
    found = get_object_or_404(Role.objects.prefetch_related("differences__other", "sources"), key=key)
    expectations = Expectation.objects.filter(role=found, retired=False)
    rows = [
        (expectation, [level for level in expectation.levels.all() if level.skill_id is None])
        for expectation in expectations.select_related("competency").prefetch_related("levels")
    ]
    rows.sort(key=lambda row: row[0].competency.position)
    context = {"role": found, "expectations": rows, "others": Role.objects.current().exclude(pk=found.pk)}
    return render(request, "content/role.html", context)


@login_not_required  # The catalogue is read before signing up.
@require_safe
def competencies(request: HttpRequest) -> HttpResponse:
    """The competencies in their groups, with their skills."""
    groups = Group.objects.current().prefetch_related(
        Prefetch("competencies", Competency.objects.current()),
        Prefetch("competencies__skills", Skill.objects.current()),
    )
    return render(request, "content/competencies.html", {"groups": groups})


@login_not_required  # The catalogue is read before signing up.
@require_safe
def competency(request: HttpRequest, key: str) -> HttpResponse:
    """One competency: its skills with their levels, what each role expects, and the milestones that build it."""
    found = get_object_or_404(Competency.objects.select_related("group").prefetch_related("sources"), key=key)
    expectations = (
        Expectation.objects.filter(competency=found, retired=False)
        .select_related("role")
        .prefetch_related("levels")
        .order_by("role__position")
    )
    context = {
        "competency": found,
        "skills": found.skills.current().prefetch_related("levels__signals"),
        "scale": ScaleStep.objects.all(),
        "expectations": [(e, [level for level in e.levels.all() if level.skill_id is None]) for e in expectations],
        "milestones": MilestoneTemplate.objects.current().filter(competency=found).select_related("phase"),
        "activities": found.activities.current(),
    }
    return render(request, "content/competency.html", context)


@login_not_required  # The catalogue is read before signing up.
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """The kinds of portfolio work."""
    found = Activity.objects.current().prefetch_related("proves")
    return render(request, "content/activities.html", {"activities": found})


@login_not_required  # The catalogue is read before signing up.
@require_safe
def activity(request: HttpRequest, key: str) -> HttpResponse:
    """One activity: how to choose, do and tell it, and the milestones that are made of it."""
    found = get_object_or_404(Activity.objects.prefetch_related("proves", "sources"), key=key)
    milestones = found.milestones.current().select_related("competency")
    return render(request, "content/activity.html", {"activity": found, "milestones": milestones})


@login_not_required  # The catalogue is read before signing up.
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The four engineer classes on one page."""
    found = EngineerClass.objects.current().prefetch_related("sources")
    return render(request, "content/classes.html", {"classes": found})


@login_not_required  # The catalogue is read before signing up.
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Where the ideas come from."""
    return render(request, "content/sources.html", {"sources": Source.objects.current()})
