"""Where on a form a problem of the pack belongs, and the reasons in the reader's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.admin.words import kind_label, kinds_label, label
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
            told[prefix][field].append(reason_of(problem))
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
    reason = reason_of(problem)
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


def reason_of(problem: Problem) -> str:
    """What is wrong, in the reader's language; a code that has no words here is told in English."""
    if problem.code not in WORDS:
        return problem.reason
    params = {PYDANTICS.get(name, name): value for name, value in problem.params.items()}
    if "key" in params:
        params["key"] = repr(params["key"])
    if "kind" in params:
        params |= {"kind": kinds_label(params["kind"]), "one": kind_label(params["kind"])}
    return str(WORDS[problem.code]) % params


PYDANTICS = {
    "min_length": "least",
    "ge": "least",
    "max_length": "most",
    "le": "most",
    "actual_length": "there",
}
"""What pydantic calls the numbers in its errors, and what they are called here."""

NOT_WRITTEN_SO = _("this is not written as it has to be")

WORDS: dict[str, Any] = {
    "string_too_short": _("this text is missing"),
    "string_too_long": _("at most %(most)s characters"),
    "missing": _("this is missing"),
    "string_pattern_mismatch": NOT_WRITTEN_SO,
    "greater_than_equal": _("at least %(least)s"),
    "less_than_equal": _("at most %(most)s"),
    "too_short": _("at least %(least)s are needed, there are %(there)s"),
    "too_long": _("at most %(most)s are possible, there are %(there)s"),
    "int_type": _("a whole number is needed"),
    "string_type": _("a text is needed"),
    "list_type": _("a list is needed"),
    "dict_type": _("names with values in braces are needed"),
    "model_type": _("names with values in braces are needed"),
    "extra_forbidden": _("there is no field of this name"),
    "literal_error": _("one of these is needed: %(expected)s"),
    "value_error": NOT_WRITTEN_SO,
    "bool_type": NOT_WRITTEN_SO,
    "bool_parsing": NOT_WRITTEN_SO,
    "date_type": NOT_WRITTEN_SO,
    "date_from_datetime_parsing": NOT_WRITTEN_SO,
    "date_from_datetime_inexact": NOT_WRITTEN_SO,
    "no-web-address": _("not a web address (https://…)"),
    "repeated-id": _("this id is there already, in %(file)s"),
    "no-entry": _("missing or empty"),
    "unknown-id": _("%(key)s is not among %(kind)s"),
    "retired-id": _("%(key)s among %(kind)s is retired"),
    "repeated": _("%(key)s stands there %(times)s times"),
    "unknown-or-missing": _("unknown or missing %(one)s %(key)s"),
    "replaced-not-retired": _("only a retired entry is replaced"),
    "replaced-in-circle": _("leads in a circle: %(way)s"),
    "use-is-replaced": _("says %(key)s, and the vocabulary says %(use)s instead"),
    "replaced-twice": _("%(key)s is replaced by %(use)s already"),
    "excepts-nothing": _("%(key)s holds no word that is replaced here, or nothing else"),
    "alias-without-letters": _("%(key)s has no letter or digit to search for"),
    "alias-is-name": _("%(key)s is its own name already, as the search reads it"),
    "alias-twice": _("%(key)s is the same as %(other)s, as the search reads it"),
    "example-names": _("unknown, retired or missing: %(names)s"),
    "parts-not-ten": _("the parts must add up to ten"),
    "levels-not-in-order": _("expected all levels in order"),
    "letter-taken": _("%(key)s is another one's too"),
    "number-taken": _("%(key)s is another one's too"),
    "differs-from-itself": _("a role has no difference from itself"),
    "differs-not-from": _("does not say what tells it from %(key)s"),
    "expected-twice": _("%(key)s says the same role and competency"),
    "not-all-classes": _("expected the classes 3, 2 and 1"),
    "higher-expects-less": _("a higher class must not expect less"),
    "of-another-competency": _("belongs to %(key)s"),
    "nothing-expected": _("there is no expectation of %(key)s"),
    "one-length": _("either at least or exactly so many weeks"),
    "matters-to-nobody": _("it matters to no role, so nobody can reach it"),
    "always-for-all": _("only for a milestone of some goals or situations"),
    "requires-later-phase": _("%(key)s stands in a later phase"),
    "requires-companion": _("%(key)s runs beside the plan; the main track must not wait for it"),
    "requires-narrower": _("%(key)s is for fewer %(kind)s, so some cannot reach this one"),
    "requires-in-circle": _("a cycle of prerequisites: %(way)s"),
    "after-in-circle": _("a cycle of what comes after what: %(way)s"),
    "proof-without-weight": _("it proves a class of %(key)s, to whom it does not matter"),
    "finishes-no-resource": _("%(key)s is not among its resources"),
    "no-source": _("an answer names where it comes from"),
    "one-view": _("one view is no difference; give two or none"),
    "role-never-first": _(
        "this role cannot come out first: the answers that favour it give it %(own)s points and %(key)s %(others)s"
    ),
    "class-out-of-reach": _("%(there)s of the quick ones can show class %(number)s or better; it takes %(least)s"),
    "rated-twice": _("%(key)s rates the same"),
    "not-rated": _("no assessment question is about it"),
    "needs-less": _("class %(number)s needs more of %(key)s, and is the lower one"),
}
"""How to say here what `pack/problems.py` and the format say, by code."""
