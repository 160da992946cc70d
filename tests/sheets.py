"""Answer sheets for tests: whole ones, made by a rule, and the three people whose results must differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.test import Client

from assessments.models import Assessment
from assessments.questionnaire import Question, Questionnaire, questionnaire
from content.catalogue import current_catalogue

Pick = Callable[[Question], str | None]


def sheet(pick: Pick, asked: Questionnaire | None = None) -> dict[str, str]:
    """The answers that `pick` gives to what everybody is asked; None leaves a question open."""
    asked = asked or questionnaire(current_catalogue())
    answers = {question.name: pick(question) for question in asked.steps}
    return {name: value for name, value in answers.items() if value is not None}


def middle(question: Question) -> str:
    """The option in the middle."""
    return question.options[len(question.options) // 2].value


def leaning(role: str, *, number: int = 4, levels: Mapping[str, int] | None = None, **start: str) -> Pick:
    """Always what adds most to `role`, deeds of class `number` and these levels, 1 where none is named."""

    def pick(question: Question) -> str:
        match question.kind:
            case "choice":
                return max(question.options, key=lambda option: (option.adds or {}).get(role, 0)).value
            case "deed":
                return next(option.value for option in question.options if option.shows == number)
            case "rating":
                return str((levels or {}).get(question.key, 1))
            case _:
                return start.get(question.key) or question.options[0].value

    return pick


def post_sheet(client: Client, answers: Mapping[str, str], **extra: str) -> Assessment:
    """Send a whole sheet and ask for the result."""
    response = client.post("/assessment/whole/", {**answers, "finish": "on", **extra})
    assert response.status_code == 302, response.content.decode()[:2000]
    return Assessment.objects.get(pk=int(response["Location"].strip("/").split("/")[-1]))


def profile(
    roles: tuple[str, ...], shown: tuple[int, ...], levels: Mapping[str, int], *, situation: str, goal: str
) -> dict[str, str]:
    """A person's whole sheet: each choice leans to the next of `roles`, each deed shows the next of `shown`."""
    counts = {"choice": 0, "deed": 0}

    def pick(question: Question) -> str | None:
        place = counts.get(question.kind, 0)
        if question.kind in counts:
            counts[question.kind] += 1
        role, number = roles[place % len(roles)], shown[place % len(shown)]
        return leaning(role, number=number, levels=levels, situation=situation, goal=goal, hours="12")(question)

    return sheet(pick)


R, A, E, D = "researcher", "applied-researcher", "engineer", "domain-expert"


def cs_undergraduate() -> dict[str, str]:
    """Studies computer science, is new to the field and curious why things work."""
    levels = {"mathematics": 2, "computing": 2, "deep-learning": 0, "tools": 0, "domain": 0}
    return profile((R, A, R, E), (4,), levels, situation="cs-undergraduate", goal="graduate-school")


def backend_engineer() -> dict[str, str]:
    """Has run services for years and taught themselves the rest."""
    levels = {"mathematics": 0, "computing": 3, "tools": 2, "problem-solving": 2, "communication": 2}
    return profile((E, E, A, E), (3, 4), levels, situation="working-engineer", goal="employment")


def physician() -> dict[str, str]:
    """Knows a field from the inside, reads papers in English and has never written a program."""
    levels = {"computing": 0, "english": 3, "deep-learning": 0, "tools": 0, "domain": 3, "communication": 3}
    return profile((D, D, A), (4, 3, 4), levels, situation="field-expert", goal="employment")
