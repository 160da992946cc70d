"""What undo and redo offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext

from accounts.fetching import LARGEST
from roadmap.changes.kinds import KINDS
from roadmap.models import Roadmap
from roadmap.models.event import Kind

UNDO_SHOWN = timedelta(minutes=15)
"""So long after the last change it is offered."""

FEW = 30
"""So many of the last events mostly tell what is next; whoever undoes more in a row has all of them read."""

# Read plainly and sorted out here: what says it in one statement compares events with events, and PostgreSQL goes on
# doing that by whole tables if it planned it while they were empty.
LAST = """
    SELECT id, kind, reverts_id, before IS NOT NULL AND after IS NOT NULL, at >= %s
      FROM roadmap_event WHERE roadmap_id = %s AND owner_id = %s ORDER BY number DESC LIMIT %s
"""


@dataclass(frozen=True)
class Steps:
    """What is said of the last change, and the events that undo and redo name, each None where there is nothing."""

    words: str
    undo: int | None
    redo: int | None = None


class Told(NamedTuple):
    """An event as far as the stack asks: which one it `reverts`, and whether it is `whole` enough to be taken back."""

    pk: int
    reverts: int | None
    whole: bool


class Next(NamedTuple):
    """The events that undo and redo name. `sure` unless events before those that were read could change it."""

    undo: int | None
    redo: int | None
    sure: bool


def steps_of(roadmap: Roadmap, *, now: datetime) -> Steps | None:
    """What undo and redo offer, while the last change is fresh. One query; a second after many undone in a row."""
    fresh = connection.ops.adapt_datetimefield_value(now - UNDO_SHOWN)
    for most in (FEW, LARGEST):
        with connection.cursor() as cursor:
            cursor.execute(LAST, [fresh, roadmap.pk, roadmap.owner_id, most])
            rows = cursor.fetchall()
        if not rows or not rows[0][4]:
            return None
        found = next_of([Told(pk, reverts, bool(whole)) for pk, _kind, reverts, whole, _fresh in rows])
        if found.sure or len(rows) < most:
            break
    last, kind = rows[0][:2]
    return Steps(words_of(kind, taken_back=last == found.redo), found.undo, found.redo)


def next_of(events: Sequence[Told]) -> Next:
    """What is undone next and what is done again, from the last events of a roadmap, the last one first.

    A change is undone where an event reverts it that is not reverted itself. The last one that is not is undone next;
    the last undoing is redone next, unless a change of its own came after it.
    """
    reverts_of = {event.pk: event.reverts for event in events}
    reverted: set[int] = set()  # By an event that holds.
    changed, redo, sure = False, None, True
    for pk, reverts, whole in events:
        if reverts is None:
            changed = True
            if whole and pk not in reverted:
                return Next(pk, redo, sure)
        elif pk not in reverted:
            reverted.add(reverts)
            if not changed and redo is None:
                sure = sure and reverts in reverts_of  # It may be an undoing itself.
                redo = pk if reverts_of.get(reverts) is None else None
    return Next(None, redo, sure=False)


def steps_after(tick: int, *, done: bool) -> Steps:
    """The same right after a tick, or after one was taken back: the event of that is the last change."""
    return Steps(words_of(Kind.ITEM_DONE if done else Kind.ITEM_UNDONE), tick)


def words_of(kind: str, *, taken_back: bool = False) -> str:
    """What a change did, in the reader's language; of a kind that is its own opposite it says which way it went."""
    about = KINDS[Kind(kind)]
    return gettext("Change taken back.") if taken_back and about.opposite == kind else str(about.words)
