"""Every change of a roadmap, and the history that remembers it."""

from roadmap.changes.history import (
    MAX_ITEMS,
    MAX_MILESTONES,
    Stale,
    TooMany,
    add_item,
    add_milestone,
    remove_item,
    remove_milestone,
    rename_item,
    rename_milestone,
    rename_roadmap,
    set_archived,
    set_done,
    set_skipped,
    undo,
    write_notes,
)

__all__ = [
    "MAX_ITEMS",
    "MAX_MILESTONES",
    "Stale",
    "TooMany",
    "add_item",
    "add_milestone",
    "remove_item",
    "remove_milestone",
    "rename_item",
    "rename_milestone",
    "rename_roadmap",
    "set_archived",
    "set_done",
    "set_skipped",
    "undo",
    "write_notes",
]
