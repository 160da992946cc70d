"""Answers that several views of the assessment give: the way on, and the step to the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import Request, wants_part
from assessments.answers import answers_of, valid
from assessments.completion import NothingAnswered, finish
from assessments.models import Assessment
from assessments.questionnaire import Question, Questionnaire
from content.catalogue import current_catalogue


def finish_or_ask(request: Request, current: Assessment | None, asked: Questionnaire, *, at: datetime) -> HttpResponse:
    """Lead to the result, or say that an answer is needed first."""
    try:
        if current is None:
            raise NothingAnswered
        finish(current, asked, current_catalogue(), at=at)
    except NothingAnswered:
        wrong = _("Answer at least one question about how you work, what you have done or what you can do.")
        return show_ready(request, asked, current, wrong=wrong)
    return redirect(current)


def address_of(found: Question | None) -> str:
    """Where a question is asked; the step to the result where none is left."""
    return reverse("assessment-ask", args=[found.kind, found.key]) if found else reverse("assessment-finish")


def show_ready(
    request: Request, asked: Questionnaire, under_way: Assessment | None, *, wrong: str = ""
) -> HttpResponse:
    answers = valid(answers_of(under_way), asked)
    left = asked.unanswered(answers)
    context: dict[str, Any] = {
        "left": [(each, address_of(each)) for each in left],
        "more": [(each, address_of(each)) for each in asked.more_unanswered(answers)],
        "sections": asked.sections(None, answers),
        "wrong": wrong,
        "back": address_of(asked.steps[-1]),
    }
    template = (
        "assessments/assessment-finish.html#ready" if wants_part(request) else "assessments/assessment-finish.html"
    )
    return render(request, template, context, status=422 if wrong else 200)
