"""Where a reader finds an entry of the catalogue."""

from __future__ import annotations

from django.urls import reverse

from content.pack import format as fmt

PAGES: dict[type[fmt.Entry], str] = {
    fmt.Role: "role",
    fmt.Competency: "competency",
    fmt.Activity: "activity",
    fmt.Milestone: "milestone-template",
    fmt.Question: "question",
    fmt.EngineerClass: "classes",
    fmt.Source: "sources",
}


def address_of(entry: fmt.Entry) -> str:
    """Where a reader finds an entry, in the language that is active."""
    match entry:
        case fmt.Skill():
            return f"{reverse('competency', args=[entry.competency])}#{entry.id}"
        case fmt.Resource():  # It may stand on any of the list's pages.
            return f"{reverse('resources')}?resource={entry.id}#{entry.id}"
        case fmt.EngineerClass() | fmt.Source():
            return f"{reverse(PAGES[type(entry)])}#{entry.id}"
        case fmt.Topic():
            return f"{reverse('guide')}#{entry.id}"
        case fmt.Situation() | fmt.Goal():
            return f"{reverse('guide')}?{type(entry).__name__.lower()}={entry.id}"
        case fmt.Choice() | fmt.Deed() | fmt.Rating():
            return reverse("assessment")
        case _ if type(entry) in PAGES:
            return reverse(PAGES[type(entry)], args=[entry.id])
        case _:
            return reverse("roadmap-new")
