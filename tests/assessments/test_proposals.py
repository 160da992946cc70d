"""Levels that finished milestones speak for: proposed, accepted once, or declined."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import finished as finished_work
from assessments.models import Assessment, DeclinedLevel
from assessments.proposals import Finished, Proposal, proposals
from assessments.results import Result
from tests.reading import page_at
from tests.sheets import R, leaning, post_sheet, sheet

pytestmark = pytest.mark.django_db

AT = timezone.now()


def finished(key: str, **raises: int) -> Finished:
    return Finished(key, key.title(), {skill.replace("_", "-"): level for skill, level in raises.items()}, AT)


def test_finished_milestones_propose_a_level_above_what_was_said() -> None:
    work = [finished("one", algebra=2), finished("two", algebra=3, calculus=1), finished("three", algebra=1)]
    found = proposals(work, {"algebra": 1, "calculus": 1}, {})
    assert found == [Proposal("algebra", 1, 3, (work[0], work[1]))]


def test_nothing_is_proposed_that_was_declined_until_more_is_finished() -> None:
    work = [finished("one", algebra=2)]
    assert proposals(work, {}, {"algebra": 2}) == []
    more = [*work, finished("two", algebra=3)]
    assert [each.level for each in proposals(more, {}, {"algebra": 2})] == [3]


def test_what_was_never_said_is_proposed_too() -> None:
    assert proposals([finished("one", algebra=1)], {}, {})[0].said is None


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[Finished]:
    """What everybody has finished, in place of what roadmaps know."""
    found = [finished("one", linear_algebra=2), finished("two", linear_algebra=3, programming=2)]
    monkeypatch.setattr(finished_work, "SOURCES", [lambda _person: found])
    return found


def test_an_accepted_level_makes_a_new_assessment_and_a_declined_one_is_not_proposed_again(
    ana: User, ana_client: Client, work: list[Finished]
) -> None:
    first = post_sheet(ana_client, sheet(leaning(R)))
    page = page_at(ana_client, "/assessment/levels/")
    assert "Are you at level 3 now" in page
    assert "Two" in page
    response = ana_client.post(
        "/assessment/levels/", {"level.linear-algebra.3": "yes", "level.programming.2": "no"}, follow=True
    )
    assert response.status_code == 200
    latest = Assessment.objects.owned_by(ana).finished()[0]
    assert latest != first
    assert Result.from_json(latest.result).skill_levels["linear-algebra"] == 3
    assert Result.from_json(latest.result).skill_levels["programming"] == 1
    assert Assessment.objects.get(pk=first.pk).result == first.result
    assert list(DeclinedLevel.objects.values_list("skill", "level")) == [("programming", 2)]
    assert "Nothing to propose now" in page_at(ana_client, "/assessment/levels/")


def test_levels_that_are_accepted_twice_by_one_form_lead_to_one_result_both_times(
    ana_client: Client, work: list[Finished]
) -> None:
    post_sheet(ana_client, sheet(leaning(R)))
    sent = {"level.linear-algebra.3": "yes", "level.programming.2": "no", "csrfmiddlewaretoken": "a" * 64}
    for _ in range(2):
        response = ana_client.post("/assessment/levels/", sent)
        assert response["Location"] == Assessment.objects.finished()[0].get_absolute_url()
        assert "1 level is new." in page_at(ana_client, response["Location"])
    assert Assessment.objects.count() == 2


def test_an_accepted_level_is_not_undone_by_finishing_what_is_under_way(
    ana_client: Client, work: list[Finished]
) -> None:
    post_sheet(ana_client, sheet(leaning(R)))
    ana_client.post("/assessment/retake/")
    ana_client.post("/assessment/levels/", {"level.linear-algebra.3": "yes"})
    ana_client.post("/assessment/finish/")
    latest = Assessment.objects.finished()[0]
    assert Result.from_json(latest.result).skill_levels["linear-algebra"] == 3


def test_saying_nothing_about_a_proposal_changes_nothing(ana_client: Client, work: list[Finished]) -> None:
    post_sheet(ana_client, sheet(leaning(R)))
    ana_client.post("/assessment/levels/", {"level.linear-algebra.3": "later", "level.programming.2": "perhaps"})
    assert Assessment.objects.count() == 1
    assert not DeclinedLevel.objects.exists()
    assert "Are you at level 3 now" in page_at(ana_client, "/assessment/levels/")


def test_three_values_stay_apart(ana_client: Client, work: list[Finished]) -> None:
    made = post_sheet(ana_client, sheet(leaning(R)))
    page = page_at(ana_client, f"{made.get_absolute_url()}?class=3&show=said&show=evidence&show=mentor")
    assert '<g class="radar-evidence">' in page
    row = page[page.index('<th scope="row">Linear algebra') :]
    cells = re.findall(r'<td class="number">(.*?)</td>', row)[:3]
    assert [re.sub(r"<.*?>", "", cell).split()[0] for cell in cells] == ["1", "3", "–"]
