"""Where on a form a problem of the pack belongs, and the reasons in the reader's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from content.admin.words import kinds_label, label
from content.pack.changes import PACK
from content.pack.content import kind_of
from content.pack.problems import Problem

Told = dict[str, dict[str, list[str]]]
"""Reasons by the prefix of a form ("" for the main one, "<prefix>-" for a whole set) and field ("" for none)."""

STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


def steps_of(problem: Problem, kind: str, key: str) -> list[str | int] | None:
    """The way from an entry to what is wrong in it; None if the problem is another entry's."""
    if kind_of(problem.file) != kind:
        return None
    path = problem.path
    if kind != PACK:
        if path != key and not path.startswith((f"{key}.", f"{key}[")):
            return None
        path = path[len(key) :]
    return [int(number) if number else name for name, number in STEP.findall(path)]


def placed(problems: Sequence[Problem], kind: str, key: str, form: Any, formsets: Sequence[Any]) -> Told:
    """Each problem at its field, at its list of parts, or above the form with its place."""
    told: Told = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        steps = steps_of(problem, kind, key)
        places = [] if steps is None else _places(steps, form, formsets)
        for prefix, field in places:
            told[prefix][field].append(reason_of(problem.reason))
        if not places:
            told[""][""].append(_above(problem, steps))
    return {prefix: dict(fields) for prefix, fields in told.items()}


def _places(steps: list[str | int], form: Any, formsets: Sequence[Any]) -> list[tuple[str, str]]:
    if not steps:
        return []
    for parts in formsets:
        if steps[0] in parts.says:
            row = parts.row_at(steps)
            fields = _fields(row, row.steps_within(steps)) if row is not None else []
            if row is not None:
                return [(row.prefix, field) for field in fields or [""]]
            return [(f"{parts.prefix}-", "")]
    return [("", field) for field in _fields(form, steps)]


def _fields(form: Any, steps: Sequence[str | int]) -> list[str]:
    """The fields of a form that a path names: itself, or a text in each language."""
    for end in range(len(steps), 0, -1):
        name = "_".join(map(str, steps[:end]))
        name = {"id": "key"}.get(name, name)
        found = [each for each in (name, f"{name}_ko", f"{name}_en") if each in form.fields]
        if found:
            return found
    return []


def _above(problem: Problem, steps: list[str | int] | None) -> str:
    reason = reason_of(problem.reason)
    if steps:
        return f"{' › '.join(str(label(str(step))) for step in steps)}: {reason}"
    if steps is not None:
        return reason
    place = f"{problem.file}: {problem.path}" if problem.path else problem.file
    kind, key = kind_of(problem.file), re.split(r"[.\[]", problem.path)[0]
    try:
        address = reverse("admin:entry", args=[kind, key])
    except NoReverseMatch:
        return f"{place}: {reason}"
    return format_html('<a href="{}">{}</a>: {}', address, place, reason)


def reason_of(reason: str) -> str:
    """A reason of the checks in the reader's language; one that is not known stays as it is."""
    for pattern, say in REASONS:
        match = re.fullmatch(pattern, reason, re.DOTALL)
        if match:
            parts = match.groupdict()
            if parts.get("kind"):
                parts["kind"] = kinds_label(parts["kind"])
            return str(say()) % parts
    return reason


