"""The parts of a roadmap's page that a tick moves, and those of which there are dozens, written out.

A page and the answer to a tick draw them by the same functions, so the two never differ; drawn by templates they took
most of the time. Each escapes what is put in. `csrf` is the token that the page's forms carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from typing import Protocol

from django.urls import reverse
from django.utils.translation import get_language, gettext

from content.prose import render_inline_code
from roadmap.pages.history import Steps
from roadmap.pages.progress import Progress, RoadmapProgress
from roadmap.pages.route import STATE_WORDS, Stop


class Item(Protocol):
    """What is read of a checklist item."""

    @property
    def text(self) -> str: ...

    @property
    def done_at(self) -> datetime | None: ...


STOP = (
    '<li id="stop-{key}" class="{kind}"{oob}><span class="mark" aria-hidden="true"></span>'
    '<a href="{url}#panel" hx-get="{url}" hx-target="#panel" hx-swap="outerHTML" hx-push-url="{url}"'
    ' hx-sync="#route:replace">{title}</a> <span class="meta">{meta}</span></li>'
)
READ_STOP = (
    '<li id="stop-{key}" class="{kind}"><span class="mark" aria-hidden="true"></span>'
    '<h4 class="stop-title">{title}</h4> <span class="meta">{meta}</span>'
    '<ul class="items items-read">{items}</ul></li>'
)
READ_ITEM = (
    '<li class="item{done}"><span class="tick"><span class="box" aria-hidden="true"></span>'
    "<span>{text}{word}</span></span></li>"
)
ITEM = (
    '<li id="item-{pk}" class="item{kind}">'
    '<form method="post" action="{tick}" hx-post="{tick}" hx-target="#item-{pk}" hx-swap="outerHTML">{token}'
    '<input type="hidden" name="done" value="{wanted}">'
    '<button id="tick-{pk}" class="tick" role="checkbox" aria-checked="{checked}">'
    '<span class="box" aria-hidden="true"></span><span>{text}</span></button></form>'
    '<a class="item-edit" href="{edit}" hx-get="{edit}" hx-target="#item-{pk}" hx-swap="outerHTML">{edit_word}'
    '<span class="visually-hidden">: {plain}</span></a></li>'
)
PROGRESS = (
    '<div id="progress" class="progress"{oob}><p class="progress-number">'
    '<strong>{percent}<span class="unit">%</span></strong> <span class="meta">{counts}</span></p>'
    '<progress max="100" value="{percent}" aria-label="{label}">{percent} %</progress>{finished}</div>'
)
STEP = (
    '<form method="post" action="{address}" hx-post="{address}" hx-target="#roadmap" hx-swap="outerHTML">{token}'
    '<input type="hidden" name="event" value="{event}"><button class="quiet" id="{name}-button">{word}</button></form>'
)
TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
OOB = ' hx-swap-oob="true"'


def stop_rows(stops: Iterable[Stop]) -> str:
    """Milestones on the route, each a link that opens it."""
    words = _Words.now()
    return "".join([STOP.format(**_parts(stop, words), url=stop.url, oob="") for stop in stops])


def stop_row(stop: Stop, *, oob: bool = False) -> str:
    """One of them; `oob` if it takes the place of the one on the page."""
    return STOP.format(**_parts(stop, _Words.now()), url=stop.url, oob=OOB if oob else "")


def read_stops(stops: Iterable[tuple[Stop, Sequence[Item]]]) -> str:
    """Milestones with their checklists, for somebody who only reads."""
    words = _Words.now()
    return "".join([READ_STOP.format(**_parts(stop, words), items=read_items(items)) for stop, items in stops])


def read_items(items: Iterable[Item]) -> str:
    """Checklist items for somebody who cannot tick them."""
    word = _Words.now().done
    return "".join(
        [
            READ_ITEM.format(
                done=" item-done" if item.done_at else "",
                text=render_inline_code(item.text),
                word=word if item.done_at else "",
            )
            for item in items
        ]
    )


def item_row(pk: int, text: str, *, done: bool, csrf: str) -> str:
    """An item with the form that ticks it, or takes its tick back."""
    return ITEM.format(
        pk=pk,
        kind=" item-done" if done else "",
        tick=_address("item-tick", pk),
        edit=_address("item-edit", pk),
        token=TOKEN.format(csrf),
        wanted="off" if done else "on",
        checked="true" if done else "false",
        text=render_inline_code(text),
        edit_word=_Words.now().edit,
        plain=escape(text),
    )


def progress_block(progress: RoadmapProgress, *, oob: bool = False) -> str:
    """How far a roadmap has come, by items and by hours; what was skipped is told apart."""
    counts = [
        gettext("%(done)s of %(total)s items") % {"done": progress.done, "total": progress.total},
        gettext("%(done)s of %(total)s hours") % {"done": progress.hours_done, "total": progress.hours},
    ]
    if progress.skipped:
        counts.append(gettext("%(count)s skipped") % {"count": progress.skipped})
    finished = ""
    if progress.finished:
        told = escape(gettext("Everything is done. Look back for a moment, then choose the next class or another mix."))
        following = escape(gettext("Plan what comes next"))
        finished = f'<p class="finished">{told} <a href="{reverse("roadmap-new")}">{following}</a></p>'
    return PROGRESS.format(
        oob=OOB if oob else "",
        percent=progress.percent,
        counts=escape(" · ".join(counts)),
        label=escape(gettext("Progress of the whole roadmap")),
        finished=finished,
    )


def level_line(milestone: int, *, finished: bool, oob: bool = False) -> str:
    """What a finished milestone may mean for the levels of whoever finished it."""
    told = ""
    if finished:
        said, asked = escape(gettext("You finished this.")), escape(gettext("Is your level a new one?"))
        told = f'{said} <a href="{reverse("assessment-levels")}">{asked}</a>'
    return f'<p id="level-{milestone}" class="meta"{OOB if oob else ""}>{told}</p>'


def undo_bar(roadmap: int, steps: Steps | None, *, csrf: str, oob: bool = False) -> str:
    """What the last change did, with what undoes it and what does again what was undone."""
    bar = ""
    if steps is not None:
        address, token = _address("roadmap-undo", roadmap), TOKEN.format(csrf)
        offered = (("undo", steps.undo, gettext("Undo")), ("redo", steps.redo, gettext("Redo")))
        forms = "".join(
            STEP.format(address=address, token=token, event=event, name=name, word=escape(word))
            for name, event, word in offered
            if event is not None
        )
        bar = f'<div class="undo-bar"><span>{escape(steps.words)}</span>{forms}</div>'
    return f'<div id="undo" class="undo"{OOB if oob else ""}>{bar}</div>'


def item_ticked(
    item: int,
    text: str,
    *,
    done: bool,
    stop: Stop,
    whole: RoadmapProgress,
    phase: tuple[int, Progress],
    raises: bool,
    roadmap: int,
    steps: Steps | None,
    csrf: str,
) -> str:
    """The answer to a tick: the item's row, and in their places on the page all that it moved.

    `phase` is the phase's primary key and progress; `raises` says whether the milestone leads to a level.
    """
    key, progress = phase
    announced = (
        gettext("Done. The roadmap is at %(percent)s percent.")
        if done
        else gettext("Not done. The roadmap is at %(percent)s percent.")
    )
    return "".join(
        (
            item_row(item, text, done=done, csrf=csrf),
            progress_block(whole, oob=True),
            stop_row(stop, oob=True),
            f'<span class="meta" id="stretch-{key}"{OOB}>{progress.done}/{progress.total}</span>',
            f'<span id="panel-count"{OOB}>{stop.done}/{stop.total}</span>',
            level_line(int(stop.key), finished=stop.state == "done", oob=True) if raises else "",
            undo_bar(roadmap, steps, csrf=csrf, oob=True),
            '<div id="announcer" class="visually-hidden" role="status" aria-live="polite" hx-swap-oob="innerHTML">',
            escape(announced % {"percent": whole.percent}),
            "</div>",
        )
    )


def _address(name: str, pk: int) -> str:
    before, behind = _around(name)
    return f"{before}{pk}{behind}"


@cache
def _around(name: str) -> tuple[str, str]:
    """What stands before and behind the number in an address: looking up each would take longer than the row."""
    before, _zero, behind = reverse(name, args=[0]).partition("0")
    return before, behind


@dataclass(frozen=True)
class _Words:
    """What rows say over and over, escaped: looked up once for each language."""

    states: Mapping[str, str]
    beside: str
    late: str
    done: str
    edit: str

    @classmethod
    def now(cls) -> _Words:
        """In the language that is active."""
        return _words_in(get_language() or "en")


@cache
def _words_in(language: str) -> _Words:
    words = {state: str(word) for state, word in STATE_WORDS.items()}
    late, done = escape(gettext("after the deadline")), escape(gettext("done"))
    beside = escape(gettext("beside the rest"))
    return _Words(
        states={state: f"<b>{escape(word)}</b> · " if word else "" for state, word in words.items()},
        beside=f" · {beside}",
        late=f' · <b class="late">{late}</b>',
        done=f' <span class="visually-hidden">({done})</span>',
        edit=escape(gettext("Edit")),
    )


def _parts(stop: Stop, words: _Words) -> dict[str, str]:
    beside, late = words.beside if stop.companion else "", words.late if stop.after_deadline else ""
    return {
        "key": stop.key,
        "kind": f"stop stop-{stop.state} stop-companion" if stop.companion else f"stop stop-{stop.state}",
        "title": render_inline_code(stop.title),
        "meta": f"{words.states[stop.state]}{stop.days} · {stop.done}/{stop.total}{beside}{late}",
    }
