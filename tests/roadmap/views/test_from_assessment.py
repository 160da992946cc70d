"""From an assessment's result to a roadmap: in one step, or by the form with all that is known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment
from assessments.results import Result
from assessments.visitors import VISITOR
from content.catalogue import current_catalogue
from roadmap.models import Milestone, Roadmap
from roadmap.responses.new_roadmaps import PENDING
from tests.factories import LEVELS, MIX, make_assessment, make_roadmap
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.views.wishes import mix_of, sign_up, values

pytestmark = pytest.mark.django_db

OTHER_MIX = {"researcher": 1, "applied-researcher": 1, "engineer": 7, "domain-expert": 1}


def address(found: Assessment) -> str:
    return reverse("roadmap-from-assessment", args=[found.pk])


def target(**changed: Any) -> dict[str, Any]:
    """What the form beside a result sends."""
    return {**{f"mix_{role}": parts for role, parts in OTHER_MIX.items()}, "class": 2, **changed}


def visitor_with(found: Assessment) -> Client:
    """Somebody without an account who finished that assessment."""
    client = Client()
    session = client.session
    session[VISITOR] = found.owner_id
    session.save()
    return client


@pytest.fixture
def precise(db: None) -> dict[str, int]:
    """Levels of two skills of mathematics, far from its own."""
    keys = [key for key, skill in current_catalogue().skills.items() if skill.competency == "mathematics"]
    return {keys[0]: 4, keys[1]: 0}


# In one step


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_one_click_makes_the_roadmap_of_the_result(
    ana: User, ana_client: Client, precise: dict[str, int], headers: dict[str, str]
) -> None:
    found = make_assessment(ana, precise=precise, hours_per_week=12)
    response = ana_client.post(address(found), target(), headers=headers)
    roadmap = Roadmap.objects.get()
    assert (response.status_code, response["Location"]) == (302, roadmap.get_absolute_url())
    assert (roadmap.owner, roadmap.role_mix, roadmap.target_class) == (ana, OTHER_MIX, 2)
    assert (roadmap.situation, roadmap.goal, roadmap.hours_per_week) == ("cs-undergraduate", "employment", 12)
    assert (roadmap.starts_on, roadmap.deadline_on) == (timezone.localdate(), None)
    assert roadmap.skill_levels == precise
    reached = Result.from_json(found.result).competency_levels
    assert roadmap.levels == {key: level.level for key, level in reached.items()}
    assert roadmap.levels["mathematics"] != LEVELS["mathematics"]
    assert Milestone.objects.on(roadmap).exists()
    able = next(key for key, level in precise.items() if level == 4)
    for milestone in Milestone.objects.on(roadmap):
        assert able not in {gap["skill"] for gap in milestone.reason.get("closes", ())}


def test_without_a_target_the_suggested_one_counts(ana: User, ana_client: Client) -> None:
    ana_client.post(address(make_assessment(ana, engineer_class=3, ratings=dict.fromkeys(LEVELS, 3))))
    roadmap = Roadmap.objects.get()
    assert (roadmap.role_mix, roadmap.target_class) == (MIX, 2)


@pytest.mark.parametrize("wrong", [{"class": "9"}, {"class": "x"}, {"mix_engineer": "9"}, {"mix_engineer": "9" * 5000}])
def test_a_target_that_is_none_changes_nothing(ana: User, ana_client: Client, wrong: dict[str, str]) -> None:
    ana_client.post(address(make_assessment(ana)), target(**wrong))
    roadmap = Roadmap.objects.get()
    assert roadmap.role_mix == (MIX if "mix_engineer" in wrong else OTHER_MIX)
    assert roadmap.target_class == (3 if "class" in wrong else 2)


def test_what_the_result_does_not_know_is_what_is_usual_for_the_start(ana: User, ana_client: Client) -> None:
    ana_client.post(address(make_assessment(ana, ratings={"english": 4}, role_mix=None, engineer_class=None)), {})
    roadmap = Roadmap.objects.get()
    usual = current_catalogue().situations["cs-undergraduate"].levels
    assert usual["english"] != 4
    assert roadmap.levels == {**usual, "english": 4}
    assert (sum(roadmap.role_mix.values()), roadmap.target_class, roadmap.skill_levels) == (10, 3, {})


def test_what_was_to_be_put_into_the_first_roadmap_is_offered_then(ana: User, ana_client: Client) -> None:
    every = list(current_catalogue().templates)
    ana_client.get(reverse("milestone-put"), {"milestone": every[:40]})
    response = ana_client.post(address(make_assessment(ana)), target())
    assert response["Location"].startswith(f"{reverse('milestone-put')}?milestone=")


def test_a_visitor_gets_the_roadmap_by_signing_up(precise: dict[str, int]) -> None:
    visitor = visitor_with(make_assessment(None, precise=precise))
    response = visitor.post(address(Assessment.objects.get()), target())
    assert response["Location"] == f"{reverse('account_signup')}?next={reverse('roadmap-keep')}"
    assert not Roadmap.objects.exists()
    response = sign_up(visitor, response["Location"])
    roadmap = Roadmap.objects.get()
    assert response.redirect_chain[-1] == (roadmap.get_absolute_url(), 302)
    assert (roadmap.owner.email, roadmap.role_mix, roadmap.target_class) == ("new@example.org", OTHER_MIX, 2)
    assert roadmap.skill_levels == precise
    assert PENDING not in visitor.session


# Whose it is


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_nobody_makes_a_roadmap_of_somebody_elses_result(
    ana: User, ben: User, ana_client: Client, headers: dict[str, str]
) -> None:
    bens, nobodys = make_assessment(ben), make_assessment(None)
    for client in (ana_client, Client()):
        for found in (bens, nobodys):
            assert client.post(address(found), target(), headers=headers).status_code == 404
        assert (
            client.post(reverse("roadmap-from-assessment", args=[10**30]), target(), headers=headers).status_code == 404
        )
    assert not Roadmap.objects.exists()


def test_an_assessment_that_is_not_finished_makes_none(ana: User, ana_client: Client) -> None:
    now = timezone.now()
    found = Assessment.objects.create(owner=ana, started_at=now, touched_at=now)
    assert ana_client.post(address(found), target()).status_code == 404


def test_it_is_never_made_by_reading(ana: User, ana_client: Client) -> None:
    found = make_assessment(ana)
    assert ana_client.get(address(found)).status_code == 405
    assert ana_client.head(address(found)).status_code == 405
    assert not Roadmap.objects.exists()


# By the form


def chosen(page: str) -> dict[str, str]:
    """What the form of a new roadmap holds, but for the role mix."""
    found = dict(re.findall(r'<input type="radio" name="(\w+)" value="([\w-]*)"[^>]* checked', page))
    for name, options in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        (found[name],) = re.findall(r'value="([\w-]*)" selected', options)
    found |= dict(re.findall(r'<input type="(?:number|date)" name="(\w+)" value="([^"]*)"', page))
    return found


MISSING: list[tuple[dict[str, Any], list[str]]] = [
    ({"situation": None}, ["Where you start"]),
    ({"situation": "gone"}, ["Where you start"]),
    ({"goal": None}, ["Where you want to be next"]),
    ({"goal": "gone"}, ["Where you want to be next"]),
    ({"hours_per_week": None}, ["Hours a week"]),
    (
        {"situation": None, "goal": None, "hours_per_week": None},
        ["Where you start", "Where you want to be next", "Hours a week"],
    ),
]


@pytest.mark.parametrize(("unknown", "said"), MISSING)
@pytest.mark.parametrize("who", ["ana", "visitor"])
def test_what_is_not_known_is_asked_for_in_a_form_that_holds_all_the_rest(
    ana: User, ana_client: Client, who: str, unknown: dict[str, Any], said: list[str]
) -> None:
    ratings = {**{key: 2 for key in LEVELS if key != "curiosity"}, "english": 4}
    found = make_assessment(ana if who == "ana" else None, ratings=ratings, **{"hours_per_week": 20, **unknown})
    client = ana_client if who == "ana" else visitor_with(found)
    response = client.post(address(found), target(), follow=True)
    assert [path.split("?")[0] for path, _status in response.redirect_chain] == [reverse("roadmap-new")]
    page = page_of(response)
    assert response.status_code == 200
    assert "errorlist" not in page
    assert f"Still to choose: {', '.join(said)}." in text_of(response)
    assert 'class="preview-length"' in page
    catalogue, form = current_catalogue(), chosen(page)
    expected = {
        "target_class": "2",
        "situation": "cs-undergraduate" if "situation" not in unknown else next(iter(catalogue.situations)),
        "goal": "employment" if "goal" not in unknown else next(iter(catalogue.goals)),
        "hours_per_week": "20" if "hours_per_week" not in unknown else "10",
        "starts_on": timezone.localdate().isoformat(),
        **{f"level_{key}": str(level) for key, level in ratings.items()},
        "level_curiosity": "",
    }
    assert {name: form[name] for name in expected} == expected
    assert mix_of(page) == OTHER_MIX
    assert not Roadmap.objects.exists()


def opened(client: Client, found: Assessment) -> dict[str, Any]:
    """What the form sends that the result led to."""
    page = page_of(client.post(address(found), target(), follow=True))
    number = re.search(r'<input type="hidden" name="assessment" value="(\d+)"', page)
    assert number
    mix = {f"mix_{role}": parts for role, parts in mix_of(page).items()}
    return {**mix, **chosen(page), "deadline_on": "", "assessment": number[1]}


def test_levels_of_single_skills_come_along_with_the_form(
    ana: User, ana_client: Client, precise: dict[str, int]
) -> None:
    sent = opened(ana_client, make_assessment(ana, precise=precise, goal=None))
    ana_client.post(reverse("roadmap-new"), {**sent, "hours_per_week": "7"})
    roadmap = Roadmap.objects.get()
    assert (roadmap.skill_levels, roadmap.hours_per_week) == (precise, 7)


def test_skills_of_a_competency_that_is_not_known_as_a_whole_come_along_and_its_level_stays_open(
    ana: User, ana_client: Client, precise: dict[str, int]
) -> None:
    ratings = {key: level for key, level in LEVELS.items() if key != "mathematics"}
    found = make_assessment(ana, ratings=ratings, precise=precise)
    ana_client.post(address(found), target())
    found.result["goal"] = None
    found.save()
    sent = opened(ana_client, found)
    assert sent["level_mathematics"] == ""
    ana_client.post(reverse("roadmap-new"), sent)
    usual = current_catalogue().situations["cs-undergraduate"].levels["mathematics"]
    for roadmap in Roadmap.objects.all():
        assert (roadmap.levels["mathematics"], roadmap.skill_levels) == (usual, precise)
    assert Roadmap.objects.count() == 2


def test_a_level_that_was_changed_in_the_form_counts_for_all_of_its_skills(
    ana: User, ana_client: Client, precise: dict[str, int]
) -> None:
    english = next(key for key, skill in current_catalogue().skills.items() if skill.competency == "english")
    sent = opened(ana_client, make_assessment(ana, precise={**precise, english: 1}, goal=None))
    for changed in ("0", ""):
        assert sent["level_mathematics"] not in changed
        ana_client.post(reverse("roadmap-new"), {**sent, "level_mathematics": changed})
        assert Roadmap.objects.latest("pk").skill_levels == {english: 1}


def test_the_assessment_stays_with_the_form_through_steppers_and_mistakes(ana: User, ana_client: Client) -> None:
    found = make_assessment(ana, goal=None)
    sent = opened(ana_client, found)
    kept = f'<input type="hidden" name="assessment" value="{found.pk}"'
    assert kept in page_of(ana_client.get(reverse("roadmap-new"), {**sent, "step": "engineer+1"}))
    assert kept in page_of(ana_client.post(reverse("roadmap-new"), {**sent, "step": "engineer+1"}, follow=True))
    assert kept in page_of(ana_client.post(reverse("roadmap-new"), {**sent, "hours_per_week": "0"}))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_the_preview_counts_levels_of_single_skills(ana: User, ana_client: Client, headers: dict[str, str]) -> None:
    found = make_assessment(ana, ratings=dict.fromkeys(LEVELS, 0), precise={"programming": 4}, goal=None)
    sent = opened(ana_client, found)

    def weeks(**changed: str) -> int:
        response = ana_client.get(reverse("roadmap-new"), {**sent, **changed}, headers=headers)
        (number,) = re.findall(r'class="preview-length"><strong>(\d+) weeks', page_of(response))
        return int(number)

    assert weeks() != weeks(assessment="")


def test_a_visitors_levels_of_single_skills_survive_the_form_and_signing_up(precise: dict[str, int]) -> None:
    found = make_assessment(None, precise=precise, situation=None)
    visitor = visitor_with(found)
    response = visitor.post(reverse("roadmap-new"), opened(visitor, found))
    sign_up(visitor, response["Location"])
    assert Roadmap.objects.get().skill_levels == precise


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "\u0661", "9" * 30, "somebody else's"])
def test_an_assessment_that_is_not_theirs_says_nothing(
    ana: User, ben: User, ben_client: Client, precise: dict[str, int], number: str
) -> None:
    found = make_assessment(ana, precise=precise)
    wanted = str(found.pk) if number == "somebody else's" else number
    sent = values(assessment=wanted, level_mathematics=1)
    page = page_of(ben_client.get(reverse("roadmap-new"), sent))
    assert 'name="assessment"' not in page
    ben_client.post(reverse("roadmap-new"), sent)
    assert Roadmap.objects.get().skill_levels == {}


@pytest.mark.parametrize(
    "query",
    [
        {"situation": "gone"},
        {"goal": "<script>"},
        {"hours_per_week": "0"},
        {"hours_per_week": "9" * 5000},
        {"level_english": "5"},
        {"level_english": ""},
        {"target_class": "9"},
        {"mix_engineer": "9"},
        {"mix_engineer": "x", "mix_researcher": "10"},
        {"deadline_on": "never"},
    ],
)
def test_what_a_link_says_wrongly_is_ignored(client: Client, query: dict[str, str]) -> None:
    plain, asked = client.get(reverse("roadmap-new")), client.get(reverse("roadmap-new"), query)
    assert asked.status_code == 200
    assert "errorlist" not in page_of(asked)
    assert (chosen(page_of(asked)), mix_of(page_of(asked))) == (chosen(page_of(plain)), mix_of(page_of(plain)))


def test_a_link_opens_the_form_with_what_it_says(client: Client) -> None:
    catalogue = current_catalogue()
    query = {"situation": list(catalogue.situations)[-1], "level_english": "3", "role": "engineer"}
    form = page_of(client.get(reverse("roadmap-new"), query))
    assert (chosen(form)["situation"], chosen(form)["level_english"]) == (query["situation"], "3")
    assert mix_of(form)["engineer"] == 6


def test_a_roadmap_with_levels_of_single_skills_opens(ana: User, ana_client: Client, precise: dict[str, int]) -> None:
    roadmap = make_roadmap(ana, skill_levels=precise)
    assert ana_client.get(roadmap.get_absolute_url()).status_code == 200
    assert (
        ana_client.get(reverse("milestone-put"), {"milestone": next(iter(current_catalogue().templates))}).status_code
        == 200
    )


# The form of a new roadmap starts with what is known


def test_the_form_starts_with_the_last_assessment_or_from_nothing(ana: User, ana_client: Client) -> None:
    make_assessment(ana, finished_at=timezone.now() - timedelta(days=9), hours_per_week=20)
    last = make_assessment(ana, goal="founding", hours_per_week=12)
    page = page_of(ana_client.get(reverse("roadmap-new")))
    assert f'name="assessment" value="{last.pk}"' in page
    assert re.search(r'name="hours_per_week" value="12"', page)
    assert re.search(r'name="goal" value="founding"[^>]* checked', page)
    assert all(f'name="mix_{role}" value="{parts}"' in page for role, parts in MIX.items())
    fresh = page_of(ana_client.get(f"{reverse('roadmap-new')}?fresh=on"))
    assert 'name="assessment"' not in fresh
    assert 'name="hours_per_week" value="10"' in fresh


def test_what_a_link_asks_for_counts_more_than_the_assessment(ana: User, ana_client: Client) -> None:
    make_assessment(ana)
    page = page_of(ana_client.get(f"{reverse('roadmap-new')}?role=engineer&goal=founding"))
    assert re.search(r'name="goal" value="founding"[^>]* checked', page)
    mix = mix_of(page)
    assert max(mix, key=lambda role: mix[role]) == "engineer"


def test_what_a_form_was_opened_without_stays_out_of_it(ana: User, ana_client: Client) -> None:
    make_assessment(ana, hours_per_week=33)
    part = page_of(ana_client.get(reverse("roadmap-new"), values(), headers=HTMX))
    assert 'name="assessment"' not in part


def test_a_form_without_a_first_day_is_told_so_and_takes_nothing_from_the_assessment(
    ana: User, ana_client: Client
) -> None:
    make_assessment(ana, hours_per_week=33)
    sent = ana_client.post(reverse("roadmap-new"), values(starts_on="", look="on"))
    page = page_of(ana_client.get(sent["Location"]))
    assert 'name="assessment"' not in page
    assert 'id="id_starts_on_error"' in page


def test_only_the_last_result_offers_to_be_made_more_exact(ana: User, ana_client: Client) -> None:
    earlier = make_assessment(ana, finished_at=timezone.now() - timedelta(days=9))
    last = make_assessment(ana)
    assert 'id="more-exactly"' in page_of(ana_client.get(last.get_absolute_url()))
    assert 'id="more-exactly"' not in page_of(ana_client.get(earlier.get_absolute_url()))


# Signing up keeps it


def test_signing_up_says_what_comes_along(client: Client) -> None:
    signup = reverse("account_signup")
    assert "yours as soon as you sign up" not in page_of(client.get(signup))
    client.post(reverse("assessment-ask", args=["rating", "mathematics"]), {"answer": "2"})
    assert "What you answered is kept" in page_of(client.get(signup))
    client.post(reverse("roadmap-new"), values())
    assert "The roadmap that you planned is kept" in page_of(client.get(signup))
