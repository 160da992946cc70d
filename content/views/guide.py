"""The guide: questions that people ask about the field, filtered, one by one, and a topic at a time to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from content.catalogue import Catalogue
from content.filters import Filter, address_with, filter_of, keep_in_address
from content.pack import format as fmt
from content.pages import catalogue_page, follower, show

RELATED = 4
KEYS = ("situations", "goals", "roles", "competencies", "milestones")


@catalogue_page
def guide(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """All questions by topic with their answers in a sentence, by situation, goal and competency."""
    situations, goals = _named(catalogue.current(fmt.Situation)), _named(catalogue.current(fmt.Goal))
    filters = [
        filter_of(request, "situation", _("Where you start"), _("anywhere"), ("", situations)),
        filter_of(request, "goal", _("Where you want to be next"), _("anything"), ("", goals)),
        filter_of(request, "competency", _("Competency"), _("all of them"), *_competencies(catalogue)),
    ]
    chosen = {each.name: each.value for each in filters}
    found = fitting(catalogue, **chosen)
    response = show(
        request,
        "content/guide.html",
        title=_("Guide"),
        description=_("What people ask on their way, each with a short answer and what to do."),
        part="guide-found",
        filters=filters,
        filtered=any(chosen.values()),
        advice=[
            *(entry for entry in catalogue.current(fmt.Situation) if entry.id == chosen["situation"]),
            *(entry for entry in catalogue.current(fmt.Goal) if entry.id == chosen["goal"]),
        ],
        count=len(found),
        topics=[(topic, [q for q in found if q.topic == topic.id]) for topic in catalogue.current(fmt.Topic)],
        loosened=_loosened(filters, catalogue) if not found else [],
    )
    return keep_in_address(response, address_with(request.path, chosen))


def fitting(catalogue: Catalogue, *, situation: str, goal: str, competency: str) -> list[fmt.Question]:
    """The questions that fit. One that names no situation or goal is for every one; a competency must be named."""
    return [
        each
        for each in catalogue.current(fmt.Question)
        if (not situation or not each.situations or situation in each.situations)
        and (not goal or not each.goals or goal in each.goals)
        and (not competency or competency in each.competencies)
    ]


def _named(entries: list[fmt.Situation] | list[fmt.Goal] | list[fmt.Competency]) -> list[tuple[str, str]]:
    return [(entry.id, str(entry.name)) for entry in entries]


def _competencies(catalogue: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    every = catalogue.current(fmt.Competency)
    return [
        (str(group.name), _named([each for each in every if each.group == group.id]))
        for group in catalogue.current(fmt.Group)
    ]


def _loosened(filters: list[Filter], catalogue: Catalogue) -> list[tuple[Filter, str, int]]:
    """What each chosen filter stands in the way of: the filter, the address without it, how many questions fit then."""
    chosen = {each.name: each.value for each in filters}
    found = []
    for each in filters:
        rest = chosen | {each.name: ""}
        count = len(fitting(catalogue, **rest)) if each.value else 0
        if count:
            found.append((each, address_with(reverse("guide"), rest), count))
    return found


@catalogue_page
def question(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """One question: the answer, what changed, where people differ, and what one can do about it."""
    found = catalogue.get(fmt.Question, key)
    chapter = [each for each in catalogue.current(fmt.Question) if each.topic == found.topic]
    place = chapter.index(found) if found in chapter else 0
    return follower(found, catalogue) or show(
        request,
        "content/question.html",
        retired=found.retired,
        title=found.question,
        description=found.short,
        question=found,
        topic=catalogue.get(fmt.Topic, found.topic),
        milestones=[
            (each, catalogue.get(fmt.Competency, each.competency))
            for each in catalogue.named(fmt.Milestone, found.milestones)
        ],
        situations=catalogue.named(fmt.Situation, found.situations),
        goals=catalogue.named(fmt.Goal, found.goals),
        roles=catalogue.named(fmt.Role, found.roles),
        competencies=catalogue.named(fmt.Competency, found.competencies),
        related=related_to(found, catalogue),
        before=chapter[place - 1] if place else None,
        after=chapter[place + 1] if place + 1 < len(chapter) else None,
        sources=catalogue.named(fmt.Source, found.sources),
    )


def related_to(question: fmt.Question, catalogue: Catalogue) -> list[fmt.Question]:
    """The questions that share most of what this one is about; being of one topic is a thing in common too."""
    own = _about(question)
    likeness = {
        each.id: len(own & _about(each)) / len(own | _about(each))
        for each in catalogue.current(fmt.Question)
        if each.id != question.id
    }
    likest = sorted(likeness, key=lambda key: -likeness[key])
    return catalogue.named(fmt.Question, likest[:RELATED])


def _about(question: fmt.Question) -> set[tuple[str, str]]:
    return {(name, key) for name in KEYS for key in getattr(question, name)} | {("topic", question.topic)}


@catalogue_page
def topic(request: HttpRequest, catalogue: Catalogue, key: str) -> HttpResponse:
    """All answers of a topic on one page, to read in one go or to print."""
    found = catalogue.get(fmt.Topic, key)
    return show(
        request,
        "content/topic.html",
        title=found.name,
        description=found.summary,
        topic=found,
        questions=[each for each in catalogue.current(fmt.Question) if each.topic == key],
    )
