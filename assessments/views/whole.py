"""All questions on one page, for those who like it whole and for browsers without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from assessments import visitors
from assessments.answers import Answers, answer_all, answers_of, take_back, valid
from assessments.models import Assessment
from assessments.questionnaire import SECTIONS, Part, Question, Questionnaire, questionnaire
from assessments.responses import finish_or_ask
from assessments.sent import Shown, current_of, newest, say_changed, say_elsewhere
from content.catalogue import current_catalogue


@login_not_required  # The same for those who like it whole, and for browsers without JavaScript.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_whole(request: Request) -> HttpResponse:
    """All questions on one page. POST keeps what was answered, then shows the result or stays."""
    asked = questionnaire(current_catalogue())
    if request.method != "POST":
        return _show_whole(request, asked, answers_of(visitors.open_one(request)), {})
    now = timezone.now()
    sent = {name: request.POST[name] for name in asked.by_name if name in request.POST}
    gone = [
        name for name in request.POST if name.startswith("seen.") and name.removeprefix("seen.") not in asked.by_name
    ]
    if any(request.POST.get(name.removeprefix("seen.")) for name in gone):
        messages.info(request, _("Some questions are not asked any more. Your other answers stand."))
    with transaction.atomic():
        under_way = visitors.held(request)
        last = None if under_way else newest(request)
        if last and request.POST.get("last", str(last.pk)) != str(last.pk) and _all_in(sent, last, asked):
            return redirect(last)  # Sent twice: this is the result that was wanted.
        current = current_of(request, under_way, at=now)[0] if any(sent.values()) else under_way
        if current is not None and current.finished_at is not None:
            return redirect(current)  # Sent again after it was finished.
        stored = answers_of(current)
        wrong, kept = _sorted_out(request, asked, sent, stored)
        if current is not None:
            answer_all(current, {name: value for name, value in kept.items() if value}, at=now)
            take_back(current, [asked.by_name[name] for name, value in kept.items() if not value])
    if wrong:
        return _show_whole(request, asked, {**stored, **kept}, wrong, sent=sent, status=422)
    if "finish" in request.POST:
        return finish_or_ask(request, current, asked, at=now)
    messages.success(request, _("Your answers are kept. Go on whenever you like."))
    return redirect("assessment")


def _all_in(sent: Answers, last: Assessment, asked: Questionnaire) -> bool:
    """Whether something was sent, and all of it is answered so in `last`."""
    answered = valid(answers_of(last), asked)
    return any(sent.values()) and all(answered.get(name, "") == value for name, value in sent.items())


def _sorted_out(
    request: Request, asked: Questionnaire, sent: Answers, stored: Answers
) -> tuple[dict[str, str], dict[str, str]]:
    """What is wrong with which of the answers that were sent, and those to keep; an empty one is to be taken back.

    What this window did not change is left as it is stored, whatever another window made of it.
    """
    wrong: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name, value in sent.items():
        question, now = asked.by_name[name], stored.get(name, "")
        seen = request.POST.get(f"seen.{name}", "")
        if value in {seen, now}:
            if value and not now:
                kept[name] = value
        elif value and question.option(value) is None:
            wrong[name] = _("This answer is not among those offered any more. Please choose again.")
        elif request.POST.get(f"edition.{name}", question.edition) != question.edition:
            wrong[name] = say_changed()
        elif now and now != seen:
            wrong[name] = say_elsewhere(question, now)
        else:
            kept[name] = value
    return wrong, kept


def _show_whole(
    request: Request,
    asked: Questionnaire,
    stored: Answers,
    wrong: Answers,
    *,
    sent: Answers | None = None,
    status: int = 200,
) -> HttpResponse:
    def shown(found: Question) -> Shown:
        name = found.name
        refused = (sent or {}).get(name, "") if name in wrong else ""
        return Shown(found, stored.get(name, ""), refused if found.option(refused) else "", wrong.get(name, ""))

    def parts(questions: Iterable[Question]) -> list[tuple[Promise, list[tuple[Shown, list[Shown]]]]]:
        found: dict[Part, list[tuple[Shown, list[Shown]]]] = {}
        for each in questions:
            found.setdefault(each.part, []).append((shown(each), [shown(skill) for skill in asked.skills_of(each)]))
        return [(SECTIONS[part], rows) for part, rows in found.items()]

    context = {
        "parts": parts(asked.steps),
        "more": parts(asked.more),
        "more_open": any(each.name in stored or each.name in wrong for each in asked.more),
        "wrong": [(asked.by_name[name], said) for name, said in wrong.items()],
        "under_way": visitors.open_one(request),
        "last": newest(request),
    }
    return render(request, "assessments/assessment-whole.html", context, status=status)
