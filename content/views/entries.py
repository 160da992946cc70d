"""Roles, competencies, activities, milestones, classes and sources."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content.catalogue import Catalogue
from content.pack import format as fmt
from content.pages import catalogue_page, follower, show


@catalogue_page
def roles(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """The kinds of player, and how to speak of oneself as a mix of them."""
    return show(
        request,
        "content/roles.html",
        title=_("Roles"),
        description=_("The kinds of people who do this work. Everybody is a mix of them."),
        roles=catalogue.current(fmt.Role),
    )


@catalogue_page
def role(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """One role: its day, what tells it apart, what it expects of each competency."""
    found = catalogue.get(fmt.Role, key)
    rows = [(entry, catalogue.get(fmt.Competency, entry.competency)) for entry in catalogue.expectations(role=key)]
    return follower(found, catalogue) or show(
        request,
        "content/role.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        role=found,
        number=catalogue.current(fmt.Role).index(found) + 1 if not found.retired else 0,
        expectations=rows,
        differences=[(catalogue.get(fmt.Role, each.role), each.text) for each in found.differs],
        others=[each for each in catalogue.current(fmt.Role) if each.id != key],
        questions=catalogue.questions_about("roles", key),
        sources=catalogue.named(fmt.Source, found.sources),
    )


@catalogue_page
def competencies(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """The competencies in their groups, with their skills."""
    found = catalogue.current(fmt.Competency)
    groups = [
        (group, [(each, catalogue.skills_of(each.id)) for each in found if each.group == group.id])
        for group in catalogue.current(fmt.Group)
    ]
    return show(
        request,
        "content/competencies.html",
        title=_("Competencies"),
        description=_("What there is to be able to do, in skills and levels that somebody else could check."),
        groups=groups,
    )


@catalogue_page
def competency(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """One competency: its skills with their levels, what each role expects, and the milestones that build it."""
    found = catalogue.get(fmt.Competency, key)
    skills = [
        (skill, [(level, catalogue.milestones_of(skill=skill.id, level=level.level)) for level in skill.levels])
        for skill in catalogue.skills_of(key)
    ]
    rows = [(entry, catalogue.get(fmt.Role, entry.role)) for entry in catalogue.expectations(competency=key)]
    return follower(found, catalogue) or show(
        request,
        "content/competency.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        competency=found,
        group=catalogue.get(fmt.Group, found.group),
        skills=skills,
        scale=catalogue.pack.scale,
        expectations=rows,
        milestones=[(each, catalogue.get(fmt.Phase, each.phase)) for each in catalogue.milestones_of(competency=key)],
        activities=[each for each in catalogue.current(fmt.Activity) if key in each.proves],
        questions=catalogue.questions_about("competencies", key),
        sources=catalogue.named(fmt.Source, found.sources),
    )


@catalogue_page
def activities(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """The kinds of portfolio work."""
    rows = [(each, catalogue.named(fmt.Competency, each.proves)) for each in catalogue.current(fmt.Activity)]
    return show(
        request,
        "content/activities.html",
        title=_("Activities"),
        description=_("Portfolio work that proves what you can do to somebody who has never met you."),
        activities=rows,
    )


@catalogue_page
def activity(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """One activity: how to choose, do, show and tell it, and the milestones that are made of it."""
    found = catalogue.get(fmt.Activity, key)
    milestones = catalogue.milestones_of(activity=key)
    return follower(found, catalogue) or show(
        request,
        "content/activity.html",
        retired=found.retired,
        title=found.name,
        description=found.summary,
        activity=found,
        proves=catalogue.named(fmt.Competency, found.proves),
        milestones=[(each, catalogue.get(fmt.Competency, each.competency)) for each in milestones],
        sources=catalogue.named(fmt.Source, found.sources),
    )


@catalogue_page
def milestone_template(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """One milestone as the catalogue knows it, with what it needs and what it unlocks."""
    found = catalogue.get(fmt.Milestone, key)
    return follower(found, catalogue) or show(
        request,
        "content/milestone-template.html",
        retired=found.retired,
        title=found.title,
        description=found.outcome,
        milestone=found,
        competency=catalogue.get(fmt.Competency, found.competency),
        phase=catalogue.get(fmt.Phase, found.phase),
        activity=catalogue.get(fmt.Activity, found.activity) if found.activity else None,
        raises=[(catalogue.get(fmt.Skill, skill), level) for skill, level in found.raises.items()],
        requires=catalogue.named(fmt.Milestone, found.requires),
        after=catalogue.named(fmt.Milestone, found.after),
        proofs=[
            (number, ", ".join(str(each.name) for each in catalogue.named(fmt.Role, roles)))
            for number, roles in found.proofs.items()
        ],
        unlocks=catalogue.unlocked_by(key),
        roles=[(role, found.roles.get(role.id, 0)) for role in catalogue.current(fmt.Role)],
        resources=catalogue.named(fmt.Resource, found.resources),
        questions=catalogue.questions_about("milestones", key),
        sources=catalogue.named(fmt.Source, found.sources),
    )


@catalogue_page
def classes(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """The four engineer classes on one page."""
    found = catalogue.current(fmt.EngineerClass)
    rows = [
        (
            each,
            next((to for to in found if to.number == each.number - 1), None),
            catalogue.proofs_of(each.number),
            catalogue.named(fmt.Source, each.sources),
        )
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
def sources(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """Where the ideas come from."""
    return show(
        request,
        "content/sources.html",
        title=_("Sources and thanks"),
        description=_("Where the ideas come from, and whom we thank for them."),
        sources=catalogue.current(fmt.Source),
    )
