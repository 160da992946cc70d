"""Where things stand in their lists. A position is unique in its list; between two there is room for many more."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from accounts.owned import OwnedQuerySet

STEP = 1024
FAR = 1 << 30


def position_of(number: int) -> int:
    """The position of the thing with that number, from 0, in a new list."""
    return number * STEP


def position_after(rows: OwnedQuerySet[Any], anchor: int | None) -> int:
    """A free position in a list right behind the row with the primary key `anchor`, or before all where it is None.

    `rows` are all of the list, removed ones too: they keep their place. The caller holds the roadmap.
    """
    ordered: list[tuple[int, int]] = list(rows.order_by("position").values_list("pk", "position"))
    if not ordered:
        return 0
    if anchor is None:
        return ordered[0][1] - STEP
    place = next(number for number, (pk, _position) in enumerate(ordered) if pk == anchor)
    here = ordered[place][1]
    if place == len(ordered) - 1:
        return here + STEP
    behind = ordered[place + 1][1]
    if behind - here > 1:
        return (here + behind) // 2
    _spread(rows)
    return position_after(rows, anchor)


def position_at_end(rows: OwnedQuerySet[Any]) -> int:
    """A free position behind everything in a list."""
    return position_after(rows, rows.order_by("-position").values_list("pk", flat=True).first())


def _spread(rows: OwnedQuerySet[Any]) -> None:
    """Put a whole list at even distances again, in its order."""
    ordered: list[Any] = list(rows.order_by("position"))
    rows.update(position=F("position") - FAR)  # Out of the way: no two may stand at one place even for a moment.
    for number, row in enumerate(ordered):
        row.row().update(position=position_of(number))
