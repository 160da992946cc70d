"""The conversation: one question after the other, or all of them on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from assessments import answering, visiting
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
    under_way = visiting.open_one(request)
    answers = answering.valid(answering.answers_of(under_way), asked)
    left = asked.unanswered(answers)
    context = {
        "under_way": under_way,
        "answered": len(asked.steps) - len(left),
        "total": len(asked.steps),
        "first": asked.steps[0],
        "next": left[0] if left else None,
        "finished": list(visiting.theirs(request).finished().defer("result")[:5]),
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
    under_way = visiting.open_one(request)
    stored = answering.answers_of(under_way)
    return _show(request, asked, Shown(found, stored.get(found.name, "")), stored, under_way)


@login_not_required  # The same for those who like it whole, and for browsers without JavaScript.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whole_assessment(request: Request) -> HttpResponse:
    """All questions on one page. POST keeps what was answered, then shows the result or stays."""
    asked = questionnaire(catalogue())
    if request.method != "POST":
        return _show_whole(request, asked, answering.answers_of(visiting.open_one(request)), {})
    now = timezone.now()
    sent = {name: request.POST[name] for name in asked.by_name if name in request.POST}
    gone = [
        name for name in request.POST if name.startswith("seen.") and name.removeprefix("seen.") not in asked.by_name
    ]
    if any(request.POST.get(name.removeprefix("seen.")) for name in gone):
        messages.info(request, _("Some questions are not asked any more. Your other answers stand."))
    with transaction.atomic():
        under_way = visiting.held(request)
        last = None if under_way else _newest(request)
        if last and request.POST.get("last", str(last.pk)) != str(last.pk) and _all_in(sent, last, asked):
            return redirect(last)  # Sent twice: this is the result that was wanted.
        current = _current(request, under_way, at=now)[0] if any(sent.values()) else under_way
        stored = answering.answers_of(current)
        wrong, kept = _sorted_out(request, asked, sent, stored)
        if current is not None:
            answering.answer_all(current, {name: value for name, value in kept.items() if value}, at=now)
            answering.take_back(current, [asked.by_name[name] for name, value in kept.items() if not value])
    if wrong:
        return _show_whole(request, asked, {**stored, **kept}, wrong, sent=sent, status=422)
    if "finish" in request.POST:
        return _finish(request, current, asked, at=now)
    messages.success(request, _("Your answers are kept. Go on whenever you like."))
    return redirect("assessment")


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish_assessment(request: Request) -> HttpResponse:
    """What is still open before the result. POST shows the result."""
    asked = questionnaire(catalogue())
    under_way = visiting.open_one(request)
    if request.method != "POST":
        return _show_ready(request, asked, under_way)
    if under_way is None:  # It was finished already, or in another window: its result is what was wanted.
        last = _newest(request)
        return redirect(last) if last else redirect("assessment")
    return _finish(request, under_way, asked, at=timezone.now())


@login_not_required  # A visitor may go through it again.
@never_cache
@require_POST
def retake_assessment(request: Request) -> HttpResponse:
    """Begin again from the last answers, or go on with what is under way."""
    asked = questionnaire(catalogue())
    last = _newest(request)
    began = visiting.begin(request, at=timezone.now(), answers=answering.valid(answering.answers_of(last), asked))
    left = asked.unanswered(answering.valid(answering.answers_of(began), asked))
    return redirect(_address(left[0] if left else asked.steps[0]))


def _answer(request: Request, asked: Questionnaire, found: Question) -> HttpResponse:
    with transaction.atomic():
        current, stored, refused, status = _kept(request, found)
    if refused is not None:
        return _show(request, asked, refused, stored, current, status=status)
    return _lead_on(request, asked, found, current)


def _kept(request: Request, found: Question) -> tuple[Assessment | None, Answers, Shown | None, int]:
    """Keep what was sent, or say why not: the assessment, its answers before, and what to show with which status."""
    now = timezone.now()
    value, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    option = found.option(value)
    under_way = visiting.held(request)
    stored = answering.answers_of(under_way)
    there = stored.get(found.name, "")
    if "open" in request.POST:
        if under_way is not None:
            answering.take_back(under_way, [found])
        return under_way, stored, None, 200
    if request.POST.get("edition", found.edition) != found.edition:
        return under_way, stored, Shown(found, there, value if option else "", _changed()), 409
    if option is None:
        wrong = _("Choose one of these answers.") if not value else _("This answer is not one of those offered.")
        return under_way, stored, Shown(found, there, wrong=wrong), 422
    current, began = _current(request, under_way, at=now)
    if began or not (found.option(seen) or seen == there):
        seen = ""
    try:
        answering.answer(current, found, value, seen=seen, at=now)
    except AnsweredElsewhere as elsewhere:
        return current, stored, Shown(found, elsewhere.stored, value, _elsewhere(found, elsewhere.stored)), 409
    return current, stored, None, 200


def _lead_on(request: Request, asked: Questionnaire, found: Question, current: Assessment | None) -> HttpResponse:
    """To the next question, or to the result after the last one."""
    following = asked.around(found)[1]
    address = _address(following)
    if not wants_part(request):
        return redirect(address)
    if following is None:
        response = _show_ready(request, asked, current)
    else:
        stored = answering.answers_of(current)
        response = _show(request, asked, Shown(following, stored.get(following.name, "")), stored, current)
    response["HX-Push-Url"] = address
    return response


def _newest(request: Request) -> Assessment | None:
    return visiting.theirs(request).finished().defer("result").first()


def _all_in(sent: Answers, last: Assessment, asked: Questionnaire) -> bool:
    """Whether something was sent, and all of it is answered so in `last`."""
    answered = answering.valid(answering.answers_of(last), asked)
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
            wrong[name] = _changed()
        elif now and now != seen:
            wrong[name] = _elsewhere(question, now)
        else:
            kept[name] = value
    return wrong, kept


def _current(request: Request, under_way: Assessment | None, *, at: datetime) -> tuple[Assessment, bool]:
    """The assessment that an answer belongs to, and whether it began just now.

    The form names the one that it was shown for. Where that is gone from reach, the person is told what became of it.
    """
    named = request.POST.get("assessment", "")
    if under_way is not None:
        if named and named != str(under_way.pk):
            messages.warning(
                request, _("Your visit had changed in between. The answer is kept with what is under way now.")
            )
        return under_way, False
    if not named:
        return visiting.begin(request, at=at), True
    before = next((each for each in visiting.theirs(request).finished().defer("result") if str(each.pk) == named), None)
    if before is not None:
        messages.info(
            request,
            _("That assessment is finished and stays as it is. This answer begins a new one from your last answers."),
        )
        asked = questionnaire(catalogue())
        return visiting.begin(request, at=at, answers=answering.valid(answering.answers_of(before), asked)), False
    if request.user.is_authenticated:
        messages.warning(request, _("The assessment that you were answering is gone. This answer begins a new one."))
    else:
        messages.warning(
            request,
            _(
                "Your session had ended, or the answers were thrown away. This answer is kept; "
                "if you had signed in, sign in again to find the earlier ones."
            ),
        )
    return visiting.begin(request, at=at), True


def _changed() -> str:
    return _("This question was changed since you opened it. Please look at it again; your other answers stand.")


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
    left = asked.unanswered(answering.valid(answering.answers_of(visiting.open_one(request)), asked))
    address = _address(left[0] if left else None)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _finish(request: Request, current: Assessment | None, asked: Questionnaire, *, at: datetime) -> HttpResponse:
    try:
        if current is None:
            raise NothingAnswered
        finish(current, asked, catalogue(), at=at)
    except NothingAnswered:
        wrong = _("Answer at least one question about how you work, what you have done or what you can do.")
        return _show_ready(request, asked, current, wrong=wrong)
    return redirect(current)


def _address(found: Question | None) -> str:
    return reverse("ask", args=[found.kind, found.key]) if found else reverse("finish_assessment")


def _show(
    request: Request,
    asked: Questionnaire,
    shown: Shown,
    stored: Answers,
    under_way: Assessment | None,
    *,
    status: int = 200,
) -> HttpResponse:
    before, following = asked.around(shown.question)
    answers = answering.valid(stored, asked)
    left = asked.unanswered(answers)
    skills = asked.skills.get(shown.question.key, ()) if shown.question.kind == "rating" else ()
    context = {
        "shown": shown,
        "question": shown.question,
        "back": _address(before) if before else reverse("assessment"),
        "skip": _address(following),
        "answered": len(asked.steps) - len(left),
        "total": len(asked.steps),
        "skills": skills,
        "answered_skills": sum(skill.name in answers for skill in skills),
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
    template = (
        "assessments/finish_assessment.html#ready" if wants_part(request) else "assessments/finish_assessment.html"
    )
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
        "under_way": visiting.open_one(request),
        "last": _newest(request),
    }
    return render(request, "assessments/whole_assessment.html", context, status=status)
