"""Roles, competencies, activities, milestones, classes and sources."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from content import pack_format as fmt
from content.library import Library, address_of
from content.views.showing import catalogue_page, show


def follower(entry: fmt.Entry, known: Library) -> HttpResponse | None:
    """Where a retired entry's readers go: to what replaced it. Its own page stays if nothing did."""
    if not entry.retired or entry.replaced_by is None:
        return None
    return HttpResponseRedirect(address_of(known.get(type(entry), entry.replaced_by)), status=301)


@catalogue_page
def roles(request: HttpRequest, known: Library) -> HttpResponse:
    """The kinds of player, and how to speak of oneself as a mix of them."""
    return show(
        request,
        "content/roles.html",
        title=_("Roles"),
        description=_("The kinds of people who do this work. Everybody is a mix of them."),
        roles=known.current(fmt.Role),
    )


@catalogue_page
def role(request: HttpRequest, known: Library, key: str) -> HttpResponse:
    """One role: its day, what tells it apart, what it expects of each competency."""
    found = known.get(fmt.Role, key)
    rows = [(entry, known.get(fmt.Competency, entry.competency)) for entry in known.expectations(role=key)]
    return follower(found, known) or show(
        request,
        "content/role.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        role=found,
        number=known.current(fmt.Role).index(found) + 1 if not found.retired else 0,
        expectations=rows,
        differences=[(known.get(fmt.Role, each.role), each.text) for each in found.differs],
        others=[each for each in known.current(fmt.Role) if each.id != key],
        questions=known.questions_about("roles", key),
        sources=known.named(fmt.Source, found.sources),
    )


@catalogue_page
def competencies(request: HttpRequest, known: Library) -> HttpResponse:
    """The competencies in their groups, with their skills."""
    found = known.current(fmt.Competency)
    groups = [
        (group, [(each, known.skills_of(each.id)) for each in found if each.group == group.id])
        for group in known.current(fmt.Group)
    ]
    return show(
        request,
        "content/competencies.html",
        title=_("Competencies"),
        description=_("What there is to be able to do, in skills and levels that somebody else could check."),
        groups=groups,
    )


@catalogue_page
def competency(request: HttpRequest, known: Library, key: str) -> HttpResponse:
    """One competency: its skills with their levels, what each role expects, and the milestones that build it."""
    found = known.get(fmt.Competency, key)
    skills = [
        (skill, [(level, known.milestones_of(skill=skill.id, level=level.level)) for level in skill.levels])
        for skill in known.skills_of(key)
    ]
    rows = [(entry, known.get(fmt.Role, entry.role)) for entry in known.expectations(competency=key)]
    return follower(found, known) or show(
        request,
        "content/competency.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        competency=found,
        group=known.get(fmt.Group, found.group),
        skills=skills,
        scale=known.scale(),
        expectations=rows,
        milestones=[(each, known.get(fmt.Phase, each.phase)) for each in known.milestones_of(competency=key)],
        activities=[each for each in known.current(fmt.Activity) if key in each.proves],
        questions=known.questions_about("competencies", key),
        sources=known.named(fmt.Source, found.sources),
    )


@catalogue_page
def activities(request: HttpRequest, known: Library) -> HttpResponse:
    """The kinds of portfolio work."""
    rows = [(each, known.named(fmt.Competency, each.proves)) for each in known.current(fmt.Activity)]
    return show(
        request,
        "content/activities.html",
        title=_("Activities"),
        description=_("Portfolio work that proves what you can do to somebody who has never met you."),
        activities=rows,
    )


@catalogue_page
def activity(request: HttpRequest, known: Library, key: str) -> HttpResponse:
    """One activity: how to choose, do, show and tell it, and the milestones that are made of it."""
    found = known.get(fmt.Activity, key)
    milestones = known.milestones_of(activity=key)
    return follower(found, known) or show(
        request,
        "content/activity.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        activity=found,
        proves=known.named(fmt.Competency, found.proves),
        milestones=[(each, known.get(fmt.Competency, each.competency)) for each in milestones],
        sources=known.named(fmt.Source, found.sources),
    )


@catalogue_page
def template(request: HttpRequest, known: Library, key: str) -> HttpResponse:
    """One milestone as the catalogue knows it, with what it needs and what it unlocks."""
    found = known.get(fmt.Milestone, key)
    return follower(found, known) or show(
        request,
        "content/template.html",
        retired=found.retired,
        title=found.title,
        description=found.outcome,
        milestone=found,
        competency=known.get(fmt.Competency, found.competency),
        phase=known.get(fmt.Phase, found.phase),
        activity=known.get(fmt.Activity, found.activity) if found.activity else None,
        raises=[(known.get(fmt.Skill, skill), level) for skill, level in found.raises.items()],
        requires=known.named(fmt.Milestone, found.requires),
        unlocks=known.unlocked_by(key),
        roles=[(role, found.roles.get(role.id, 0)) for role in known.current(fmt.Role)],
        resources=known.named(fmt.Resource, found.resources),
        questions=known.questions_about("milestones", key),
        sources=known.named(fmt.Source, found.sources),
    )


@catalogue_page
def classes(request: HttpRequest, known: Library) -> HttpResponse:
    """The four engineer classes on one page."""
    found = known.current(fmt.EngineerClass)
    rows = [
        (each, next((to for to in found if to.number == each.number - 1), None), known.named(fmt.Source, each.sources))
        for each in found
    ]
    return show(
        request,
        "content/classes.html",
        title=_("Engineer classes"),
        description=_("From 4 to 1: not what you know, but which problems you can be trusted with."),
        classes=rows,
    )


@catalogue_page
def sources(request: HttpRequest, known: Library) -> HttpResponse:
    """Where the ideas come from."""
    return show(
        request,
        "content/sources.html",
        title=_("Sources and thanks"),
        description=_("Where the ideas come from, and whom we thank for them."),
        sources=known.current(fmt.Source),
    )
