"""What a person's finished milestones are evidence of."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import get_language

from accounts.fetching import moment
from accounts.models import User
from assessments.proposals import Finished
from content.catalogue import current_catalogue
from content.pack import format as fmt
from roadmap.models.counting import FINISHED, counted

FINISHED_MILESTONES = f"""
    SELECT template, title_{{language}}, finished_at
      FROM ({counted(more="m.template, m.title_ko, m.title_en, MAX(i.done_at) AS finished_at")}) counted
     WHERE template <> '' AND NOT skipped AND {FINISHED} ORDER BY finished_at, id
"""
_FINISHED_IN = {language: FINISHED_MILESTONES.format(language=language) for language in ("ko", "en")}


def finished_milestones(person: User) -> list[Finished]:
    """The milestones of the catalogue that a person finished on any roadmap, archived ones too, the oldest first.

    What is finished twice counts once, at its first time. One query, and one for the catalogue. A retired milestone
    still proves what it proved; one that the catalogue has never known proves nothing.
    """
    told = {entry.id: entry for entry in current_catalogue().content.of(fmt.Milestone)}
    with connection.cursor() as cursor:
        cursor.execute(_FINISHED_IN[get_language() or "en"], [person.pk])
        rows = cursor.fetchall()
    found: dict[str, Finished] = {}
    for key, title, at in rows:
        if key in told and key not in found:
            found[key] = Finished(key, title, told[key].raises, moment(at))
    return list(found.values())
