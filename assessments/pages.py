"""What the page of a result shows, for the person and for a mentor."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.finished import finished_by
from assessments.models import Assessment
from assessments.proposals import proven
from assessments.radar import Radar, radar
from assessments.reading import Aim, Backed, Reading, aim_of, read
from assessments.results import Result
from assessments.role_mix import is_mix, stepped
from content.catalogue import Catalogue

SAID, EVIDENCE, MENTOR, TARGET, EARLIER = "said", "evidence", "mentor", "target", "earlier"


def result_context(
    found: Assessment, catalogue: Catalogue, asked: QueryDict, *, earlier: list[Assessment], owner: Any
) -> dict[str, Any]:
    """What the page says of one result; `asked` is the target and what the chart shall show."""
    made = Result.from_json(found.result)
    aim = aim_asked(asked, aim_of(made, catalogue), catalogue)
    backed = backed_for(owner) if isinstance(owner, User) else Backed()
    reading = read(made, aim, catalogue, backed)
    before = next((each for each in earlier if str(each.pk) == asked.get("with")), None)
    compared = Result.from_json(before.result) if before else None
    # Without any field of ours the page was just opened.
    shown = set(asked.getlist("show")) if "class" in asked else {SAID, TARGET}
    return {
        "reading": reading,
        "steppers": [(n, role, aim.mix[key]) for n, (key, role) in enumerate(catalogue.roles.items(), 1)],
        "classes": [catalogue.classes[number] for number in sorted(catalogue.expected, reverse=True)],
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
        values = {n: levels[row.competency.id].tenths for n, row in enumerate(rows) if row.competency.id in levels}
        series.append((EARLIER, _("Earlier"), values))
    for kind, name in ((EVIDENCE, _("Evidence")), (MENTOR, _("Mentor")), (SAID, _("Own answers"))):
        if kind in shown:
            series.append((kind, name, {n: row.values[kind] for n, row in enumerate(rows) if kind in row.values}))
    return radar([str(row.competency.name) for row in rows], series)


def aim_asked(asked: QueryDict, suggested: Aim, catalogue: Catalogue) -> Aim:
    """The target that a form or an address asks for, after a pressed stepper; what is none of ours changes nothing."""
    sent = {key: asked.get(f"mix_{key}", "") for key in catalogue.roles}
    parts = {key: int(value) for key, value in sent.items() if value.isascii() and value.isdecimal() and len(value) < 3}
    mix = parts if is_mix(parts, list(catalogue.roles)) else dict(suggested.mix)
    mix = stepped(mix, asked.get("step", ""))
    number = asked.get("class", "")
    return Aim(mix, int(number) if number in map(str, catalogue.expected) else suggested.number)
