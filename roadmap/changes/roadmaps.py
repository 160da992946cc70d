"""Changes of a whole roadmap: renamed, put away, deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from roadmap.changes.history import moment, record
from roadmap.changes.holding import hold
from roadmap.changes.kinds import TITLE
from roadmap.changes.texts import replace_text
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap, ShareLink
from roadmap.models.event import Kind


def rename_roadmap(roadmap: Roadmap, title: str, *, seen: str, at: datetime) -> Event | None:
    """Change a roadmap's title that was `seen` before. Raises Stale if it is another one by now."""
    with transaction.atomic():
        hold(roadmap)
        texts = replace_text(roadmap, TITLE, title, seen=seen)
        if texts is None:
            return None
        before, after = texts
        return record(roadmap, Kind.ROADMAP_RENAMED, at=at, before=before, after=after)


def set_archived(roadmap: Roadmap, *, archived: bool, at: datetime) -> Event | None:
    """Put a roadmap away or take it back."""
    with transaction.atomic():
        before = hold(roadmap).archived_at
        if (before is not None) is archived:
            return None
        roadmap.archived_at = at if archived else None
        roadmap.row().update(archived_at=roadmap.archived_at)
        return record(
            roadmap,
            Kind.ROADMAP_ARCHIVED if archived else Kind.ROADMAP_UNARCHIVED,
            at=at,
            before={"archived_at": moment(before)},
            after={"archived_at": moment(roadmap.archived_at)},
        )


def delete_roadmap(roadmap: Roadmap) -> None:
    """Delete a roadmap and all that is on it, for good. Raises Gone if it is deleted already.

    Table by table with the owner named, while the roadmap is held: what somebody changes at the same moment is done
    before, or finds no roadmap.
    """
    with transaction.atomic():
        hold(roadmap)
        # An event may revert another one of the roadmap, and a link may be named by one.
        for model in (Event, ShareLink, ChecklistItem, Milestone, Phase):
            table = connection.ops.quote_name(model._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"DELETE FROM {table} WHERE roadmap_id = %s AND owner_id = %s", [roadmap.pk, roadmap.owner_id]
                )
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM roadmap_roadmap WHERE id = %s AND owner_id = %s", [roadmap.pk, roadmap.owner_id]
            )
