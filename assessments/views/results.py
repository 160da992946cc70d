"""The result: who one is, where one stands, and what separates one from a target."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import Request, wants_part
from accounts.models import User
from assessments import visiting
from assessments.evidence import finished_by
from assessments.models import Assessment
from assessments.proposing import proven
from assessments.radar import Radar, radar
from assessments.reading import Aim, Backed, Reading, aim_of, read
from assessments.results import Result
from assessments.role_mix import is_mix, stepped
from content.catalogue import Catalogue, catalogue

SAID, EVIDENCE, MENTOR, TARGET, EARLIER = "said", "evidence", "mentor", "target", "earlier"


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_safe
def result(request: Request, assessment_id: int) -> HttpResponse:
    """A result against a target: the one that it suggests, or the one that the address asks for."""
    known = catalogue()
    mine = list(visiting.theirs(request).finished().defer("result"))
    found = next((each for each in mine if each.pk == assessment_id), None)
    if found is None:
        raise Http404("no such result")
    earlier = [each for each in mine if each.finished_at < found.finished_at]  # type: ignore[operator]  # Finished.
    context = {
        "assessment": found,
        "earlier": earlier,
        "newest": found == mine[0],
        **result_context(found, known, request.GET, earlier=earlier, owner=request.user),
    }
    template = "assessments/result.html#standing" if wants_part(request) else "assessments/result.html"
    return render(request, template, context)


def result_context(
    found: Assessment, known: Catalogue, asked: QueryDict, *, earlier: list[Assessment], owner: Any
) -> dict[str, Any]:
    """What the page says of one result; `asked` is the target and what the chart shall show."""
    made = Result.from_json(found.result)
    aim = aim_asked(asked, aim_of(made, known), known)
    backed = backed_for(owner) if isinstance(owner, User) else Backed()
    reading = read(made, aim, known, backed)
    before = next((each for each in earlier if str(each.pk) == asked.get("with")), None)
    compared = Result.from_json(before.result) if before else None
    # Without any field of ours the page was just opened.
    shown = set(asked.getlist("show")) if "class" in asked else {SAID, TARGET}
    return {
        "reading": reading,
        "steppers": [(n, role, aim.mix[key]) for n, (key, role) in enumerate(known.roles.items(), 1)],
        "classes": [known.classes[number] for number in sorted(known.expected, reverse=True)],
        "radar": chart_of(reading, shown, compared),
        "compared": {key: each.tenths for key, each in compared.competency_levels.items()} if compared else None,
        "shown": shown,
        "before": before,
    }


def backed_for(owner: User) -> Backed:
    """What finished milestones prove of a person; mentors cannot confirm levels yet."""
    finished = finished_by(owner)
    return Backed(evidence=proven(finished), finished=frozenset(each.key for each in finished))


def chart_of(reading: Reading, shown: set[str], before: Result | None = None) -> Radar:
    """The nine competencies as a chart: what is `shown`, and an earlier result to compare."""
    rows = reading.rows
    series: list[tuple[str, str, dict[int, int]]] = []
    if TARGET in shown:
        series.append((TARGET, _("Target"), {n: row.target for n, row in enumerate(rows)}))
    if before is not None:
        levels = before.competency_levels
        values = {n: levels[row.competency.key].tenths for n, row in enumerate(rows) if row.competency.key in levels}
        series.append((EARLIER, _("Earlier"), values))
    for kind, name in ((EVIDENCE, _("Evidence")), (MENTOR, _("Mentor")), (SAID, _("Own answers"))):
        if kind in shown:
            series.append((kind, name, {n: row.values[kind] for n, row in enumerate(rows) if kind in row.values}))
    return radar([str(row.competency.name) for row in rows], series)


def aim_asked(asked: QueryDict, suggested: Aim, known: Catalogue) -> Aim:
    """The target that a form or an address asks for, after a pressed stepper; what is none of ours changes nothing."""
    sent = {key: asked.get(f"mix_{key}", "") for key in known.roles}
    parts = {key: int(value) for key, value in sent.items() if value.isascii() and value.isdecimal() and len(value) < 3}
    mix = parts if is_mix(parts, list(known.roles)) else dict(suggested.mix)
    mix = stepped(mix, asked.get("step", ""))
    number = asked.get("class", "")
    return Aim(mix, int(number) if number in map(str, known.expected) else suggested.number)
