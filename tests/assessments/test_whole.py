"""The whole as one page: it keeps, tells and takes back as the conversation does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment
from assessments.questionnaire import questionnaire
from content.catalogue import current_catalogue
from content.models import Choice
from content.rows.loading import refresh_digest
from tests.assessments.questions import address, step, stored
from tests.sheets import middle, post_sheet, sheet

pytestmark = pytest.mark.django_db


def test_all_questions_on_one_page_give_the_result_without_a_script(client: Client) -> None:
    page = client.get("/assessment/whole/").content.decode()
    asked = questionnaire(current_catalogue())
    for question in asked.by_name.values():
        assert f'name="{question.name}"' in page
    made = post_sheet(client, sheet(middle))
    assert client.get(made.get_absolute_url()).status_code == 200


def test_the_whole_page_keeps_what_is_answered_for_later(client: Client) -> None:
    first = step(0)
    response = client.post("/assessment/whole/", {first.name: first.options[0].value}, follow=True)
    assert "Your answers are kept" in response.content.decode()
    page = client.get("/assessment/whole/").content.decode()
    assert f'name="{first.name}" value="{first.options[0].value}" checked' in page


def test_a_wrong_answer_on_the_whole_page_is_told_at_its_place_and_the_others_are_kept(client: Client) -> None:
    first, second = step(0), step(1)
    response = client.post("/assessment/whole/", {first.name: first.options[0].value, second.name: "no-such-option"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="wrong-{second.kind}-{second.key}"' in page
    assert stored(first) == [first.options[0].value]
    assert stored(second) == []


def test_the_whole_page_does_not_undo_what_another_window_answered(client: Client) -> None:
    first, second = step(0), step(1)
    client.post(address(first), {"answer": first.options[0].value})
    # Opened with the first option; meanwhile another window takes the second one.
    opened_with = {first.name: first.options[0].value, f"seen.{first.name}": first.options[0].value}
    client.post(address(first), {"answer": first.options[1].value, "seen": first.options[0].value})
    client.post("/assessment/whole/", {**opened_with, second.name: second.options[0].value})
    assert stored(first) == [first.options[1].value]
    # And a change on both sides is told.
    response = client.post("/assessment/whole/", opened_with | {first.name: first.options[2].value})
    assert response.status_code == 422
    assert "in another window" in response.content.decode()
    assert stored(first) == [first.options[1].value]


def test_the_whole_page_sent_twice_makes_one_assessment(ana_client: Client) -> None:
    sent = {**sheet(middle), "finish": "on", "last": ""}
    first = ana_client.post("/assessment/whole/", sent)["Location"]
    assert ana_client.post("/assessment/whole/", sent)["Location"] == first
    assert Assessment.objects.count() == 1
    # But whoever opens it anew and says the same again has an assessment more.
    ana_client.post("/assessment/whole/", {**sent, "last": first.strip("/").split("/")[-1]})
    assert Assessment.objects.count() == 2


def test_the_whole_page_tells_of_what_changed_since_it_was_opened(client: Client) -> None:
    first, *_others, second = [each for each in questionnaire(current_catalogue()).steps if each.kind == "choice"]
    sent = {first.name: first.options[0].value, f"edition.{first.name}": first.edition, f"seen.{first.name}": ""}
    sent |= {second.name: second.options[0].value, f"seen.{second.name}": ""}
    choice: Any = Choice.objects.get(key=first.key)
    choice.question_ko, choice.question_en = "무엇이 달라졌어요?", "What is different now?"
    choice.save()
    Choice.objects.filter(key=second.key).update(retired=True)
    refresh_digest()
    response = client.post("/assessment/whole/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "This question was changed since you opened it" in page
    assert "Some questions are not asked any more" in page
    assert stored(first) == stored(second) == []


def test_an_answer_can_be_taken_back_on_the_whole_page_too(client: Client) -> None:
    first, second = step(0), step(1)
    for question in (first, second):
        client.post(address(question), {"answer": question.options[0].value})
    seen = {f"seen.{question.name}": question.options[0].value for question in (first, second)}
    client.post("/assessment/whole/", {**seen, first.name: "", second.name: second.options[0].value})
    assert (stored(first), stored(second)) == ([], [second.options[0].value])


def test_without_any_answer_there_is_no_result(client: Client) -> None:
    response = client.post("/assessment/whole/", {"finish": "on"})
    assert response.status_code == 422
    assert "Answer at least one question" in response.content.decode()
    assert not Assessment.objects.exists()
