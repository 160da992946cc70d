"""The kinds of changes, as one table: who makes them, what they are called, what takes them back, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.models.event import Actor, Kind

Subject = type[ChecklistItem] | type[Milestone] | type[Roadmap]


@dataclass(frozen=True)
class About:
    """What there is to know of one kind.

    `before` and `after` of its events hold the columns `holds` of the `subject`; `opposite` names the change that
    takes it back. What adds several milestones at once names them in both, as `milestones`.
    """

    words: Any
    subject: Subject
    holds: tuple[str, ...]
    opposite: Kind
    actors: frozenset[Actor] = frozenset({Actor.OWNER})


DONE, SKIPPED, REMOVED, ARCHIVED = ("done_at",), ("skipped_at",), ("removed_at",), ("archived_at",)
TEXT, TITLE, NOTES = ("text_ko", "text_en"), ("title_ko", "title_en"), ("notes",)

KINDS: Mapping[Kind, About] = {
    Kind.ITEM_DONE: About(_("Ticked."), ChecklistItem, DONE, Kind.ITEM_UNDONE),
    Kind.ITEM_UNDONE: About(_("Tick taken back."), ChecklistItem, DONE, Kind.ITEM_DONE),
    Kind.ITEM_ADDED: About(_("Item added."), ChecklistItem, REMOVED, Kind.ITEM_REMOVED),
    Kind.ITEM_REMOVED: About(_("Item removed."), ChecklistItem, REMOVED, Kind.ITEM_RESTORED),
    Kind.ITEM_RESTORED: About(_("Item is back."), ChecklistItem, REMOVED, Kind.ITEM_REMOVED),
    Kind.ITEM_RENAMED: About(_("Item changed."), ChecklistItem, TEXT, Kind.ITEM_RENAMED),
    Kind.MILESTONE_SKIPPED: About(_("Milestone skipped."), Milestone, SKIPPED, Kind.MILESTONE_TAKEN_BACK),
    Kind.MILESTONE_TAKEN_BACK: About(_("Milestone counts again."), Milestone, SKIPPED, Kind.MILESTONE_SKIPPED),
    Kind.MILESTONE_ADDED: About(_("Milestone added."), Milestone, REMOVED, Kind.MILESTONE_REMOVED),
    Kind.MILESTONE_REMOVED: About(_("Milestone removed."), Milestone, REMOVED, Kind.MILESTONE_RESTORED),
    Kind.MILESTONE_RESTORED: About(_("Milestone is back."), Milestone, REMOVED, Kind.MILESTONE_REMOVED),
    Kind.MILESTONE_RENAMED: About(_("Milestone renamed."), Milestone, TITLE, Kind.MILESTONE_RENAMED),
    Kind.NOTES_CHANGED: About(_("Notes saved."), Milestone, NOTES, Kind.NOTES_CHANGED),
    Kind.ROADMAP_RENAMED: About(_("Roadmap renamed."), Roadmap, TITLE, Kind.ROADMAP_RENAMED),
    Kind.ROADMAP_ARCHIVED: About(_("Archived."), Roadmap, ARCHIVED, Kind.ROADMAP_UNARCHIVED),
    Kind.ROADMAP_UNARCHIVED: About(_("Taken back from the archive."), Roadmap, ARCHIVED, Kind.ROADMAP_ARCHIVED),
}


def require_an_entry_for_each(kinds: Iterable[Kind], table: Mapping[Kind, About]) -> None:
    """Raise ImproperlyConfigured where a kind has no entry, or leads to a column that its subject does not have."""
    missing = sorted(set(kinds) - set(table))
    if missing:
        raise ImproperlyConfigured(f"roadmap/changes/kinds.py: no entry for {', '.join(missing)}")
    for kind, about in table.items():
        opposite = table[about.opposite]
        if (about.subject, about.holds) != (opposite.subject, opposite.holds):
            raise ImproperlyConfigured(f"roadmap/changes/kinds.py: {kind} and its opposite hold different columns")
        for column in about.holds:
            about.subject._meta.get_field(column)


require_an_entry_for_each(Kind, KINDS)
