"""What each version of the pack changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.addresses import address_of
from content.catalogue import Catalogue
from content.models import Release
from content.pack import format as fmt
from content.pages import catalogue_page, show

LONG = 12
"""More entries than this are folded."""


@dataclass(frozen=True)
class Told:
    """One entry that changed: what it is called, where it stands, and what took its place."""

    name: str
    address: str
    follower: str = ""
    follower_address: str = ""


@dataclass(frozen=True)
class Kind:
    """The entries of one kind with which one thing happened."""

    label: str
    entries: list[Told]

    @property
    def folded(self) -> bool:
        """Too many to show at once."""
        return len(self.entries) > LONG


@dataclass(frozen=True)
class Version:
    """A release. The first one has `counts` by kind; every other one `groups`: what happened, with the kinds."""

    version: str
    loaded_at: datetime
    news: str
    total: int
    counts: list[tuple[str, int]]
    groups: list[tuple[str, list[Kind]]]


@catalogue_page
def content_changes(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """Every version that was loaded here, newest first. One query more than other pages."""
    releases = list(Release.objects.defer("entries"))
    return show(
        request,
        "content/content-changes.html",
        title=_("What changed"),
        description=_("What each version of the content added, changed and took out."),
        versions=[_version(each, catalogue, first=each is releases[-1]) for each in releases],
    )


def _version(release: Release, catalogue: Catalogue, *, first: bool) -> Version:
    labels = _kinds()
    by: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for change in release.changes:
        by[change["what"]][change["kind"]].append(change)
    groups = [
        (label, [Kind(labels.get(kind, kind), _told(found, catalogue)) for kind, found in by[what].items()])
        for what, label in _whats().items()
        if what in by and not first
    ]
    counts = [(labels.get(kind, kind), len(found)) for kind, found in by["added"].items()] if first else []
    return Version(release.version, release.loaded_at, release.news, len(release.changes), counts, groups)


def _told(changes: Iterable[Mapping[str, Any]], catalogue: Catalogue) -> list[Told]:
    found = []
    for change in changes:
        entries = catalogue.by_id.get(change["kind"], {})
        entry, follower = entries.get(change["id"]), entries.get(change["replaced_by"] or "")
        name = _name(entry, catalogue) if entry else str(change[get_language() or "en"])
        address = _address(entry) if entry else ""
        if follower is None:
            found.append(Told(name, address))
        else:
            found.append(Told(name, address, _name(follower, catalogue), _address(follower)))
    return found


def _address(entry: fmt.Entry) -> str:
    """Where it stands; nothing for what has no place of its own. What was retired keeps the page it had."""
    own_page = isinstance(entry, fmt.Role | fmt.Competency | fmt.Activity | fmt.Milestone | fmt.Question)
    placed = not entry.retired and not isinstance(entry, fmt.Expectation | fmt.Group | fmt.Phase)
    return address_of(entry) if own_page or placed else ""


def _name(entry: fmt.Entry, catalogue: Catalogue) -> str:
    if isinstance(entry, fmt.Expectation):
        role, competency = catalogue.get(fmt.Role, entry.role), catalogue.get(fmt.Competency, entry.competency)
        return f"{role.name} · {competency.name}"
    return str(fmt.name_of(entry))


def _whats() -> dict[str, str]:
    return {"added": _("Added"), "changed": _("Changed"), "retired": _("Taken out"), "returned": _("Came back")}


def _kinds() -> dict[str, str]:
    return {
        "sources": _("Sources"),
        "groups": _("Groups of competencies"),
        "competencies": _("Competencies"),
        "skills": _("Skills"),
        "roles": _("Roles"),
        "classes": _("Engineer classes"),
        "expectations": _("What a role expects"),
        "phases": _("Phases"),
        "activities": _("Activities"),
        "situations": _("Situations"),
        "goals": _("Goals"),
        "resources": _("Resources"),
        "milestones": _("Milestones"),
        "topics": _("Topics"),
        "questions": _("Questions"),
        "choices": _("Assessment questions: role mix"),
        "deeds": _("Assessment questions: engineer class"),
        "ratings": _("Assessment questions: competencies"),
    }
