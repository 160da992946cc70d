"""What was sent: the assessment that it belongs to, and what is said where it is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.http import Request
from assessments import visitors
from assessments.answers import answers_of, valid
from assessments.models import Assessment
from assessments.questionnaire import Question, questionnaire
from content.catalogue import current_catalogue


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


def newest(request: Request) -> Assessment | None:
    """The last assessment that they finished."""
    return visitors.theirs(request).finished().defer("result").first()


def current_of(request: Request, under_way: Assessment | None, *, at: datetime) -> tuple[Assessment, bool]:
    """The assessment that an answer belongs to, held, and whether it began just now.

    The form names the one that it was shown for. Where that is gone from reach, the person is told what became of it.
    A form that began one, and is sent again after that was finished, belongs to the finished one.
    """
    named = request.POST.get("assessment", "")
    if under_way is not None:
        if named and named != str(under_way.pk):
            messages.warning(
                request, _("Your visit had changed in between. The answer is kept with what is under way now.")
            )
        return under_way, False
    if not named:
        return visitors.begin(request, at=at), True
    before = next((each for each in visitors.theirs(request).finished().defer("result") if str(each.pk) == named), None)
    if before is not None:
        messages.info(
            request,
            _("That assessment is finished and stays as it is. This answer begins a new one from your last answers."),
        )
        asked = questionnaire(current_catalogue())
        return visitors.begin(request, at=at, answers=valid(answers_of(before), asked)), False
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
    return visitors.begin(request, at=at), True


def say_changed() -> str:
    """Why an answer to an earlier edition of a question is not kept."""
    return _("This question was changed since you opened it. Please look at it again; your other answers stand.")


def say_elsewhere(found: Question, stored: str) -> str:
    """Why an answer does not replace one that another window gave meanwhile."""
    option = found.option(stored)
    said = str(option.text) if option else stored
    return _("You answered this in another window meanwhile: “%(answer)s”. Choose again to change it.") % {
        "answer": said
    }
