"""Milestones of the catalogue, put into a roadmap that is there already."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from content.catalogue import Catalogue, current_catalogue
from roadmap import changes
from roadmap.changes import adding
from roadmap.models import ChecklistItem, Milestone, Roadmap
from tests import PASSWORD, steps
from tests.browser import Pages, axe, sign_up
from tests.factories import make_roadmap
from tests.reading import HTMX
from tests.steps import ROADMAP
from tests.visitor import WISH

PUT = "/roadmaps/put/"
FIRST = "linear-algebra-working"


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    """The catalogue."""
    return current_catalogue()


def deep(catalogue: Catalogue) -> str:
    """A milestone whose prerequisites have prerequisites."""
    return next(
        key
        for key, each in catalogue.templates.items()
        if any(catalogue.templates[other].requires for other in each.requires if other in catalogue.templates)
    )


def put(client: Client, roadmap: Roadmap, *keys: str, **headers: str) -> Any:
    return client.post(PUT, {"roadmap": roadmap.pk, "milestone": keys}, headers=headers)


def keys_on(roadmap: Roadmap) -> list[str]:
    """What of the catalogue is on a roadmap, in the order of the route."""
    return [each.template for each in Milestone.objects.on(roadmap) if not each.template.startswith("milestone-")]


def checked(page: str) -> set[str]:
    return set(re.findall(r'name="milestone" value="([\w-]+)" checked', page))


# Putting


def test_a_milestone_is_copied_with_its_checklist_and_where_it_comes_from(
    ana: User, ana_client: Client, catalogue: Catalogue
) -> None:
    roadmap = make_roadmap(ana)
    before = roadmap.version
    response = put(ana_client, roadmap, FIRST)
    made = Milestone.objects.get(roadmap=roadmap, template=FIRST)
    assert response["Location"] == f"{made.get_absolute_url()}#panel"
    template = catalogue.templates[FIRST]
    assert (made.pack_version, made.hours, made.owner) == (catalogue.pack.version, template.hours, ana)
    assert (made.title_ko, made.title_en) == (template.title.ko, template.title.en)
    assert list(made.items.values_list("template", "text_ko", "text_en", "owner")) == [
        (item.id, item.text.ko, item.text.en, ana.pk) for item in template.checklist
    ]
    roadmap.refresh_from_db()
    assert roadmap.version > before
    assert [event.kind for event in roadmap.events.all()] == ["milestone-added"]
    assert ana_client.get(made.get_absolute_url()).status_code == 200


def test_what_is_put_starts_after_what_is_open_and_takes_what_the_weekly_hours_allow(
    ana: User, ana_client: Client, catalogue: Catalogue
) -> None:
    roadmap = make_roadmap(ana, hours_per_week=5)
    last = max(each.ends_on for each in Milestone.objects.on(roadmap))
    put(ana_client, roadmap, FIRST)
    made = Milestone.objects.get(roadmap=roadmap, template=FIRST)
    assert made.starts_on == last + timedelta(days=1)
    days = (made.ends_on - made.starts_on).days + 1
    assert (days - 1) * 5 < made.hours * 7 <= days * 5


def test_nothing_is_put_before_today(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, starts_on=timezone.localdate() - timedelta(days=900))
    put(ana_client, roadmap, FIRST)
    assert Milestone.objects.get(roadmap=roadmap, template=FIRST).starts_on == timezone.localdate()


def test_what_is_put_stands_in_its_phase_after_the_last_that_is_open(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, milestones=3)
    phase = roadmap.phases.get()
    phase.key = current_catalogue().templates[FIRST].phase
    phase.save(update_fields=["key"])
    third = Milestone.objects.get(roadmap=roadmap, title_en="Milestone 3")
    ChecklistItem.objects.filter(milestone=third).update(done_at=timezone.now())
    put(ana_client, roadmap, FIRST)
    titles = [each.template for each in Milestone.objects.on(roadmap)]
    assert titles == ["milestone-1", "milestone-2", FIRST, "milestone-3"]
    assert roadmap.phases.count() == 1


def test_prerequisites_that_are_missing_are_offered_chosen_and_come_first(
    ana: User, ana_client: Client, catalogue: Catalogue
) -> None:
    key = deep(catalogue)
    roadmap = make_roadmap(ana, levels={})
    page = ana_client.get(PUT, {"milestone": key}).content.decode()
    needed = adding.missing_first({key}, set(), {}, catalogue)
    assert len(needed) > 1
    assert checked(page) == {key, *needed}
    put(ana_client, roadmap, *checked(page))
    on_it = keys_on(roadmap)
    assert set(on_it) == {key, *needed}
    made = {each.template: each for each in Milestone.objects.on(roadmap)}
    for each in on_it:
        for other in catalogue.templates[each].requires:
            if other in made and not made[other].companion:
                assert made[other].ends_on < made[each].starts_on, (other, each)
    # The one that opens another says so.
    assert any(made[other].reason.get("unlocks") for other in needed)


def test_prerequisites_that_are_there_or_mastered_are_not_offered(catalogue: Catalogue) -> None:
    key = deep(catalogue)
    needed = adding.missing_first({key}, set(), {}, catalogue)
    one = catalogue.templates[key].requires[0]
    assert one not in adding.missing_first({key}, {one}, {}, catalogue)
    expert = dict.fromkeys(catalogue.skills, 4)
    assert needed
    assert not adding.missing_first({key}, set(), expert, catalogue)


def test_a_level_of_a_single_skill_counts_in_what_is_needed_first(ana: User, catalogue: Catalogue) -> None:
    key = deep(catalogue)
    one = next(each for each in catalogue.templates[key].requires if catalogue.templates[each].raises)
    able = dict(catalogue.templates[one].raises)
    for skills, needed in (({}, True), (able, False)):
        roadmap = make_roadmap(ana, levels={}, skill_levels=skills)
        assert (one in {each.id for each in adding.offer(roadmap, [key], catalogue).needs}) is needed


def test_a_level_of_a_single_skill_counts_in_why_something_is_there(ana: User, catalogue: Catalogue) -> None:
    template = next(each for each in catalogue.templates.values() if max(each.raises.values(), default=0) > 1)
    skill = max(template.raises, key=lambda key: template.raises[key])
    for skills, start in (({}, 0), ({skill: 1}, 1)):
        roadmap = make_roadmap(ana, levels={}, skill_levels=skills, target_class=1)
        (made,), _shown = adding.put(roadmap, [template.id], catalogue, at=timezone.now(), today=timezone.localdate())
        assert [gap["from"] for gap in made.reason["closes"] if gap["skill"] == skill] == [start]


def test_putting_twice_puts_once_and_opens_what_is_there(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana)
    first = put(ana_client, roadmap, FIRST)
    again = put(ana_client, roadmap, FIRST)
    assert first["Location"] == again["Location"]
    assert keys_on(roadmap) == [FIRST]
    assert roadmap.events.count() == 1
    page = ana_client.get(PUT, {"milestone": FIRST}).content.decode()
    assert not checked(page)
    assert f'href="{first["Location"]}"' in page
    assert "Put them there" not in page


def test_one_undo_takes_all_of_it_back_and_another_puts_it_there_again(
    ana: User, ana_client: Client, catalogue: Catalogue
) -> None:
    roadmap = make_roadmap(ana)
    keys = list(catalogue.templates)[:3]
    put(ana_client, roadmap, *keys)
    assert len(keys_on(roadmap)) == 3
    undone = ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": roadmap.events.get().pk})
    assert keys_on(roadmap) == []
    # The page that undo leads to is there.
    assert ana_client.get(undone["Location"].partition("#")[0]).status_code == 200
    last = roadmap.events.last()
    assert last
    ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": last.pk}, headers=HTMX)
    assert sorted(keys_on(roadmap)) == sorted(keys)
    back = roadmap.events.last()
    assert back
    changes.undo(back, at=timezone.now())
    assert keys_on(roadmap) == []
    put(ana_client, roadmap, keys[0])
    assert keys_on(roadmap) == [keys[0]]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
def test_undoing_a_milestone_that_was_put_shows_the_roadmap_without_it(
    ana: User, ana_client: Client, headers: dict[str, str]
) -> None:
    roadmap = make_roadmap(ana)
    put(ana_client, roadmap, FIRST)
    title = Milestone.objects.get(roadmap=roadmap, template=FIRST).title_en
    response = ana_client.post(
        reverse("roadmap-undo", args=[roadmap.pk]),
        {"event": roadmap.events.get().pk},
        headers=headers,
        follow=not headers,
    )
    assert response.status_code == 200
    assert title not in response.content.decode()


def test_every_milestone_of_the_catalogue_can_be_put(ana: User, ana_client: Client, catalogue: Catalogue) -> None:
    roadmap = make_roadmap(ana, milestones=0)
    made, _shown = adding.put(roadmap, catalogue.templates, catalogue, at=timezone.now(), today=timezone.localdate())
    assert {each.template for each in made} == set(catalogue.templates)
    assert ana_client.get(roadmap.get_absolute_url()).status_code == 200
    assert ana_client.get(made[-1].get_absolute_url()).status_code == 200


def test_a_roadmap_that_is_full_says_so(ana: User, ana_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    roadmap = make_roadmap(ana)
    monkeypatch.setattr(changes.limits, "MAX_MILESTONES", 2)
    response = put(ana_client, roadmap, FIRST)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert keys_on(roadmap) == []


@pytest.mark.parametrize("keys", [[], ["nobody"], ["\x00", "a" * 5000]])
def test_nothing_that_the_catalogue_knows_is_refused_in_words(ana: User, ana_client: Client, keys: list[str]) -> None:
    roadmap = make_roadmap(ana)
    response = put(ana_client, roadmap, *keys)
    assert response.status_code in {400, 422}
    assert ana_client.get(PUT, {"milestone": ["nobody"]}).status_code == 200
    assert keys_on(roadmap) == []


# Which roadmap


def test_the_newest_roadmap_is_chosen_until_another_is(ana: User, ana_client: Client) -> None:
    now = timezone.now()
    old, new = (make_roadmap(ana, title=f"{days} days old", at=now - timedelta(days=days)) for days in (9, 1))
    gone = make_roadmap(ana, title="Put away", archived_at=now)
    page = ana_client.get(PUT, {"milestone": FIRST}).content.decode()
    assert f'value="{new.pk}" checked' in page
    assert f'value="{old.pk}"' in page
    assert f'value="{gone.pk}"' not in page
    put(ana_client, old, FIRST)
    assert FIRST in checked(ana_client.get(PUT, {"milestone": FIRST}).content.decode())
    assert not checked(ana_client.get(PUT, {"milestone": FIRST, "roadmap": str(old.pk)}).content.decode())


def test_without_a_roadmap_one_is_made_first(ana_client: Client) -> None:
    response = ana_client.get(PUT, {"milestone": FIRST}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("roadmap-new")
    assert "First make a roadmap" in response.content.decode()


def test_what_was_chosen_waits_until_the_first_roadmap_is_made(ana_client: Client) -> None:
    ana_client.get(PUT, {"milestone": ["prove-something-new", "kaggle-first"]})
    made = ana_client.post(reverse("roadmap-new"), WISH)
    # What the plan has anyway is not asked about again.
    assert made["Location"] == f"{PUT}?milestone=prove-something-new"
    assert "prove-something-new" in checked(ana_client.get(made["Location"]).content.decode())
    again = ana_client.post(reverse("roadmap-new"), WISH)
    assert again["Location"] == Roadmap.objects.order_by("-pk")[0].get_absolute_url()


@pytest.mark.parametrize("wanted", ["", "0", "x", "9" * 400, "-1", "١"])
def test_a_roadmap_that_is_not_ones_own_is_404(ana: User, ben: User, ben_client: Client, wanted: str) -> None:
    foreign = make_roadmap(ana)
    make_roadmap(ben)
    for roadmap in (foreign.pk, wanted):
        assert ben_client.post(PUT, {"roadmap": roadmap, "milestone": [FIRST]}).status_code == 404
    assert ben_client.get(PUT, {"roadmap": str(foreign.pk), "milestone": FIRST}).status_code == 404
    assert keys_on(foreign) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_signs_up_and_comes_back_with_what_they_chose(db: None, method: str) -> None:
    keys = [FIRST, "kaggle-first"]
    client = Client()
    response = getattr(client, method)(PUT, {"milestone": keys})
    leads_to = urlsplit(response["Location"])
    assert leads_to.path == reverse("account_signup")
    back = parse_qs(leads_to.query)["next"][0]
    assert parse_qs(urlsplit(back).query)["milestone"] == keys
    signed_up = client.post(response["Location"], {"email": "new@example.org", "password1": PASSWORD, "next": back})
    assert signed_up["Location"] == back


def test_pages_of_the_catalogue_lead_here_by_plain_links(catalogue: Catalogue) -> None:
    client = Client()
    for path in ("competencies/mathematics/", "activities/kaggle/", f"milestones/{FIRST}/"):
        page = client.get(f"/en/{path}").content.decode()
        found = re.findall(r'href="/roadmaps/put/\?([^"]+)"', page)
        assert found, path
        for query in found:
            assert set(parse_qs(query.replace("&amp;", "&"))["milestone"]) <= set(catalogue.templates)


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_visitor_puts_a_milestone_into_a_roadmap_that_they_make_on_the_way(
    new_page: Pages, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript, width=360, dark=javascript)
    page.goto("/en/milestones/prove-something-new/")
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Put this into my roadmap").first.click()
    page.fill("#id_email", f"putting-{javascript}@example.org")
    page.fill("#id_password1", PASSWORD)
    page.locator("main form button.act").click()
    page.locator("#make").click()
    page.wait_for_url(f"**{PUT}?milestone=prove-something-new")
    page.get_by_role("button", name="Put them there").click()
    expect(page.locator("#panel-title")).to_have_text(title)


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_person_with_two_roadmaps_chooses_into_which(new_page: Pages, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, width=360, dark=javascript)
    sign_up(page)
    steps.make_roadmap(page)
    page.goto("/roadmaps/new/?role=engineer")
    page.locator("#make").click()
    page.wait_for_url(ROADMAP)
    page.goto("/en/guide/")
    page.locator(".entry h3 a").first.click()
    page.get_by_role("link", name=re.compile("Put this into my roadmap")).first.click()
    if javascript:
        axe(page)
    page.goto(f"{PUT}?milestone={FIRST}&milestone=prove-something-new")
    assert page.locator("[name=roadmap][type=radio]").count() == 2
    page.locator("[name=roadmap][type=radio]").last.check()
    if not javascript:
        page.get_by_role("button", name="Choose this roadmap").click()
    chosen = page.locator("[name=roadmap][type=radio]:checked").get_attribute("value") or ""
    expect(page.locator("#put-form [name=roadmap]")).to_have_value(chosen)
    page.get_by_role("button", name="Put them there").click()
    page.wait_for_url(re.compile(rf"/roadmaps/{chosen}/milestones/"))
    expect(page.locator("#panel-title")).to_be_visible()
