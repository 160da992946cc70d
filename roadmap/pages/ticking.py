"""What the answer to a tick needs, found and counted in one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.utils.translation import get_language

from accounts.fetching import LARGEST, moment
from roadmap.models import ChecklistItem, Roadmap
from roadmap.models.counting import counted, worked
from roadmap.pages.progress import STANDING, Standing, standing_of

FIND = f"""
    WITH mine AS (
           SELECT i.roadmap_id, r.version, r.deadline_on, i.milestone_id, m.phase_id, m.title_{{language}}, m.starts_on,
                  m.ends_on, m.hours, m.companion, m.skipped_at, m.reason, i.text_{{language}}, i.done_at
             FROM roadmap_checklistitem i
             JOIN roadmap_milestone m ON m.id = i.milestone_id AND m.owner_id = i.owner_id AND m.removed_at IS NULL
             JOIN roadmap_roadmap r ON r.id = i.roadmap_id AND r.owner_id = i.owner_id
            WHERE i.id = %s AND i.owner_id = %s AND i.removed_at IS NULL)
    SELECT mine.*, sums.*
      FROM mine
     CROSS JOIN (
           SELECT {STANDING.format(phase="(SELECT phase_id FROM mine)", milestone="(SELECT milestone_id FROM mine)")}
             FROM ({counted(of="m.roadmap_id = (SELECT roadmap_id FROM mine)")}) counted) sums
"""
_FIND_IN = {language: FIND.format(language=language) for language in ("ko", "en")}


@dataclass(frozen=True)
class TickedItem:
    """An item, its milestone and roadmap as far as a tick shows them, and the counts. `raises`: it leads to a level."""

    pk: int
    owner_id: int
    text: str
    done_at: datetime | None
    roadmap_id: int
    version: int
    deadline_on: date | None
    milestone_id: int
    phase_id: int
    title: str
    starts_on: date
    ends_on: date
    hours: int
    companion: bool
    skipped: bool
    raises: bool
    standing: Standing

    @property
    def done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None

    @property
    def row(self) -> ChecklistItem:
        """The item as a change takes it."""
        return ChecklistItem(
            pk=self.pk,
            owner_id=self.owner_id,
            roadmap_id=self.roadmap_id,
            milestone_id=self.milestone_id,
            done_at=self.done_at,
        )

    @property
    def roadmap(self) -> Roadmap:
        """Its roadmap, by its key alone."""
        return Roadmap(pk=self.roadmap_id, owner_id=self.owner_id)

    def ticked(self, *, at: datetime | None) -> TickedItem:
        """The same after a tick at that time, or after its tick was taken back."""
        by = (at is not None) - self.done
        now = self.standing
        whole, phase = now.whole, now.phase
        if not self.skipped:
            share = worked(self.hours, done=by, total=now.milestone.total)
            whole, phase = replace(whole.moved(by), worked=whole.worked + share), phase.moved(by)
        return replace(self, done_at=at, standing=Standing(whole, phase, now.milestone.moved(by)))


def find_item(pk: int, *, owner_id: int) -> TickedItem | None:
    """An item of that owner that can be seen on its roadmap. One query."""
    if pk > LARGEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FIND_IN[get_language() or "en"], [pk, owner_id, owner_id])
        row = cursor.fetchone()
    if row is None:
        return None
    (
        roadmap,
        version,
        deadline,
        milestone,
        phase,
        title,
        starts,
        ends,
        hours,
        beside,
        skipped,
        reason,
        text,
        done,
        *sums,
    ) = row
    return TickedItem(
        pk=pk,
        owner_id=owner_id,
        text=text,
        done_at=moment(done),
        roadmap_id=roadmap,
        version=version,
        deadline_on=deadline,
        milestone_id=milestone,
        phase_id=phase,
        title=title,
        starts_on=starts,
        ends_on=ends,
        hours=hours,
        companion=bool(beside),
        skipped=skipped is not None,
        raises='"closes"' in str(reason),
        standing=standing_of(tuple(sums)),
    )
