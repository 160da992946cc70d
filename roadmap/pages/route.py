"""A roadmap as a route that can be drawn: phases, milestones with their states, what is now and what is next.

The route of a roadmap in the database and that of a plan that nobody has yet are drawn by the same templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.catalogue import Catalogue
from roadmap.models import Milestone, Roadmap
from roadmap.models.counting import ITEMS_OF_MILESTONE, finished, sums_of
from roadmap.pages.days import spans
from roadmap.pages.progress import Progress, RoadmapProgress
from roadmap.pages.ticking import TickedItem
from roadmap.planning.engine import Plan

SHOWN_NOW = 3
SHOWN_BEGUN = 5  # So many where all of them have begun.
SHOWN_NEXT = 3
DAY, WEEK = timedelta(days=1), timedelta(days=6)
STATE_WORDS = {
    "todo": "",
    "doing": _("under way"),
    "done": _("done"),
    "skipped": _("skipped"),
    "late": _("late"),
}


@dataclass(frozen=True)
class Stop:
    """A milestone on the route. `state` is one of todo, doing, done, skipped, late; `days` says when."""

    key: str
    title: str
    url: str
    state: str
    starts_on: date
    ends_on: date
    days: str
    hours: int
    done: int
    total: int
    companion: bool
    after_deadline: bool = False

    @property
    def word(self) -> str:
        """The state as a word; none for what has not begun."""
        return str(STATE_WORDS[self.state])

    @property
    def skipped(self) -> bool:
        """Whether it counts for nothing."""
        return self.state == "skipped"

    @property
    def open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in {"done", "skipped"}


@dataclass(frozen=True)
class Stretch:
    """A phase with its stops."""

    key: str
    name: str
    stops: tuple[Stop, ...]
    progress: Progress


@dataclass(frozen=True)
class Route:
    """The whole way. `now` is under way or late, then what starts within a week, or else the first that is open.

    `next` follows it; nothing that has begun is in it.
    """

    stretches: tuple[Stretch, ...]
    progress: RoadmapProgress
    now: tuple[Stop, ...] = field(default=())
    next: tuple[Stop, ...] = field(default=())

    @property
    def ends_on(self) -> date | None:
        """The last planned day of what is still open."""
        return max((stop.ends_on for stretch in self.stretches for stop in stretch.stops if stop.open), default=None)

    @property
    def stops(self) -> int:
        """How many milestones there are."""
        return sum(len(stretch.stops) for stretch in self.stretches)


def state_of(*, starts_on: date, ends_on: date, done: int, total: int, skipped: bool, today: date) -> str:
    """Where a milestone stands. Without items it can be neither under way by ticks nor done."""
    if skipped:
        return "skipped"
    if finished(done=done, total=total):
        return "done"
    if ends_on < today:
        return "late"
    return "doing" if done or starts_on <= today else "todo"


def stop_of(milestone: Milestone, *, done: int, total: int, today: date, deadline_on: date | None = None) -> Stop:
    """One milestone of the database as a stop."""
    return Stop(
        key=str(milestone.pk),
        title=milestone.title,
        url=milestone.get_absolute_url(),
        state=state_of(
            starts_on=milestone.starts_on,
            ends_on=milestone.ends_on,
            done=done,
            total=total,
            skipped=milestone.skipped_at is not None,
            today=today,
        ),
        starts_on=milestone.starts_on,
        ends_on=milestone.ends_on,
        days=spans(today)(milestone.starts_on, milestone.ends_on),
        hours=milestone.hours,
        done=done,
        total=total,
        companion=milestone.companion,
        after_deadline=bool(deadline_on and milestone.ends_on > deadline_on),
    )


def stop_of_item(item: TickedItem, *, today: date) -> Stop:
    """The milestone of a ticked item as a stop."""
    done, total = item.standing.milestone.done, item.standing.milestone.total
    return Stop(
        key=str(item.milestone_id),
        title=item.title,
        url=milestone_address(item.roadmap_id, item.milestone_id),
        state=state_of(
            starts_on=item.starts_on, ends_on=item.ends_on, done=done, total=total, skipped=item.skipped, today=today
        ),
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        days=spans(today)(item.starts_on, item.ends_on),
        hours=item.hours,
        done=done,
        total=total,
        companion=item.companion,
        after_deadline=bool(item.deadline_on and item.ends_on > item.deadline_on),
    )


def milestone_address(roadmap: int, milestone: int) -> str:
    """Where a milestone of a roadmap is open."""
    before, between, behind = _around_a_milestone()
    return f"{before}{roadmap}{between}{milestone}{behind}"


@cache
def _around_a_milestone() -> tuple[str, str, str]:
    """What stands before, between and behind the two numbers of that address."""
    before, between, behind = reverse("milestone", args=[0, 0]).split("0")
    return before, between, behind


# Written out, since building this with the ORM takes longer than asking it. The phase is found by its roadmap too:
# PostgreSQL would read the whole table while it is small.
ROUTE = f"""
    SELECT p.id, p.name_{{language}}, m.id, m.title_{{language}}, m.starts_on, m.ends_on, m.hours, m.companion,
           m.skipped_at, COUNT(i.id), COUNT(i.done_at)
      FROM roadmap_milestone m
      JOIN roadmap_phase p ON p.id = m.phase_id AND p.roadmap_id = %s AND p.owner_id = m.owner_id
      {ITEMS_OF_MILESTONE}
     WHERE m.roadmap_id = %s AND m.owner_id = %s AND m.removed_at IS NULL
     GROUP BY m.owner_id, p.owner_id, p.id, m.id
     ORDER BY p.position, m.position, m.id
