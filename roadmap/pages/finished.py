"""What a person's finished milestones are evidence of."""

from __future__ import annotations

from django.db.models import Count, F, Max
from django.utils.translation import get_language

from accounts.models import User
from assessments.proposals import Finished
from content.catalogue import current_catalogue
from content.pack import format as fmt
from roadmap.models import Milestone
from roadmap.models.counting import ON_CHECKLIST


def finished_milestones(person: User) -> list[Finished]:
    """The milestones of the catalogue that a person finished on any roadmap, archived ones too, the oldest first.

    What is finished twice counts once, at its first time. One query, and one for the catalogue. A retired milestone
    still proves what it proved; one that the catalogue has never known proves nothing.
    """
    told = {entry.id: entry for entry in current_catalogue().content.of(fmt.Milestone)}
    rows = (
        Milestone.objects.owned_by(person)
        .filter(skipped_at=None)
        .exclude(template="")
        .annotate(
            total=Count("items", filter=ON_CHECKLIST),
            done=Count("items__done_at", filter=ON_CHECKLIST),
            finished_at=Max("items__done_at", filter=ON_CHECKLIST),
        )
        .filter(total__gt=0, done=F("total"))
        .order_by("finished_at", "pk")
        .values_list("template", f"title_{get_language() or 'en'}", "finished_at")
    )
    found: dict[str, Finished] = {}
    for key, title, at in rows:
        if key in told and key not in found:
            found[key] = Finished(key, title, told[key].raises, at)
    return list(found.values())
