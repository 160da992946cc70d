"""The conversation: one question after the other, or all of them on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request, wants_part
from assessments import answering
from assessments.answering import AnsweredElsewhere, Answers
from assessments.finishing import NothingAnswered, finish
from assessments.models import Assessment
from assessments.questionnaire import Question, Questionnaire, questionnaire
from content import pack_format as fmt
from content.catalogue import catalogue


@dataclass(frozen=True)
class Shown:
    """A question on a page: what is stored, what was sent and not kept, and what is wrong with it."""

    question: Question
    stored: str
    sent: str = ""
    wrong: str = ""

    @property
    def chosen(self) -> str:
        """The option that the page marks."""
        return self.sent or self.stored


@login_not_required  # One finds out before signing up.
@never_cache
@require_safe
def assessment(request: Request) -> HttpResponse:
    """What the assessment is, and where one left off."""
    asked = questionnaire(catalogue())
    under_way = answering.open_one(request)
    answers = answering.valid(answering.answers_of(under_way), asked)
    left = asked.unanswered(answers)
    context = {
        "asked": asked,
        "under_way": under_way,
        "answered": len(asked.steps) - len(left),
        "total": len(asked.steps),
        "first": asked.steps[0],
        "next": left[0] if left else None,
        "finished": list(answering.theirs(request).finished()[:5]),
        "counts": {kind: sum(each.kind == kind for each in asked.steps) for kind in ("choice", "deed", "rating")},
    }
    return render(request, "assessments/assessment.html", context)


@login_not_required  # A visitor answers before signing up.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, kind: str, key: str) -> HttpResponse:
    """One question. POST keeps the answer and leads to the next one."""
    asked = questionnaire(catalogue())
    found = asked.get(kind, key)
    if found is None:
        return _gone(request, asked, kind, key)
    if request.method == "POST":
        return _answer(request, asked, found)
    stored = answering.answers_of(answering.open_one(request))
    return _show(request, asked, Shown(found, stored.get(found.name, "")), stored)


@login_not_required  # The same for those who like it whole, and for browsers without JavaScript.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whole_assessment(request: Request) -> HttpResponse:
    """All questions on one page. POST keeps what was answered, then shows the result or stays."""
    asked = questionnaire(catalogue())
    if request.method != "POST":
        return _show_whole(request, asked, answering.answers_of(answering.open_one(request)), {})
    now = timezone.now()
    sent = {name: value for name in asked.by_name if (value := request.POST.get(name, ""))}
    current, _began = _current(request, at=now)
    stored = answering.answers_of(current)
    wrong: Answers = {}
    kept: Answers = {}
    for name, value in sent.items():
        seen = request.POST.get(f"seen.{name}", "")
        there = asked.by_name[name].option(value)
        if there is None:
            wrong[name] = _("This answer is not among those offered any more. Please choose again.")
        elif value not in {seen, stored.get(name)} and stored.get(name, "") not in {seen, value}:
            wrong[name] = _elsewhere(asked.by_name[name], stored[name])
        elif value != seen or name not in stored:
            kept[name] = value
    if kept or not stored:
        answering.answer_all(current, kept, at=now)
    if wrong:
        return _show_whole(request, asked, {**stored, **kept}, wrong, sent=sent, status=422)
    if "finish" not in request.POST:
        messages.success(request, _("Your answers are kept. Go on whenever you like."))
        return redirect("assessment")
    return _finish(request, current, asked, at=now)


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish_assessment(request: Request) -> HttpResponse:
    """What is still open before the result. POST shows the result."""
    asked = questionnaire(catalogue())
    under_way = answering.open_one(request)
    if request.method != "POST":
        return _show_ready(request, asked, under_way)
    if under_way is None:  # It was finished already, or in another window: its result is what was wanted.
        last = answering.theirs(request).finished().first()
        return redirect(last) if last else redirect("assessment")
    return _finish(request, under_way, asked, at=timezone.now())


@login_not_required  # A visitor may go through it again.
@never_cache
@require_POST
def retake_assessment(request: Request) -> HttpResponse:
    """Begin again from the last answers, or go on with what is under way."""
    asked = questionnaire(catalogue())
    last = answering.theirs(request).finished().first()
    began = answering.begin(request, at=timezone.now(), answers=answering.valid(answering.answers_of(last), asked))
    left = asked.unanswered(answering.valid(answering.answers_of(began), asked))
    return redirect(_address(left[0] if left else asked.steps[0]))


@login_not_required  # A visitor may throw away what they answered.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_assessment(request: Request, assessment_id: int) -> HttpResponse:
    """Say what is lost; POST deletes it."""
    found = answering.theirs(request).filter(pk=assessment_id).first()
    if found is None:
        raise Http404("no such assessment")
    if request.method == "POST":
        found.delete()
        messages.success(request, _("The assessment is deleted."))
        return redirect("assessment")
    return render(request, "assessments/delete.html", {"assessment": found})


def _answer(request: Request, asked: Questionnaire, found: Question) -> HttpResponse:
    now = timezone.now()
    value, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    option = found.option(value)
    under_way = answering.open_one(request)
    stored = answering.answers_of(under_way)
    if request.POST.get("edition", found.edition) != found.edition:
        wrong = _("This question was changed since you opened it. Please look at it again; your other answers stand.")
        shown = Shown(found, stored.get(found.name, ""), value if option else "", wrong)
        return _show(request, asked, shown, stored, status=409)
    if option is None:
        wrong = _("Choose one of these answers.") if not value else _("This answer is not one of those offered.")
        return _show(request, asked, Shown(found, stored.get(found.name, ""), wrong=wrong), stored, status=422)
    current, began = _current(request, at=now)
    try:
        answering.answer(current, found, value, seen="" if began else seen, at=now)
    except AnsweredElsewhere as elsewhere:
        shown = Shown(found, elsewhere.stored, value, _elsewhere(found, elsewhere.stored))
        return _show(request, asked, shown, stored, status=409)
    following = asked.around(found)[1]
    address = _address(following)
    if not wants_part(request):
        return redirect(address)
    stored = answering.answers_of(current)
    response = _show(request, asked, Shown(following, stored.get(following.name, "")), stored) if following else None
    if response is None:
        response = _show_ready(request, asked, current)
    response["HX-Push-Url"] = address
    return response


def _current(request: Request, *, at: datetime) -> tuple[Assessment, bool]:
    """The assessment that an answer belongs to, and whether it began just now.

    The form names the one that it was shown for. Where that is gone from reach, the person is told what became of it.
    """
    named = request.POST.get("assessment", "")
    under_way = answering.open_one(request)
    if under_way is not None:
        if named and named != str(under_way.pk):
            messages.warning(
                request, _("Your visit had changed in between. The answer is kept with what is under way now.")
            )
        return under_way, False
    if not named:
        return answering.begin(request, at=at), True
    before = next((each for each in answering.theirs(request).finished() if str(each.pk) == named), None)
    if before is not None:
        messages.info(
            request,
            _("That assessment is finished and stays as it is. This answer begins a new one from your last answers."),
        )
        asked = questionnaire(catalogue())
        return answering.begin(request, at=at, answers=answering.valid(answering.answers_of(before), asked)), False
    if not request.user.is_authenticated:
        messages.warning(
            request,
            _("Your session had ended. This answer is kept; sign in to find the earlier ones, if you had an account."),
        )
    return answering.begin(request, at=at), True


def _elsewhere(found: Question, stored: str) -> str:
    option = found.option(stored)
    said = str(option.text) if option else stored
    return _("You answered this in another window meanwhile: “%(answer)s”. Choose again to change it.") % {
        "answer": said
    }


def _gone(request: Request, asked: Questionnaire, kind: str, key: str) -> HttpResponse:
    """A question that is asked no more leads on; one that never was is unknown."""
    retired = {
        "choice": {each.id for each in catalogue().content.of(fmt.Choice)},
        "deed": {each.id for each in catalogue().content.of(fmt.Deed)},
        "rating": {each.competency for each in catalogue().content.of(fmt.Rating)},
        "skill": {each.id for each in catalogue().content.of(fmt.Skill)},
    }
    if key not in retired.get(kind, ()):
        raise Http404("no such question")
    messages.info(request, _("That question is not asked any more. Your other answers stand; here is the next one."))
    left = asked.unanswered(answering.valid(answering.answers_of(answering.open_one(request)), asked))
    address = _address(left[0] if left else None)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _finish(request: Request, current: Assessment, asked: Questionnaire, *, at: datetime) -> HttpResponse:
    try:
        finish(current, asked, catalogue(), at=at)
    except NothingAnswered:
        wrong = _("Answer at least one question about how you work, what you have done or what you can do.")
        return _show_ready(request, asked, current, wrong=wrong)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": current.get_absolute_url()})
    return redirect(current)


def _address(found: Question | None) -> str:
    return reverse("ask", args=[found.kind, found.key]) if found else reverse("finish_assessment")


def _show(request: Request, asked: Questionnaire, shown: Shown, stored: Answers, *, status: int = 200) -> HttpResponse:
    before, following = asked.around(shown.question)
    answers = answering.valid(stored, asked)
    left = asked.unanswered(answers)
    under_way = answering.open_one(request)
    context = {
        "shown": shown,
        "question": shown.question,
        "back": _address(before) if before else reverse("assessment"),
        "skip": _address(following),
        "answered": len(asked.steps) - len(left),
        "total": len(asked.steps),
        "skills": asked.skills.get(shown.question.key, ()) if shown.question.kind == "rating" else (),
        "competency": catalogue().competencies.get(asked.competency_of(shown.question)),
        "under_way": under_way,
    }
    template = "assessments/ask.html#question" if wants_part(request) else "assessments/ask.html"
    return render(request, template, context, status=status)


def _show_ready(
    request: Request, asked: Questionnaire, under_way: Assessment | None, *, wrong: str = ""
) -> HttpResponse:
    answers = answering.valid(answering.answers_of(under_way), asked)
    left = asked.unanswered(answers)
    context: dict[str, Any] = {
        "left": [(each, _address(each)) for each in left],
        "answered": len(asked.steps) - len(left),
        "total": len(asked.steps),
        "wrong": wrong,
        "back": _address(asked.steps[-1]),
    }
    template = "assessments/ready.html#ready" if wants_part(request) else "assessments/ready.html"
    return render(request, template, context, status=422 if wrong else 200)


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

    parts: dict[str, list[tuple[Shown, list[Shown]]]] = {}
    for each in asked.steps:
        skills = asked.skills.get(each.key, ()) if each.kind == "rating" else ()
        parts.setdefault(each.part, []).append((shown(each), [shown(skill) for skill in skills]))
    context = {
        "parts": parts.items(),
        "wrong": [(asked.by_name[name], said) for name, said in wrong.items()],
        "under_way": answering.open_one(request),
    }
    return render(request, "assessments/whole.html", context, status=status)