"""
_ROUTE_IN = {language: ROUTE.format(language=language) for language in ("ko", "en")}


def route_of(roadmap: Roadmap, *, today: date) -> Route:
    """The route of a roadmap. One query, whatever its size; only the columns that are drawn."""
    with connection.cursor() as cursor:
        cursor.execute(_ROUTE_IN[get_language() or "en"], [roadmap.pk, roadmap.pk, roadmap.owner_id])
        rows = cursor.fetchall()
    phases: dict[int, tuple[str, list[Stop]]] = {}
    base, said = reverse("milestone", args=[roadmap.pk, 0]).removesuffix("0/"), spans(today)
    for phase, name, pk, title, starts_on, ends_on, hours, companion, skipped_at, total, done in rows:
        skipped = skipped_at is not None
        state = state_of(starts_on=starts_on, ends_on=ends_on, done=done, total=total, skipped=skipped, today=today)
        late = bool(roadmap.deadline_on and ends_on > roadmap.deadline_on)
        days = said(starts_on, ends_on)
        url = f"{base}{pk}/"
        stop = Stop(str(pk), title, url, state, starts_on, ends_on, days, hours, done, total, companion, late)
        phases.setdefault(phase, (name, []))[1].append(stop)
    stretches = [_stretch(str(pk), name, stops) for pk, (name, stops) in phases.items()]
    return _route(stretches, today=today)


def route_of_plan(made: Plan, catalogue: Catalogue, *, today: date, done_items: int = 0, url: str = "") -> Route:
    """The route of a plan, as it would look with `done_items` items ticked, none before its time."""
    names, said = list(catalogue.phases.values()), spans(today)
    ticked = _ticked(made, catalogue, today=today, most=done_items)
    stops: dict[int, list[Stop]] = {}
    for planned in made.steps:
        template = catalogue.templates[planned.step.key]
        total = len(template.checklist)
        done = ticked[template.id]
        state = state_of(
            starts_on=planned.starts_on, ends_on=planned.ends_on, done=done, total=total, skipped=False, today=today
        )
        stops.setdefault(planned.phase, []).append(
            Stop(
                key=template.id,
                title=str(template.title),
                url=f"{url}?milestone={template.id}",
                state=state,
                starts_on=planned.starts_on,
                ends_on=planned.ends_on,
                days=said(planned.starts_on, planned.ends_on),
                hours=template.hours,
                done=done,
                total=total,
                companion=template.companion,
                after_deadline=template.id in made.late,
            )
        )
    stretches = [_stretch(names[phase].id, str(names[phase].name), found) for phase, found in sorted(stops.items())]
    return _route(stretches, today=today)


def _ticked(made: Plan, catalogue: Catalogue, *, today: date, most: int) -> dict[str, int]:
    """So many ticked items, `most` in all: what should be done by today, of what ends first before what ends later."""
    found = {}
    for planned in sorted(made.steps, key=lambda planned: (planned.ends_on, planned.starts_on, planned.step.key)):
        total, days = len(catalogue.templates[planned.step.key].checklist), planned.ends_on - planned.starts_on + DAY
        done = max(0, min(total, total * (today - planned.starts_on).days // days.days, most))
        found[planned.step.key] = done
        most -= done
    return found


def _stretch(key: str, name: str, stops: Sequence[Stop]) -> Stretch:
    sums = sums_of(stops)
    return Stretch(key, name, tuple(stops), Progress(sums.done, sums.total, sums.skipped))


def _route(stretches: Sequence[Stretch], *, today: date) -> Route:
    stops = [stop for stretch in stretches for stop in stretch.stops]
    progress = RoadmapProgress.of(sums_of(stops))
    waiting = sorted((stop for stop in stops if stop.open), key=lambda stop: (stop.starts_on, stop.ends_on))
    under_way = {"late", "doing"}
    now = [stop for stop in waiting if stop.state in under_way or stop.starts_on <= today + WEEK] or waiting[:1]
    now.sort(key=lambda stop: (stop.state != "late", stop.state not in under_way, stop.companion, stop.ends_on))
    begun = sum(stop.state in under_way for stop in now)
    shown = {stop.key: stop for stop in now[: max(SHOWN_NOW, min(begun, SHOWN_BEGUN))]}
    following = [stop for stop in waiting if stop.key not in shown and stop.state not in under_way]
    return Route(tuple(stretches), progress, tuple(shown.values()), tuple(following[:SHOWN_NEXT]))
