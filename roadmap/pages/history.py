"""What undo and redo offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from roadmap.changes.kinds import KINDS
from roadmap.models import Roadmap
from roadmap.models.event import Kind

UNDO_SHOWN = timedelta(minutes=15)
"""So long after the last change it is offered."""

# A change is undone where an event reverts it that is not reverted itself. The last one that is not is undone next;
# the last undoing is redone next, unless a change of its own came after it.
STEPS = """
    SELECT e.kind, e.at >= %s,
           (SELECT c.id FROM roadmap_event c
             WHERE c.roadmap_id = e.roadmap_id AND c.owner_id = e.owner_id
               AND c.reverts_id IS NULL AND c.before IS NOT NULL AND c.after IS NOT NULL
               AND NOT EXISTS (
                   SELECT 1 FROM roadmap_event u WHERE u.reverts_id = c.id AND u.owner_id = c.owner_id
                      AND NOT EXISTS (
                          SELECT 1 FROM roadmap_event r WHERE r.reverts_id = u.id AND r.owner_id = u.owner_id))
             ORDER BY c.number DESC LIMIT 1),
           (SELECT u.id FROM roadmap_event u
              JOIN roadmap_event c ON c.id = u.reverts_id AND c.owner_id = u.owner_id AND c.reverts_id IS NULL
             WHERE u.roadmap_id = e.roadmap_id AND u.owner_id = e.owner_id
               AND u.number > COALESCE((
                   SELECT n.number FROM roadmap_event n
                    WHERE n.roadmap_id = e.roadmap_id AND n.owner_id = e.owner_id AND n.reverts_id IS NULL
                    ORDER BY n.number DESC LIMIT 1), 0)
               AND NOT EXISTS (
                   SELECT 1 FROM roadmap_event r WHERE r.reverts_id = u.id AND r.owner_id = u.owner_id)
             ORDER BY u.number DESC LIMIT 1)
      FROM roadmap_event e
     WHERE e.roadmap_id = %s AND e.owner_id = %s
     ORDER BY e.number DESC
     LIMIT 1
"""


@dataclass(frozen=True)
class Steps:
    """What is said of the last change, and the events that undo and redo name, each None where there is nothing."""

    words: str
    undo: int | None
    redo: int | None = None


def steps_of(roadmap: Roadmap, *, now: datetime) -> Steps | None:
    """What undo and redo offer, while the last change is fresh. One query."""
    fresh = connection.ops.adapt_datetimefield_value(now - UNDO_SHOWN)
    with connection.cursor() as cursor:
        cursor.execute(STEPS, [fresh, roadmap.pk, roadmap.owner_id])
        row = cursor.fetchone()
    if row is None:
        return None
    kind, is_fresh, undo, redo = row
    return Steps(words_of(kind), undo, redo) if is_fresh else None


def steps_after(tick: int, *, done: bool) -> Steps:
    """The same right after a tick, or after one was taken back: the event of that is the last change."""
    return Steps(words_of(Kind.ITEM_DONE if done else Kind.ITEM_UNDONE), tick)


def words_of(kind: str) -> str:
    """What a change did, in the reader's language."""
    return str(KINDS[Kind(kind)].words)
