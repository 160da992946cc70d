"""Finishing, once, and taking it again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment
from assessments.results import Result
from content.models import Choice, Rating
from content.rows.loading import refresh_digest
from tests.assessments.questions import address, step
from tests.reading import HTMX
from tests.sheets import leaning, middle, post_sheet, sheet

pytestmark = pytest.mark.django_db


def test_finishing_twice_keeps_the_first_result(ana_client: Client) -> None:
    made = post_sheet(ana_client, sheet(middle))
    response = ana_client.post("/assessment/finish/")
    assert response["Location"] == made.get_absolute_url()
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("form", ["question", "whole", "retake"])
def test_a_form_that_is_sent_again_after_finishing_leads_to_the_result(
    client: Client, form: str, headers: dict[str, str]
) -> None:
    question = step(1)
    if form == "retake":
        post_sheet(client, sheet(middle))
    path = {"question": address(question), "whole": "/assessment/whole/", "retake": "/assessment/retake/"}[form]
    value = question.options[0].value
    sent = {"csrfmiddlewaretoken": "a" * 64, **({"answer": value} if form == "question" else {question.name: value})}
    client.post(path, sent)
    client.post("/assessment/finish/")
    before = list(Assessment.objects.values())
    response = client.post(path, sent, headers=headers)
    result = Assessment.objects.finished()[0].get_absolute_url()
    assert result in {response.get("Location"), response.get("HX-Redirect")}
    assert list(Assessment.objects.values()) == before


def test_the_same_answers_in_both_languages_give_the_same_result() -> None:
    results: list[dict[str, Any]] = []
    for language in ("ko", "en"):
        client = Client(headers={"Accept-Language": language})
        results.append(post_sheet(client, sheet(leaning("engineer", number=3))).result)
    assert results[0] == results[1]


def test_an_old_result_stays_readable_and_the_same_when_its_questions_are_retired(ana_client: Client) -> None:
    made = post_sheet(ana_client, sheet(leaning("researcher", number=2)))
    moved = Result.from_json(made.result).what_moved[0][1]
    before = ana_client.get(made.get_absolute_url()).content.decode()
    Choice.objects.update(retired=True, replaced_by="")
    Rating.objects.update(retired=True)
    refresh_digest()
    after = ana_client.get(made.get_absolute_url()).content.decode()
    assert moved.said.en in after.replace("&#x27;", "'").replace("&quot;", '"')
    for title in ("mix-title", "class-title", "levels-title", "gaps-title", "why-title"):
        assert _section(before, title) == _section(after, title)


def _section(page: str, title: str) -> str:
    found = re.search(rf'<section class="stack" aria-labelledby="{title}">.*?</section>', page, re.DOTALL)
    assert found, title
    return found[0]


def test_taking_it_again_starts_from_the_last_answers(ana_client: Client) -> None:
    made = post_sheet(ana_client, sheet(middle))
    response = ana_client.post("/assessment/retake/")
    assert response["Location"] == address(step(0))
    again = Assessment.objects.open().get()
    assert set(again.answers.values_list("kind", "key", "value")) == set(
        made.answers.values_list("kind", "key", "value")
    )
    ana_client.post("/assessment/retake/")
    assert Assessment.objects.count() == 2
