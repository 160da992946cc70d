"""Links: made, listed, opened by their token, and what becomes of them when an assessment is deleted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.models import Assessment
from roadmap.changes import Gone, TooMany
from roadmap.changes.holding import hold
from roadmap.models import Roadmap, ShareLink
from roadmap.models.share_link import ShareLinkQuerySet, digest_of

MAX_LIVE = 30
OWNER = re.compile(r"[0-9a-z]{1,12}")
"""An owner's number in base 36. What has more digits is larger than any number in the database."""


def links_to(shown: Roadmap | Assessment) -> ShareLinkQuerySet:
    """The links that show a roadmap or an assessment, alone or beside the other."""
    column = "roadmap" if isinstance(shown, Roadmap) else "assessment"
    return ShareLink.objects.filter(owner_id=shown.owner_id, **{column: shown})


@transaction.atomic
def make_link(
    roadmap: Roadmap | None = None, assessment: Assessment | None = None, *, at: datetime, **facts: Any
) -> ShareLink:
    """A new link; `facts` are those of `ShareLink.make`. Raises TooMany, and Gone where what it shows is deleted.

    What it shows is held until the link is there: nobody makes another one, or deletes what it shows, beside it.
    """
    if assessment is not None:  # Whoever holds both holds it first, so that no two wait for each other.
        _hold_assessment(assessment)
    if roadmap is not None:
        hold(roadmap)
    listed_at = roadmap or assessment
    if listed_at is not None and links_to(listed_at).live(at).count() >= MAX_LIVE:
        raise TooMany
    return ShareLink.make(roadmap, assessment, at=at, **facts)


def _hold_assessment(assessment: Assessment) -> None:
    row = Assessment.objects.filter(pk=assessment.pk, owner_id=assessment.owner_id)
    if row.select_for_update().values_list("pk").first() is None:
        raise Gone("the assessment was deleted")


def link_with(token: str, *, at: datetime) -> ShareLink | None:
    """The link that a token opens, with its roadmap; None if it opens nothing. One statement."""
    links = ShareLink.objects.live(at).select_related("roadmap")
    owner, dot, _ = token.partition(".")
    if not dot:
        return _link_with_old(token, links)
    if not OWNER.fullmatch(owner):
        return None
    return links.filter(owner_id=int(owner, 36), digest=digest_of(token)).first()


def _link_with_old(token: str, links: ShareLinkQuerySet) -> ShareLink | None:
    """The tokens of the first releases do not say whose they are."""
    return links.filter(digest=digest_of(token)).first()


def forget_assessment(assessment: Assessment) -> None:
    """Close the links to an assessment that is about to be deleted; those to a roadmap too go on showing that.

    Whoever deletes it holds it, in the same transaction. The roadmaps are held here, since deleting one of them at the
    same moment would meet the same links in another order.
    """
    links = links_to(assessment).order_by()
    roadmaps = Roadmap.objects.filter(owner_id=assessment.owner_id, pk__in=links.values("roadmap"))
    list(roadmaps.order_by("pk").select_for_update().values_list("pk"))
    links.filter(roadmap=None)._raw_delete(links.db)
    links.update(assessment=None)
