"""The smaller parts of a roadmap's page, written out as its rows are: the role mix, what is now, reasons, resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.translation import get_language_info, gettext

from content.models import Resource
from content.pack import format as fmt
from content.prose import render_inline_code
from roadmap.pages.days import day
from roadmap.pages.reasons import ClosedGap, SaidReason
from roadmap.pages.route import Route, Stop

MIX = '<div class="mix" role="img" aria-label="{label}">{parts}</div>{legend}'
OPENS = '<a href="{url}#panel" hx-get="{url}" hx-target="#panel" hx-swap="outerHTML" hx-push-url="{url}">{title}</a>'
NOW = '<li class="stop-{state}">{link} <span class="meta">{late}{until}</span></li>'
NEXT = '<li>{link} <span class="meta">{begins}</span></li>'
UNLOCKED = 3
"""So many of the milestones that one opens are named."""


def mix_bar(mix: Sequence[tuple[int, fmt.Role, int]], *, legend: bool = False) -> str:
    """A role mix as a bar, each role by its letter and colour; the `legend` names them."""
    word = escape(gettext("Role mix"))
    roles = [(number, role.letter, escape(str(role.name)), parts) for number, role, parts in mix]
    named = ", ".join(f"{name} {parts}" for _number, _letter, name, parts in roles)
    told = ""
    if legend:
        names = " · ".join(f'<span class="nowrap">{letter} {name}</span>' for _n, letter, name, parts in roles if parts)
        told = f'<p class="meta">{names}</p>'
    return MIX.format(
        label=f"{word}: {named}",
        parts="".join(
            f'<span class="mix-part role-{number} parts-{parts}"><b>{letter}</b> {parts}</span>'
            for number, letter, _name, parts in roles
            if parts
        ),
        legend=told,
    )


def now_list(route: Route) -> str:
    """What is under way or begins this week, and what follows."""
    late = escape(gettext("late"))
    late = f'<b class="late">{late}</b> · '
    until, begins = gettext("until %(day)s"), gettext("from %(day)s")
    now = "".join(
        NOW.format(
            state=stop.state,
            link=_opening(stop),
            late=late if stop.state == "late" else "",
            until=escape(until % {"day": day(stop.ends_on)}),
        )
        for stop in route.now
    )
    nothing = escape(gettext("Nothing is waiting."))
    following = "".join(
        NEXT.format(link=_opening(stop), begins=escape(begins % {"day": day(stop.starts_on)})) for stop in route.next
    )
    title, after = escape(gettext("Now")), escape(gettext("Next"))
    behind = f'<h3 class="eyebrow">{after}</h3><ul class="plain next-list">{following}</ul>' if following else ""
    return (
        f'<section class="now" aria-labelledby="now-title"><h2 id="now-title">{title}</h2>'
        f'<ul class="plain now-list">{now or f"<li>{nothing}</li>"}</ul>{behind}</section>'
    )


def _opening(stop: Stop) -> str:
    return OPENS.format(url=stop.url, title=render_inline_code(stop.title))


def reason_list(reason: SaidReason) -> str:
    """Why a milestone is there."""
    lines = [_gap(gap) for gap in reason.closes]
    if reason.proof:
        number, roles = reason.proof
        said = gettext("It proves class %(number)s for this role:") % {"number": number}
        lines.insert(0, f"<strong>{escape(said)}</strong> {escape(' · '.join(roles))}")
    if reason.unlocks:
        more = " …" if len(reason.unlocks) > UNLOCKED else ""
        titles = " · ".join(map(escape, reason.unlocks[:UNLOCKED]))
        lines.append(escape(gettext("It opens the way to:")) + f" {titles}{more}")
    if reason.proves:
        name, url = reason.proves
        lines.append(escape(gettext("It goes into your portfolio:")) + f' <a href="{url}">{escape(name)}</a>')
    if reason.goal:
        lines.append(escape(gettext("Your goal asks for it:")) + f" {escape(reason.goal)}")
    if reason.situation:
        lines.append(escape(gettext("It suits where you start:")) + f" {escape(reason.situation)}")
    if reason.brings:
        titles = " · ".join(map(escape, reason.brings))
        lines.append(
            escape(gettext("Your levels say that you can do this already. Have the result at hand:")) + f" {titles}"
        )
    return f'<ul class="reason-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _gap(gap: ClosedGap) -> str:
    level = escape(gettext("level %(start)s → %(to)s") % {"start": gap.start, "to": gap.to})
    asking = ""
    if gap.roles:
        letters = " ".join(_letter(number, role) for number, role in gap.roles)
        asked = escape(gettext("asked for by:"))
        asking = f' <span class="meta">· {asked} {letters} </span>'
    return f'<a href="{gap.url}">{escape(gap.name)}</a> <span class="nowrap">{level}</span>{asking}'


def _letter(number: int, role: fmt.Role) -> str:
    name = escape(str(role.name))
    return (
        f'<span class="role-letter role-{number}" title="{name}"><span aria-hidden="true">{escape(role.letter)}</span>'
        f'<span class="visually-hidden">{name}</span></span>'
    )


def resource_rows(resources: Iterable[fmt.Resource]) -> str:
    """What one can learn from, each with what it is."""
    kinds, costs = dict(Resource.Kind.choices), dict(Resource.Cost.choices)
    rows = []
    for each in resources:
        told = [each.by] if each.by else []
        told += [str(kinds[each.kind]), gettext(get_language_info(each.language)["name"]), str(costs[each.cost])]
        if each.hours:
            told.append(gettext("%(hours)s h") % {"hours": each.hours})
        title, meta = escape(each.title), escape(" · ".join(told))
        rows.append(
            f'<li><a href="{escape(each.url)}" rel="noopener">{title}</a> <span class="meta">{meta}</span></li>'
        )
    return "".join(rows)
