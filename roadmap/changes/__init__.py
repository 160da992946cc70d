"""Every change of a roadmap: a short transaction that holds the roadmap, writes what changed, an event, a version.

Each verb returns the event that `undo` takes back, or None when nothing changed: what is wanted twice is done once.
"""

from roadmap.changes.history import Stale, undo
from roadmap.changes.holding import Gone, hold
from roadmap.changes.items import add_item, remove_item, rename_item, set_done, tick
from roadmap.changes.limits import MAX_ITEMS, MAX_MILESTONES, TooMany
from roadmap.changes.milestones import add_milestone, remove_milestone, rename_milestone, set_skipped, write_notes
from roadmap.changes.roadmaps import delete_roadmap, rename_roadmap, set_archived

__all__ = [
    "MAX_ITEMS",
    "MAX_MILESTONES",
    "Gone",
    "Stale",
    "TooMany",
    "add_item",
    "add_milestone",
    "delete_roadmap",
    "hold",
    "remove_item",
    "remove_milestone",
    "rename_item",
    "rename_milestone",
    "rename_roadmap",
    "set_archived",
    "set_done",
    "set_skipped",
    "tick",
    "undo",
    "write_notes",
]