REASONS: list[tuple[str, Any]] = [
    (r"string should have at least 1 character", lambda: _("this text is missing")),
    (r"string should have at most (?P<most>\d+) characters", lambda: _("at most %(most)s characters")),
    (r"field required", lambda: _("this is missing")),
    (r"string should match pattern .*", lambda: _("this is not written as it has to be")),
    (r"input should be greater than or equal to (?P<least>\d+)", lambda: _("at least %(least)s")),
    (r"input should be less than or equal to (?P<most>\d+)", lambda: _("at most %(most)s")),
    (
        r"(?:list|dictionary) should have at least (?P<least>\d+) items? after validation, not (?P<there>\d+)",
        lambda: _("at least %(least)s are needed, there are %(there)s"),
    ),
    (
        r"(?:list|dictionary) should have at most (?P<most>\d+) items? after validation, not (?P<there>\d+)",
        lambda: _("at most %(most)s are possible, there are %(there)s"),
    ),
    (r"not a web address \(https://…\)", lambda: _("not a web address (https://…)")),
    (r"repeated id, first in (?P<file>.+)", lambda: _("this id is there already, in %(file)s")),
    (r"unknown id (?P<key>'.+') in (?P<kind>\w+)", lambda: _("%(key)s is not among %(kind)s")),
    (r"(?P<key>'.+') in (?P<kind>\w+) is retired", lambda: _("%(key)s among %(kind)s is retired")),
    (r"(?P<key>.+) stands there (?P<times>\d+) times", lambda: _("%(key)s stands there %(times)s times")),
    (r"only a retired entry is replaced", lambda: _("only a retired entry is replaced")),
    (r"leads in a circle: (?P<way>.+)", lambda: _("leads in a circle: %(way)s")),
    (r"unknown, retired or missing: (?P<names>.+)", lambda: _("unknown, retired or missing: %(names)s")),
    (r"the parts must add up to ten", lambda: _("the parts must add up to ten")),
    (r"expected the levels (?P<range>.+) in order", lambda: _("expected all levels in order")),
    (r"a role has no difference from itself", lambda: _("a role has no difference from itself")),
    (r"does not say what tells it from (?P<key>'.+')", lambda: _("does not say what tells it from %(key)s")),
    (r"(?P<key>.+) is another (?:role|class)'s too", lambda: _("%(key)s is another one's too")),
    (r"unknown or missing competency (?P<key>'.+')", lambda: _("unknown or missing competency %(key)s")),
    (r"an answer names where it comes from", lambda: _("an answer names where it comes from")),
    (r"one view is no difference", lambda: _("one view is no difference; give two or none")),
    (
        r"(?P<key>'.+') says the same role and competency",
        lambda: _("%(key)s says the same role and competency"),
    ),
    (r"(?P<key>'.+') rates the same competency", lambda: _("%(key)s rates the same competency")),
    (r"no rating of it", lambda: _("no assessment question is about it")),
    (
        r"cannot come out first: the answers that favour it give it (?P<own>.+) points and "
        r"(?P<key>'.+') (?P<others>.+)",
        lambda: _(
            "this role cannot come out first: the answers that favour it give it %(own)s points and %(key)s %(others)s"
        ),
    ),
    (
        r"(?P<there>\d+) of them can show class (?P<number>\d) or better; it takes (?P<least>\d+)",
        lambda: _("%(there)s of them can show class %(number)s or better; it takes %(least)s"),
    ),
    (r"expected the classes 3, 2 and 1", lambda: _("expected the classes 3, 2 and 1")),
    (r"a higher class must not expect less", lambda: _("a higher class must not expect less")),
    (r"belongs to (?P<key>'.+')", lambda: _("belongs to %(key)s")),
    (r"no expectation of (?P<key>'.+')", lambda: _("there is no expectation of %(key)s")),
    (
        r"matters to no role, so nobody can reach it",
        lambda: _("it matters to no role, so nobody can reach it"),
    ),
    (
        r"only for a milestone of some goals or situations",
        lambda: _("only for a milestone of some goals or situations"),
    ),
    (r"(?P<key>'.+') stands in a later phase", lambda: _("%(key)s stands in a later phase")),
    (
        r"(?P<key>'.+') is a companion; the main track must not wait for it",
        lambda: _("%(key)s runs beside the plan; the main track must not wait for it"),
    ),
    (
        r"(?P<key>'.+') is for fewer (?P<kind>\w+), so some cannot reach this one",
        lambda: _("%(key)s is for fewer %(kind)s, so some cannot reach this one"),
    ),
    (r"a cycle of prerequisites: (?P<way>.+)", lambda: _("a cycle of prerequisites: %(way)s")),
    (r"missing or empty", lambda: _("missing or empty")),
]
"""What `pack/rules/` and the format say, and how to say it here; a message is looked up when it is shown."""
