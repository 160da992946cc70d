"""Each kind of change as a form makes it, and what is stored of a roadmap before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from roadmap.models import ChecklistItem, Milestone, Phase, Roadmap
from tests.factories import item_of, milestone_of

NOTES = "A **bold** note"


def kinds(roadmap: Roadmap) -> list[str]:
    return list(roadmap.events.values_list("kind", flat=True))


def rows_of(roadmap: Roadmap) -> list[Any]:
    """Everything that a roadmap is made of, but for its version and its history."""
    columns = [field.attname for field in Roadmap._meta.concrete_fields if field.name != "version"]
    return [
        list(Roadmap.objects.filter(pk=roadmap.pk).values(*columns)),
        *(list(model.objects.filter(roadmap=roadmap).order_by("pk").values()) for model in (Phase, Milestone)),
        list(ChecklistItem.objects.filter(roadmap=roadmap).order_by("pk").values()),
    ]


Change = Callable[[Client, Roadmap], Any]


def posts(name: str, arguments: Callable[[Roadmap], list[Any]], **data: Any) -> Change:
    """A change that one form makes."""
    return lambda client, roadmap: client.post(reverse(name, args=arguments(roadmap)), data)


def on_item(roadmap: Roadmap) -> list[Any]:
    return [item_of(roadmap).pk]


def on_milestone(roadmap: Roadmap) -> list[Any]:
    return [milestone_of(roadmap).pk]


def on_roadmap(roadmap: Roadmap) -> list[Any]:
    return [roadmap.pk]


# Each change, by the kind of its event; the second milestone was skipped and the second item ticked long ago.
CHANGES: dict[str, Change] = {
    "item-done": posts("item-tick", on_item, done="on"),
    "item-undone": posts("item-tick", lambda roadmap: [item_of(roadmap, "1.2").pk], done="off"),
    "item-removed": posts("item-remove", lambda roadmap: [item_of(roadmap, "1.2").pk]),
    "item-renamed": posts("item-edit", on_item, text="Another text", seen="Item 1.1"),
    "milestone-skipped": posts("milestone-skip", on_milestone, skipped="on"),
    "milestone-taken-back": posts("milestone-skip", lambda roadmap: [milestone_of(roadmap, 2).pk], skipped="off"),
    "milestone-removed": posts("milestone-remove", on_milestone),
    "milestone-renamed": posts("milestone-edit", on_milestone, text="Another title", seen="Milestone 1"),
    "notes-changed": posts("milestone-notes", on_milestone, text="Other notes", seen=NOTES),
    "roadmap-renamed": posts("roadmap-edit", on_roadmap, text="Another name", seen="Towards applied research"),
    "roadmap-archived": posts("roadmap-archive", on_roadmap, archived="on"),
}
ADDS: dict[str, Change] = {
    "item-added": posts("item-add", on_milestone, text="An item of my own"),
    "milestone-added": lambda client, roadmap: client.post(
        reverse("milestone-add", args=[roadmap.pk]),
        {
            "title": "My own",
            "phase": roadmap.phases.all()[0].pk,
            "items": "One",
            "hours": 5,
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-02",
        },
    ),
}
