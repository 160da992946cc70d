"""What the roadmap page shows: the route, the open milestone, the last change. Views fetch it, templates print it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString

from accounts.fetching import fetch
from content.catalogue import Catalogue
from content.pack import format as fmt
from content.prose import render_markdown
from roadmap.models import ChecklistItem, Milestone
from roadmap.pages.reasons import SaidReason, say
from roadmap.pages.route import Stop, stop_of

CHECKLIST = "WHERE milestone_id = %s AND owner_id = %s AND removed_at IS NULL ORDER BY position"


@dataclass(frozen=True)
class Panel:
    """An open milestone. `milestone` is None for one of a plan that nobody has yet."""

    stop: Stop
    outcome: str
    reason: SaidReason
    items: tuple[Any, ...]
    resources: tuple[fmt.Resource, ...]
    competency: tuple[str, str] | None
    milestone: Milestone | None = None
    notes: SafeString | None = None


@dataclass(frozen=True)
class ExampleItem:
    """An item of a template, as it would stand on a roadmap."""

    text: str
    done_at: datetime | None


def panel_of(milestone: Milestone, catalogue: Catalogue, *, today: date) -> Panel:
    """An open milestone of a roadmap. One query for its checklist."""
    items = fetch(ChecklistItem, CHECKLIST, [milestone.pk, milestone.owner_id])
    done = sum(item.done_at is not None for item in items)
    competency = catalogue.competencies.get(milestone.competency)
    return Panel(
        stop=stop_of(milestone, done=done, total=len(items), today=today, deadline_on=milestone.roadmap.deadline_on),
        outcome=milestone.outcome,
        reason=say(milestone.reason, catalogue),
        items=tuple(items),
        resources=_resources(milestone.resources, catalogue),
        competency=(str(competency.name), competency.id) if competency else None,
        milestone=milestone,
        notes=render_markdown(milestone.notes) if milestone.notes else None,
    )


def panel_of_template(
    template: fmt.Milestone, stop: Stop, reason: dict[str, Any], catalogue: Catalogue, at: datetime
) -> Panel:
    """An open milestone of a plan that nobody has yet."""
    competency = catalogue.competencies[template.competency]
    return Panel(
        stop=stop,
        outcome=str(template.outcome),
        reason=say(reason, catalogue),
        items=tuple(
            ExampleItem(str(item.text), at if number < stop.done else None)
            for number, item in enumerate(template.checklist)
        ),
        resources=_resources(template.resources, catalogue),
        competency=(str(competency.name), competency.id),
    )


def _resources(keys: Iterable[str], catalogue: Catalogue) -> tuple[fmt.Resource, ...]:
    return tuple(catalogue.resources[key] for key in keys if key in catalogue.resources)
