"""Planning a roadmap: the form, its steppers and its preview."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.responses.new_roadmaps import PENDING
from tests.factories import LEVELS, MIX
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.views.wishes import mix_of, values

pytestmark = pytest.mark.django_db

ROLES = list(MIX)


def at_field(response: Any, field: str) -> list[str]:
    """What a page says is wrong, at one field."""
    found = re.search(rf'<ul class="errorlist"[^>]*id="id_{field}_error"[^>]*>(.*?)</ul>', page_of(response), re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", unescape(found[1])) if found else []


# The form


def test_a_good_form_makes_a_roadmap_of_the_plan(ana_client: Client, ana: User) -> None:
    response = ana_client.post(reverse("roadmap-new"), values(deadline_on="2027-11-24", level_mathematics=3))
    roadmap = Roadmap.objects.get()
    assert response["Location"] == roadmap.get_absolute_url()
    assert roadmap.owner == ana
    assert (roadmap.role_mix, roadmap.target_class, roadmap.hours_per_week) == (MIX, 3, 10)
    assert (str(roadmap.starts_on), str(roadmap.deadline_on)) == ("2026-11-24", "2027-11-24")
    usual = current_catalogue().situations["cs-undergraduate"].levels
    assert roadmap.levels == {**usual, "mathematics": 3}
    milestones = list(Milestone.objects.on(roadmap))
    assert milestones
    for milestone in milestones:
        template = current_catalogue().templates[milestone.template]
        assert (milestone.title_ko, milestone.title_en) == (template.title.ko, template.title.en)
        texts = list(milestone.items.on_checklist().values_list("text_ko", "text_en"))
        assert texts == [(item.text.ko, item.text.en) for item in template.checklist]
        assert milestone.starts_on >= roadmap.starts_on
        assert milestone.reason
    assert not ChecklistItem.objects.exclude(owner=ana).exists()


def test_skills_that_are_usual_at_the_start_count_where_the_competency_was_left_as_usual(
    ana_client: Client, ana: User
) -> None:
    catalogue = current_catalogue()
    usual = catalogue.situations["field-expert"].skills
    domain = {key: level for key, level in usual.items() if catalogue.skills[key].competency == "domain"}
    assert domain
    assert domain != usual
    ana_client.post(reverse("roadmap-new"), values(situation="field-expert", level_domain=2))
    roadmap = Roadmap.objects.get()
    assert roadmap.levels["domain"] == 2
    assert roadmap.skill_levels == {key: level for key, level in usual.items() if key not in domain}


def test_the_page_opens_with_a_plan_and_nothing_to_complain_about(visitor: Client) -> None:
    response = visitor.get(reverse("roadmap-new"))
    assert response.status_code == 200
    assert "errorlist" not in page_of(response)
    assert re.search(r"The plan so far .* \d+ weeks", text_of(response))
    assert sum(mix_of(page_of(response)).values()) == 10


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hours_per_week", "0", "greater than or equal to 1"),
        ("hours_per_week", "61", "less than or equal to 60"),
        ("hours_per_week", "abc", "Enter a whole number."),
        ("hours_per_week", "9" * 5000, ""),
        ("hours_per_week", "", "This field is required."),
        ("starts_on", "1969-12-31", "Choose a day from 1970 on."),
        ("starts_on", "2201-01-01", "Choose a day up to 2200."),
        ("starts_on", "0001-01-01", "Choose a day from 1970 on."),
        ("starts_on", "2026-02-30", "Enter a valid date."),
        ("deadline_on", "9999-12-31", "Choose a day up to 2200."),
        ("deadline_on", "2026-11-23", "The deadline must not be before the start."),
        ("situation", "astronaut", "Select a valid choice."),
        ("goal", "fame", "Select a valid choice."),
        ("target_class", "4", "Select a valid choice."),
        ("target_class", "0", "Select a valid choice."),
        ("level_mathematics", "5", "Select a valid choice."),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "ana"])
def test_a_mistake_is_told_at_its_field_and_what_was_typed_is_kept(
    ana: User, who: str, field: str, value: str, said: str
) -> None:
    client = Client()
    if who == "ana":
        client.force_login(ana)
    response = client.post(reverse("roadmap-new"), values(**{"level_english": 2, field: value}))
    assert response.status_code == 422
    (message,) = at_field(response, field)
    assert said in message
    text = page_of(response)
    assert mix_of(text) == MIX
    assert re.search(r'<select name="level_english".*?<option value="2" selected>', text, re.DOTALL)
    if field in {"hours_per_week", "starts_on", "deadline_on"}:
        assert re.search(rf'name="{field}" value="{value}"', text) or not value
    assert not Roadmap.objects.exists()
    assert PENDING not in client.session


@pytest.mark.parametrize(
    "wrong",
    [
        {"mix_researcher": 3},
        {"mix_researcher": 11, "mix_engineer": -7},
        {"mix_researcher": ""},
        {"mix_researcher": "two"},
        {"mix_researcher": "9" * 5000},
    ],
)
def test_a_mix_that_does_not_add_up_to_ten_is_refused(ana_client: Client, wrong: dict[str, Any]) -> None:
    response = ana_client.post(reverse("roadmap-new"), values(**wrong))
    assert response.status_code == 422
    assert "The parts of the role mix must add up to ten." in text_of(response)
    assert sum(mix_of(page_of(response)).values()) == 10
    assert not Roadmap.objects.exists()


def test_what_is_no_field_is_ignored(ana_client: Client, ben: User) -> None:
    ana_client.post(reverse("roadmap-new"), values(owner=ben.pk, mix_king=10, title="x", level_magic=4))
    roadmap = Roadmap.objects.get()
    assert (roadmap.owner.name, roadmap.role_mix, set(roadmap.levels)) == ("Ana", MIX, set(LEVELS))


# The steppers


@pytest.mark.parametrize("htmx", [False, True])
def test_steppers_always_add_up_to_ten(visitor: Client, *, htmx: bool) -> None:
    mix = MIX
    for number in range(20):
        step = f"{ROLES[number * 7 % 4]}{'+1' if number % 3 else '-1'}"
        sent = values(**{f"mix_{role}": parts for role, parts in mix.items()}, step=step)
        response = visitor.get(reverse("roadmap-new"), sent, headers=HTMX if htmx else {})
        assert response.status_code == 200
        before, mix = mix, mix_of(page_of(response))
        assert set(mix) == set(MIX)
        assert sum(mix.values()) == 10
        assert all(0 <= parts <= 10 for parts in mix.values())
        role, wanted = step[:-2], before[step[:-2]] + (1 if step.endswith("+1") else -1)
        assert mix[role] == min(10, max(0, wanted))


def test_a_stepper_without_a_script_leads_to_an_address_without_the_token(visitor: Client) -> None:
    page = page_of(visitor.get(reverse("roadmap-new")))
    button = re.search(r'<button id="more-engineer"[^>]*>', page)
    assert button
    assert "formmethod" not in button[0]  # The form's own method sends it: nothing of it stands in the address.
    asked = visitor.post(reverse("roadmap-new"), values(step="engineer+1", csrfmiddlewaretoken="a" * 64))
    assert asked.status_code == 302
    assert "csrf" not in asked["Location"]
    assert mix_of(page_of(visitor.get(asked["Location"])))["engineer"] == MIX["engineer"] + 1


@pytest.mark.parametrize("step", ["", "+1", "nobody+1", "engineer", "engineer+2", "engineer-1-1", "\u0661", "a" * 1000])
def test_what_is_no_stepper_changes_nothing(visitor: Client, step: str) -> None:
    response = visitor.get(reverse("roadmap-new"), values(step=step))
    assert mix_of(page_of(response)) == MIX


@pytest.mark.parametrize("broken", [{"mix_engineer": "x"}, {"mix_engineer": 9}, {"mix_engineer": "9" * 5000}])
def test_a_stepper_on_a_broken_mix_starts_from_an_even_one(visitor: Client, broken: dict[str, Any]) -> None:
    response = visitor.get(reverse("roadmap-new"), values(**broken, step="researcher+1"))
    mix = mix_of(page_of(response))
    assert (sum(mix.values()), mix["researcher"]) == (10, 4)


def test_a_stepper_keeps_what_was_typed(visitor: Client) -> None:
    sent = values(step="engineer+1", hours_per_week="7", level_english=3)
    text = page_of(visitor.get(reverse("roadmap-new"), sent))
    assert 'name="hours_per_week" value="7"' in text
    assert re.search(r'<select name="level_english".*?<option value="3" selected>', text, re.DOTALL)


def test_a_stepper_that_was_posted_leads_to_the_page_with_that_mix(ana_client: Client) -> None:
    sent = values(step="engineer+1", csrfmiddlewaretoken="secret")
    response = ana_client.post(reverse("roadmap-new"), sent)
    assert response.status_code == 302
    assert response["Location"].startswith(f"{reverse('roadmap-new')}?")
    assert "secret" not in response["Location"]
    assert "step=" not in response["Location"]
    mix = mix_of(page_of(ana_client.get(response["Location"])))
    assert (mix["engineer"], sum(mix.values())) == (3, 10)
    assert not Roadmap.objects.exists()


# The preview


def test_a_preview_is_the_parts_that_changed_alone(visitor: Client) -> None:
    response = visitor.get(reverse("roadmap-new"), values(), headers=HTMX)
    text = page_of(response)
    assert "<html" not in text
    assert "<form" not in text
    assert re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob="true"', text) == ["role-mix", "plan-preview"]
    assert re.sub(r"\s", "", re.sub(r"<(fieldset|section) id=.*?</\1>", "", text, flags=re.DOTALL)) == ""
    assert text.count("hx-swap-oob") == 2


def test_a_preview_makes_nothing(ana_client: Client) -> None:
    ana_client.get(reverse("roadmap-new"), values())
    ana_client.get(reverse("roadmap-new"), values(), headers=HTMX)
    assert not Roadmap.objects.exists()


def test_a_preview_of_a_form_that_cannot_be_read_says_why(visitor: Client) -> None:
    response = visitor.get(reverse("roadmap-new"), values(hours_per_week="99"), headers=HTMX)
    assert response.status_code == 200
    assert "Ensure this value is less than or equal to 60." in text_of(response)
    assert 'class="preview-length"' not in page_of(response)


def titles_in(text: str) -> list[str]:
    """The milestones that a part of a preview lists."""
    found = re.findall(r'<span class="stop-title">(.*?)</span>', text)
    return [re.sub("<[^>]*>", "", unescape(title)) for title in found]


@pytest.mark.parametrize("size", ["essential", "solid", "thorough"])
def test_the_preview_is_what_the_roadmap_becomes(ana_client: Client, size: str) -> None:
    preview = page_of(ana_client.get(reverse("roadmap-new"), values(size=size)))
    first, whole = (titles_in(part) for part in preview.split("<h3>The whole plan</h3>"))
    ana_client.post(reverse("roadmap-new"), values(size=size))
    made = [milestone.title_en.replace("`", "") for milestone in Milestone.objects.order_by("position")]
    begun = Milestone.objects.order_by("starts_on", "ends_on", "position")[: len(first)]
    assert whole == made
    assert first == [milestone.title_en.replace("`", "") for milestone in begun]
    assert Roadmap.objects.get().size == size


def test_the_first_milestones_of_the_preview_say_why(visitor: Client) -> None:
    text = page_of(visitor.get(reverse("roadmap-new"), values(), headers=HTMX)).split("<h3>The whole plan</h3>")[0]
    assert text.count('<ul class="reason-list">') == text.count('<span class="stop-title">') > 0
    assert not re.search(r'<ul class="reason-list">\s*</ul>', text)


def test_the_preview_says_what_each_size_takes_and_closes(visitor: Client) -> None:
    said = {}
    for size in ("essential", "solid", "thorough"):
        text = text_of(visitor.get(reverse("roadmap-new"), values(size=size)))
        weeks, hours = map(int, re.findall(r"The plan so far .*? (\d+) weeks until .*? · (\d+) hours", text)[0])
        said[size] = weeks, hours
        sizes = re.findall(r"(Essential|Solid|Thorough) (\d+) weeks · (\d+) h · (\d+)% of the gap", text)
        assert [name for name, *_ in sizes] == ["Essential", "Solid", "Thorough"]
        assert [int(share) for *_, share in sizes] == sorted(int(share) for *_, share in sizes)
        assert (int(sizes[0][3]), int(sizes[1][3]), int(sizes[2][3])) >= (60, 85, 100)
        assert {name.lower(): (int(w), int(h)) for name, w, h, _ in sizes}[size] == said[size]
    assert said["essential"][1] < said["solid"][1] < said["thorough"][1]


def test_a_form_without_a_size_asks_for_a_solid_plan_and_one_that_is_none_is_told(ana_client: Client) -> None:
    ana_client.post(reverse("roadmap-new"), values())
    assert Roadmap.objects.get().size == "solid"
    response = ana_client.post(reverse("roadmap-new"), values(size="huge"))
    assert response.status_code == 422
    assert at_field(response, "size")


def test_show_the_plan_leads_to_an_address_without_the_forms_token(visitor: Client) -> None:
    response = visitor.post(
        reverse("roadmap-new"), {**values(size="essential"), "look": "on", "csrfmiddlewaretoken": "x"}
    )
    assert response.status_code == 302
    assert "size=essential" in response["Location"]
    assert "token" not in response["Location"]
    assert "look" not in response["Location"]
    assert response["Location"].endswith("#plan-preview")
    assert "=&" not in response["Location"]  # What was left open is not in it.
    assert visitor.get(response["Location"]).status_code == 200
    assert not Roadmap.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"deadline_on": "2200-12-31"}, "Everything fits before the deadline."),
        ({"deadline_on": "2027-02-24"}, "Not everything fits before the deadline."),
        ({"deadline_on": "2027-02-24"}, "milestones are left out."),
        ({"deadline_on": "2026-11-24"}, "No realistic number of hours a week would be enough."),
        ({"deadline_on": "2026-11-24"}, "milestones that every plan needs end after the deadline."),
    ],
)
def test_the_deadlines_verdict(visitor: Client, changed: dict[str, str], said: str) -> None:
    text = text_of(visitor.get(reverse("roadmap-new"), values(**changed)))
    assert said in text


def test_the_hours_that_would_be_enough_are_enough(visitor: Client) -> None:
    text = text_of(visitor.get(reverse("roadmap-new"), values(deadline_on="2028-01-01", hours_per_week=4)))
    found = re.search(r"With (\d+) hours a week everything would fit\.", text)
    assert found
    for hours, verdict in ((int(found[1]), "Everything fits"), (int(found[1]) - 1, "Not everything fits")):
        changed = values(deadline_on="2028-01-01", hours_per_week=hours)
        assert verdict in text_of(visitor.get(reverse("roadmap-new"), changed))


def test_no_deadline_no_verdict(visitor: Client) -> None:
    text = text_of(visitor.get(reverse("roadmap-new"), values()))
    assert "before the deadline" not in text


def test_somebody_who_can_do_it_all_is_told_so(ana_client: Client) -> None:
    able = values(**{f"level_{key}": 4 for key in LEVELS})
    response = ana_client.get(reverse("roadmap-new"), able)
    assert response.status_code == 200
    response = ana_client.post(reverse("roadmap-new"), able, follow=True)
    assert response.status_code == 200


STARTS = [
    ("high-school", "university"),
    ("field-expert", "where-i-am"),
    ("phd-student", "research-job"),
    ("scientist", "graduate-school"),
    ("career-break", "employment"),
    ("field-expert", "founding"),
]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("situation", "goal"), STARTS)
@pytest.mark.parametrize("target_class", [3, 2, 1])
def test_every_target_has_a_preview_in_both_languages(
    visitor: Client, language: str, situation: str, goal: str, target_class: int
) -> None:
    sent = values(situation=situation, goal=goal, target_class=target_class)
    response = visitor.get(reverse("roadmap-new"), sent, headers={"Accept-Language": language})
    text = page_of(response)
    assert f'<html lang="{language}"' in text
    assert 'class="preview-length"' in text
    assert "errorlist" not in text
