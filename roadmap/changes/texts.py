"""A text that two windows may edit: it is replaced where it still says what its writer saw."""

from __future__ import annotations

from roadmap.changes.history import Stale, State
from roadmap.models import ChecklistItem, Milestone, Roadmap


def replace_text(
    row: ChecklistItem | Milestone | Roadmap, columns: tuple[str, ...], text: str, *, seen: str
) -> tuple[State, State] | None:
    """Write `text` into each of `columns` if `seen` still stands in one of them; the texts before and after.

    The roadmap is held. None if nothing is to be changed; raises Stale if another text stands there by now.
    """
    before: State = row.row().values(*columns).get()
    after: State = dict.fromkeys(columns, text)
    if before == after or text == seen:
        return None
    if seen not in before.values():
        raise Stale(next(iter(before.values())))
    row.row().update(**after)
    for column in columns:
        setattr(row, column, text)
    return before, after
