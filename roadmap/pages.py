"""What the roadmap page shows: the route, the open milestone, the last change. Views fetch it, templates print it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from content.catalogue import Catalogue, Resource, Role, Template
from content.prose import render_markdown
from roadmap.models import ChecklistItem, Event, Milestone, Roadmap
from roadmap.reasons import SaidReason, say
from roadmap.route import Route, Stop, route_of, stop_of

UNDO_SHOWN = timedelta(minutes=15)


@dataclass(frozen=True)
class Target:
    """Where a roadmap leads, in the reader's language. `mix` holds the roles' numbers from 1, the roles and parts."""

    mix: tuple[tuple[int, Role, int], ...]
    class_number: int
    class_name: str
    goal: str
    situation: str


@dataclass(frozen=True)
class Panel:
    """An open milestone. `milestone` is None for one of a plan that nobody has yet."""

    stop: Stop
    outcome: str
    reason: SaidReason
    items: tuple[Any, ...]
    resources: tuple[Resource, ...]
    competency: tuple[str, str] | None
    milestone: Milestone | None = None
    notes: SafeString | None = None


@dataclass(frozen=True)
class ExampleItem:
    """An item of a template, as it would stand on a roadmap."""

    text: str
    done_at: datetime | None


def target_of(role_mix: dict[str, int], target_class: int, goal: str, situation: str, known: Catalogue) -> Target:
    """A target by its keys; what the catalogue does not know any more is named by its key."""
    found_class, found_goal = known.classes.get(target_class), known.goals.get(goal)
    found_situation = known.situations.get(situation)
    return Target(
        mix=tuple((n, role, role_mix.get(key, 0)) for n, (key, role) in enumerate(known.roles.items(), 1)),
        class_number=target_class,
        class_name=str(found_class.name) if found_class else "",
        goal=str(found_goal.name) if found_goal else goal,
        situation=str(found_situation.name) if found_situation else situation,
    )


def target_of_roadmap(roadmap: Roadmap, known: Catalogue) -> Target:
    """A roadmap's target."""
    return target_of(roadmap.role_mix, roadmap.target_class, roadmap.goal, roadmap.situation, known)


def panel_of(milestone: Milestone, known: Catalogue, *, today: date) -> Panel:
    """An open milestone of a roadmap. One query for its checklist."""
    items: tuple[ChecklistItem, ...] = tuple(milestone.items.on_checklist())
    for item in items:
        item.milestone = milestone
    done = sum(item.done_at is not None for item in items)
    competency = known.competencies.get(milestone.competency)
    return Panel(
        stop=stop_of(milestone, done=done, total=len(items), today=today, deadline_on=milestone.roadmap.deadline_on),
        outcome=milestone.outcome,
        reason=say(milestone.reason, known),
        items=items,
        resources=_resources(milestone.resources, known),
        competency=(str(competency.name), competency.key) if competency else None,
        milestone=milestone,
        notes=render_markdown(milestone.notes) if milestone.notes else None,
    )


def panel_of_template(template: Template, stop: Stop, reason: dict[str, Any], known: Catalogue, at: datetime) -> Panel:
    """An open milestone of a plan that nobody has yet."""
    competency = known.competencies[template.competency]
    return Panel(
        stop=stop,
        outcome=str(template.outcome),
        reason=say(reason, known),
        items=tuple(
            ExampleItem(str(item.text), at if number < stop.done else None)
            for number, item in enumerate(template.checklist)
        ),
        resources=_resources(template.resources, known),
        competency=(str(competency.name), competency.key),
    )


def _resources(keys: Iterable[str], known: Catalogue) -> tuple[Resource, ...]:
    return tuple(known.resources[key] for key in keys if key in known.resources)


def last_change(roadmap: Roadmap, *, now: datetime) -> Event | None:
    """The change that undo would take back, while it is fresh."""
    recent = Event.objects.filter(roadmap=roadmap, at__gte=now - UNDO_SHOWN)
    return recent.order_by("-at", "-pk").first()


def roadmap_context(roadmap: Roadmap, known: Catalogue, milestone: Milestone | None = None) -> dict[str, Any]:
    """All that the roadmap page needs; without a milestone the first one of "now" is open."""
    now, today = timezone.now(), timezone.localdate()
    route = route_of(roadmap, today=today)
    if milestone is None and route.now:
        milestone = Milestone.objects.filter(roadmap=roadmap, pk=int(route.now[0].key)).first()
    if milestone is not None:
        milestone.roadmap = roadmap
    return {
        "roadmap": roadmap,
        "route": route,
        "target": target_of_roadmap(roadmap, known),
        "panel": panel_of(milestone, known, today=today) if milestone else None,
        "event": last_change(roadmap, now=now),
        "ends_on": _end(route, roadmap),
    }


def _end(route: Route, roadmap: Roadmap) -> date:
    return route.ends_on or roadmap.starts_on
