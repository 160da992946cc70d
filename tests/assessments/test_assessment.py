"""The conversation: each answer is kept, and nothing is lost whatever happens in between."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Session, User
from assessments.models import Assessment
from assessments.questionnaire import questionnaire
from content.catalogue import current_catalogue
from content.models import Choice
from content.rows.loading import refresh_digest
from tests import PASSWORD
from tests.assessments.questions import address, counted, hidden, opened, step, stored
from tests.reading import HTMX
from tests.sheets import middle, sheet

pytestmark = pytest.mark.django_db


# One question after the other


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_answer_is_kept_and_leads_to_the_next_question(client: Client, headers: dict[str, str]) -> None:
    first, second = step(0), step(1)
    sent = opened(client, first) | {"answer": first.options[1].value}
    response = client.post(address(first), sent, headers=headers)
    assert stored(first) == [first.options[1].value]
    if headers:
        assert response["HX-Push-Url"] == address(second)
        assert f'hx-post="{address(second)}"' in response.content.decode()
        assert "<html" not in response.content.decode()
    else:
        assert response["Location"] == address(second)


def test_every_question_is_reached_one_after_the_other_and_the_last_leads_to_the_result(client: Client) -> None:
    place, seen = address(step(0)), []
    while "/ask/" in place:
        seen.append(place)
        _empty, _assessment, _ask, kind, key, _end = place.split("/")
        question = questionnaire(current_catalogue()).by_name[f"{kind}.{key}"]
        place = client.post(place, opened(client, question) | {"answer": middle(question)})["Location"]
    asked = questionnaire(current_catalogue())
    deeds = [question for question in asked.steps if question.kind == "deed"]
    needless = deeds[-1]  # Two answers show the same class: a third one cannot change it.
    assert seen == [address(question) for question in asked.steps if question is not needless]
    assert place == "/assessment/finish/"
    assert "That was all" in client.get(place).content.decode()
    response = client.post(place)
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert Assessment.objects.get().finished_at is not None


def test_one_goes_on_where_one_left_off(client: Client) -> None:
    for number in (0, 1):
        client.post(address(step(number)), {"answer": step(number).options[0].value})
    page = client.get("/assessment/").content.decode()
    assert f'href="{address(step(2))}"' in page
    assert counted(page) == (2, len(questionnaire(current_catalogue()).steps))


def test_going_back_shows_what_was_answered_and_another_answer_replaces_it(client: Client) -> None:
    first = step(1)
    client.post(address(first), {"answer": first.options[0].value})
    page = client.get(address(first)).content.decode()
    pressed = re.search(r'value="([\w-]+)" aria-pressed="true"', page)
    assert pressed
    assert pressed[1] == first.options[0].value
    client.post(address(first), hidden(page) | {"answer": first.options[2].value})
    assert stored(first) == [first.options[2].value]


def test_sending_the_same_answer_twice_is_harmless(client: Client) -> None:
    first = step(0)
    sent = opened(client, first) | {"answer": first.options[1].value}
    assert client.post(address(first), sent).status_code == 302
    assert client.post(address(first), sent).status_code == 302
    assert stored(first) == [first.options[1].value]
    assert Assessment.objects.count() == 1


def test_a_rating_opens_into_its_skills_and_leads_on_after_them(client: Client) -> None:
    asked = questionnaire(current_catalogue())
    ratings = [question for question in asked.steps if question.kind == "rating"]
    skills = asked.skills[ratings[0].key]
    assert f'href="{address(skills[0])}"' in client.get(address(ratings[0])).content.decode()
    for skill, following in zip(skills, [*skills[1:], ratings[1]], strict=True):
        response = client.post(address(skill), opened(client, skill) | {"answer": "2"})
        assert response["Location"] == address(following)
    left = asked.unanswered({skill.name: "2" for skill in skills})
    assert ratings[0] not in left
    assert ratings[1] in left


def test_each_level_of_a_skill_shows_its_signals(client: Client) -> None:
    skill = next(iter(questionnaire(current_catalogue()).skills.values()))[0]
    page = client.get(address(skill)).content.decode()
    assert page.count('class="answer-detail"') == sum(len(option.details) for option in skill.options) >= 12


def test_an_answer_can_be_taken_back(client: Client) -> None:
    question = step(1)
    client.post(address(question), {"answer": question.options[0].value})
    page = client.get(address(question)).content.decode()
    assert 'id="take-back"' in page
    response = client.post(address(question), hidden(page) | {"open": "on"})
    assert response["Location"] == address(step(2))
    assert stored(question) == []
    assert 'id="take-back"' not in client.get(address(question)).content.decode()


def test_somebody_who_answered_skill_by_skill_is_told_that_it_counts_first(client: Client) -> None:
    competency, skills = next(iter(questionnaire(current_catalogue()).skills.items()))
    client.post(address(skills[0]), {"answer": "3"})
    page = client.get(f"/assessment/ask/rating/{competency}/").content.decode()
    assert f"1 of its {len(skills)} skills is answered exactly" in page


def test_a_visitors_session_lasts_as_long_as_they_go_on_answering(client: Client) -> None:
    client.post(address(step(0)), {"answer": step(0).options[0].value})
    before = client.session.get_expiry_date()
    Session.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    client.post(address(step(1)), {"answer": step(1).options[0].value})
    assert Session.objects.get().expires_at > timezone.now() + timedelta(days=1)
    assert before > timezone.now()


def test_a_question_costs_as_many_queries_with_thirty_answers_as_with_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        question = step(1)
        sent = opened(client, question) | {"answer": middle(question)}
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.post(address(question), sent, headers=HTMX)
        return len(caught)

    queries()
    few = queries()
    client.post("/assessment/whole/", sheet(middle))
    assert queries() == few


# Bad input


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("value", ["", "no-such-option", "\x00", "9" * 5000])
def test_an_option_that_does_not_exist_is_told_and_loses_nothing(
    client: Client, value: str, headers: dict[str, str]
) -> None:
    first, second = step(0), step(1)
    client.post(address(first), {"answer": first.options[0].value})
    response = client.post(address(second), {"answer": value}, headers=headers)
    assert response.status_code in {400, 422}
    if response.status_code == 422:
        assert 'role="alert"' in response.content.decode()
    assert stored(first) == [first.options[0].value]
    assert stored(second) == []


@pytest.mark.parametrize("field", ["seen", "edition", "assessment"])
def test_nonsense_in_what_the_form_carries_is_no_error_of_ours(client: Client, field: str) -> None:
    question = step(0)
    client.post(address(question), {"answer": question.options[0].value})
    for nonsense in ("\x00", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "9" * 5000):
        sent = opened(client, question) | {"answer": question.options[0].value, field: nonsense}
        assert client.post(address(question), sent).status_code in {302, 409}
    assert stored(question) == [question.options[0].value]


def test_an_answer_to_another_edition_of_a_question_is_told_and_not_kept(client: Client) -> None:
    question = next(each for each in questionnaire(current_catalogue()).steps if each.kind == "choice")
    sent = opened(client, question) | {"answer": question.options[0].value}
    choice: Any = Choice.objects.get(key=question.key)
    choice.question_ko, choice.question_en = "무엇이 달라졌어요?", "What is different now?"
    choice.save()
    refresh_digest()
    response = client.post(address(question), sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "This question was changed since you opened it" in page
    assert "What is different now?" in page
    assert stored(question) == []
    assert client.post(address(question), hidden(page) | {"answer": question.options[0].value}).status_code == 302


def test_a_question_that_was_retired_meanwhile_leads_on_and_keeps_the_others(client: Client) -> None:
    asked = questionnaire(current_catalogue())
    first, second = [each for each in asked.steps if each.kind == "choice"][:2]
    client.post(address(asked.steps[0]), {"answer": asked.steps[0].options[0].value})
    client.post(address(first), {"answer": first.options[0].value})
    sent = opened(client, second) | {"answer": second.options[0].value}
    Choice.objects.filter(key=second.key).update(retired=True)
    refresh_digest()
    response = client.post(address(second), sent, follow=True)
    assert "not asked any more" in response.content.decode()
    assert stored(first) == [first.options[0].value]
    plain = client.post(address(second), sent, headers=HTMX)
    assert plain["HX-Redirect"].startswith("/assessment/ask/")


def test_a_question_that_never_was_is_unknown(client: Client) -> None:
    for path in ("choice/never-was", "nothing/free-saturday", "skill/never-was", "start/never-was"):
        assert client.get(f"/assessment/ask/{path}/").status_code == 404


def test_two_windows_that_answer_the_same_question_are_told_of_one_another(client: Client) -> None:
    question = step(0)
    here, there = opened(client, question), opened(client, question)
    client.post(address(question), here | {"answer": question.options[0].value})
    response = client.post(address(question), there | {"answer": question.options[1].value})
    page = response.content.decode()
    assert response.status_code == 409
    assert "You answered this in another window meanwhile" in page
    assert stored(question) == [question.options[0].value]
    again = client.post(address(question), hidden(page) | {"answer": question.options[1].value})
    assert again.status_code == 302
    assert stored(question) == [question.options[1].value]


def test_two_windows_that_answer_different_questions_lose_nothing(client: Client) -> None:
    one, other = step(0), step(1)
    here, there = opened(client, one), opened(client, other)
    client.post(address(one), here | {"answer": one.options[0].value})
    client.post(address(other), there | {"answer": other.options[0].value})
    assert (stored(one), stored(other)) == ([one.options[0].value], [other.options[0].value])
    assert Assessment.objects.count() == 1


def test_a_visitor_whose_session_ended_is_told_and_keeps_the_answer(client: Client) -> None:
    client.post(address(step(0)), {"answer": step(0).options[0].value})
    sent = opened(client, step(1)) | {"answer": step(1).options[0].value}
    client.cookies.clear()
    response = client.post(address(step(1)), sent, follow=True)
    assert "Your session had ended" in response.content.decode()
    assert stored(step(1)) == [step(1).options[0].value]
    assert counted(response.content.decode()) == (1, len(questionnaire(current_catalogue()).steps))


def test_somebody_whose_session_ended_finds_both_answers_after_signing_in(ana: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    client.post(address(step(0)), {"answer": step(0).options[0].value})
    sent = opened(client, step(1)) | {"answer": step(1).options[0].value}
    client.cookies.clear()
    client.post(address(step(1)), sent)
    client.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    page = client.get("/assessment/").content.decode()
    assert counted(page) == (2, len(questionnaire(current_catalogue()).steps))
    assert Assessment.objects.get().owner == ana


def test_an_answer_to_a_finished_assessment_begins_a_new_one_and_leaves_the_result(ana_client: Client) -> None:
    question = step(1)
    ana_client.post(address(question), {"answer": question.options[0].value})
    sent = opened(ana_client, question)
    ana_client.post("/assessment/finish/")
    kept = Assessment.objects.get()
    response = ana_client.post(address(question), sent | {"answer": question.options[1].value}, follow=True)
    assert "finished and stays as it is" in response.content.decode()
    assert Assessment.objects.get(pk=kept.pk).result == kept.result
    assert Assessment.objects.open().get().answers.get(key=question.key).value == question.options[1].value
