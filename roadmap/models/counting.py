"""What counts, said once: in SQL for what reads rows, as filters for querysets.

An item counts while it is on its checklist and its milestone on the roadmap; in the whole and in its phase only while
the milestone is not skipped. A milestone's hours count by the share of its items that are ticked: without items it
cannot be ticked, and counts for nothing.
"""

from __future__ import annotations

from django.db.models import Q

ON_CHECKLIST = Q(items__removed_at=None)
"""The items of a milestone."""

COUNTED = Q(items__removed_at=None, items__milestone__removed_at=None, items__milestone__skipped_at=None)
"""The items of a roadmap."""

ITEMS_OF_MILESTONE = """
    LEFT JOIN roadmap_checklistitem i ON i.milestone_id = m.id AND i.owner_id = m.owner_id AND i.removed_at IS NULL
"""
"""Behind `roadmap_milestone m`: `COUNT(i.id)` items, `COUNT(i.done_at)` of them ticked."""

MILESTONE_COUNTS = f"""
    SELECT m.id, m.phase_id, m.hours, m.skipped_at IS NOT NULL AS skipped,
           COUNT(i.id) AS total, COUNT(i.done_at) AS done
      FROM roadmap_milestone m {ITEMS_OF_MILESTONE}
     WHERE m.roadmap_id = {{roadmap}} AND m.owner_id = %s AND m.removed_at IS NULL
     GROUP BY m.owner_id, m.id
"""
"""A row for each milestone of a roadmap; `{roadmap}` is its primary key, or what finds it."""
