"""Questions of the assessment, as tests open them and read what is stored of their answers."""

from __future__ import annotations

import re

from django.test import Client

from assessments.models import Answer
from assessments.questionnaire import Question, questionnaire
from content.catalogue import current_catalogue


def step(number: int) -> Question:
    return questionnaire(current_catalogue()).steps[number]


def address(question: Question) -> str:
    return f"/assessment/ask/{question.kind}/{question.key}/"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a question's form."""
    found = re.findall(r'<input type="hidden" name="(seen|edition|assessment)" value="([^"]*)"', page)
    return dict(found)


def opened(client: Client, question: Question) -> dict[str, str]:
    """What the form of a question holds when it is opened."""
    return hidden(client.get(address(question)).content.decode())


def stored(question: Question) -> list[str]:
    return list(Answer.objects.filter(kind=question.kind, key=question.key).values_list("value", flat=True))


def counted(page: str) -> tuple[int, int]:
    """How many questions are answered, and of how many, over all sections that a page shows."""
    found = re.findall(r'<span class="meta">(\d+)/(\d+)</span><progress', page)
    return sum(int(done) for done, _whole in found), sum(int(whole) for _done, whole in found)
