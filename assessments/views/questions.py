"""The conversation: where it begins, one question after the other, and the step to the result."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request, wants_part
from accounts.middleware import lead
from assessments import visitors
from assessments.answers import AnsweredElsewhere, Answers, answer, answers_of, take_back, valid
from assessments.models import Assessment
from assessments.questionnaire import Question, Questionnaire, questionnaire
from assessments.responses import address_of, finish_or_ask, show_ready
from assessments.sent import Shown, current_of, newest, say_changed, say_elsewhere
from content.catalogue import current_catalogue
from content.pack import format as fmt

MOST_KEYS = 9
"""So many answers can be given by a key."""


@login_not_required  # One finds out before signing up.
@never_cache
@require_safe
def assessment(request: Request) -> HttpResponse:
    """What the assessment is, and where one left off."""
    asked = questionnaire(current_catalogue())
    under_way = visitors.open_one(request)
    answers = valid(answers_of(under_way), asked)
    following = asked.unanswered(answers)
    if not following and any(each.name in answers for each in asked.more):
        following = asked.more_unanswered(answers)
    context = {
        "under_way": under_way,
        "sections": asked.sections(following[0] if following else None, answers),
        "first": asked.steps[0],
        "next": following[0] if following else None,
        "finished": list(visitors.theirs(request).finished().defer("result")[:5]),
        "counts": {kind: sum(each.kind == kind for each in asked.steps) for kind in ("choice", "deed", "rating")},
    }
    return render(request, "assessments/assessment.html", context)


@login_not_required  # A visitor answers before signing up.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_ask(request: Request, kind: str, key: str) -> HttpResponse:
    """One question. POST keeps the answer and leads to the next one."""
    asked = questionnaire(current_catalogue())
    found = asked.get(kind, key)
    if found is None:
        return _gone(request, asked, kind, key)
    if request.method == "POST":
        return _answer(request, asked, found)
    under_way = visitors.open_one(request)
    stored = answers_of(under_way)
    return _show(request, asked, Shown(found, stored.get(found.name, "")), stored, under_way)


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_finish(request: Request) -> HttpResponse:
    """What is still open before the result. POST shows the result."""
    asked = questionnaire(current_catalogue())
    under_way = visitors.open_one(request)
    if request.method != "POST":
        return show_ready(request, asked, under_way)
    if under_way is None:  # It was finished already, or in another window: its result is what was wanted.
        last = newest(request)
        return redirect(last) if last else redirect("assessment")
    return finish_or_ask(request, under_way, asked, at=timezone.now())


@login_not_required  # A visitor may go through it again.
@never_cache
@require_POST
def assessment_retake(request: Request) -> HttpResponse:
    """Begin again from the last answers, or go on with what is under way."""
    asked = questionnaire(current_catalogue())
    last = newest(request)
    began = visitors.begin(request, at=timezone.now(), answers=valid(answers_of(last), asked))
    if began.finished_at is not None:  # The same form began it before.
        return redirect(began)
    answers = valid(answers_of(began), asked)
    left = asked.more_unanswered(answers) if "more" in request.POST else asked.unanswered(answers)
    return redirect(address_of(left[0] if left else asked.steps[0]))


def _answer(request: Request, asked: Questionnaire, found: Question) -> HttpResponse:
    with transaction.atomic():
        current, stored, refused, status = _kept(request, found)
    if refused is not None:
        return _show(request, asked, refused, stored, current, status=status)
    if current is not None and current.finished_at is not None:
        return lead(request, current.get_absolute_url())
    return _lead_on(request, asked, found, current)


def _kept(request: Request, found: Question) -> tuple[Assessment | None, Answers, Shown | None, int]:
    """Keep what was sent, or say why not: the assessment, its answers before, and what to show with which status."""
    now = timezone.now()
    value, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    option = found.option(value)
    under_way = visitors.held(request)
    stored = answers_of(under_way)
    there = stored.get(found.name, "")
    if "open" in request.POST:
        if under_way is not None:
            take_back(under_way, [found])
        return under_way, stored, None, 200
    if request.POST.get("edition", found.edition) != found.edition:
        return under_way, stored, Shown(found, there, value if option else "", say_changed()), 409
    if option is None:
        wrong = _("Choose one of these answers.") if not value else _("This answer is not one of those offered.")
        return under_way, stored, Shown(found, there, wrong=wrong), 422
    current, began = current_of(request, under_way, at=now)
    if current.finished_at is not None:
        return current, stored, None, 200
    if began or not (found.option(seen) or seen == there):
        seen = ""
    try:
        answer(current, found, value, seen=seen, at=now)
    except AnsweredElsewhere as elsewhere:
        return current, stored, Shown(found, elsewhere.stored, value, say_elsewhere(found, elsewhere.stored)), 409
    return current, stored, None, 200


def _lead_on(request: Request, asked: Questionnaire, found: Question, current: Assessment | None) -> HttpResponse:
    """To the next question, or to the result after the last one."""
    stored = answers_of(current)
    following = asked.around(found, valid(stored, asked))[1]
    address = address_of(following)
    if not wants_part(request):
        return redirect(address)
    if following is None:
        response = show_ready(request, asked, current)
    else:
        response = _show(request, asked, Shown(following, stored.get(following.name, "")), stored, current)
    response["HX-Push-Url"] = address
    return response


def _gone(request: Request, asked: Questionnaire, kind: str, key: str) -> HttpResponse:
    """A question that is asked no more leads on; one that never was is unknown."""
    retired = {
        "choice": {each.id for each in current_catalogue().content.of(fmt.Choice)},
        "deed": {each.id for each in current_catalogue().content.of(fmt.Deed)},
        "rating": {key for each in current_catalogue().content.of(fmt.Rating) for key in (each.competency, each.id)},
        "skill": {each.id for each in current_catalogue().content.of(fmt.Skill)},
    }
    if key not in retired.get(kind, ()):
        raise Http404("no such question")
    messages.info(request, _("That question is not asked any more. Your other answers stand; here is the next one."))
    left = asked.unanswered(valid(answers_of(visitors.open_one(request)), asked))
    address = address_of(left[0] if left else None)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _show(
    request: Request,
    asked: Questionnaire,
    shown: Shown,
    stored: Answers,
    under_way: Assessment | None,
    *,
    status: int = 200,
) -> HttpResponse:
    answers = valid(stored, asked)
    before, following = asked.around(shown.question, answers)
    skills = asked.skills_of(shown.question)
    context = {
        "shown": shown,
        "question": shown.question,
        "back": address_of(before) if before else reverse("assessment"),
        "skip": address_of(following),
        "sections": asked.sections(shown.question, answers),
        "keys": min(len(shown.question.options), MOST_KEYS),
        "skills": skills,
        "answered_skills": sum(skill.name in answers for skill in skills),
        "competency": current_catalogue().competencies.get(asked.competency_of(shown.question)),
        "under_way": under_way,
    }
    template = "assessments/assessment-ask.html#question" if wants_part(request) else "assessments/assessment-ask.html"
    return render(request, template, context, status=status)
