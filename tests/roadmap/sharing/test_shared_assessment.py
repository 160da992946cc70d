"""An assessment behind a link, alone or beside a roadmap."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Answer, Assessment
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.models import ChecklistItem, Milestone, Roadmap, ShareLink
from roadmap.sharing.links import MAX_LIVE, forget_assessment
from roadmap.sharing.links import make_link as make_one_more
from tests.factories import make_assessment, make_link, make_roadmap, token_of
from tests.reading import HTMX, page_of, text_of
from tests.roadmap.sharing.links import (
    PRIVATE,
    SAID,
    Shown,
    address_of,
    later,
    of_the_assessment,
    shows_assessment,
    visits,
)

pytestmark = pytest.mark.django_db

SENT = {"label": "Professor Kim", "owner_name": "Ana", "days": 7}
OFFER = "Show my latest assessment too"


def test_a_mentor_sees_the_assessment_and_no_form(shown: Shown, mentor: Client) -> None:
    response = mentor.get(shown[1])
    assert shows_assessment(response)
    main = page_of(response)[page_of(response).index("<main") : page_of(response).index("</main>")]
    assert "<form" not in main
    assert "<button" not in main
    assert "hx-" not in main
    assert main.count("<h1>") == 1
    assert "Ana" in main


def test_the_assessments_page_is_private(shown: Shown, mentor: Client) -> None:
    for headers in ({}, HTMX):
        response = mentor.get(shown[1], headers=headers)
        assert {name: response[name] for name in PRIVATE} == PRIVATE
        assert '<meta name="robots" content="noindex, nofollow">' in page_of(response)
        assert '<meta name="referrer" content="no-referrer">' in page_of(response)
        assert "ETag" not in response.headers


@pytest.mark.parametrize("language", ["en", "ko"])
def test_behind_an_assessments_link_nothing_is_private(
    shown: Shown, mentor: Client, ana: User, ana_client: Client, ben_client: Client, language: str
) -> None:
    link, address = shown
    make_assessment(ana, given=[{**asdict(SAID), "option": {"ko": "나중 답", "en": "A later answer"}}])
    make_roadmap(ana, title="The other roadmap")
    Milestone.objects.update(notes="Secret thoughts")
    headers = {"Accept-Language": language}
    for client in (mentor, ben_client):
        page = page_of(client.get(address, headers=headers))
        for text in (ana.email, "ana@", "Secret thoughts", "The other roadmap", "Professor Kim", "A later", "나중 답"):
            assert text not in page, text
    page = page_of(ana_client.get(reverse("link-preview-assessment", args=[link.pk])))
    assert "Secret thoughts" not in page


def test_finished_milestones_of_the_owner_back_what_a_mentor_reads(
    shown: Shown, mentor: Client, ana: User, ben: User, ben_client: Client
) -> None:
    key, template = next(
        (key, each) for key, each in current_catalogue().templates.items() if max(each.raises.values(), default=0)
    )
    skill = current_catalogue().skills[next(iter(template.raises))].name.en

    def evidence(client: Client) -> str:
        page = page_of(client.get(shown[1]))
        row = re.search(rf'<th scope="row">{re.escape(skill)}</th>(.*?)</tr>', page)
        assert row
        return str(re.findall(r"<td[^>]*>(.*?)</td>", row[1])[1])

    for owner in (ben, ana):
        assert evidence(mentor) == evidence(ben_client) == "–"
        done = make_roadmap(owner, milestones=1, items=1)
        Milestone.objects.filter(roadmap=done).update(template=key)
        ChecklistItem.objects.filter(roadmap=done).update(done_at=timezone.now())
    assert evidence(mentor) == evidence(ben_client) == str(next(iter(template.raises.values())))


@pytest.mark.parametrize("way", ["expired", "revoked", "deleted", "unknown"])
def test_a_closed_link_shows_no_assessment(shown: Shown, mentor: Client, way: str) -> None:
    link, address = shown
    now = timezone.now()
    if way == "deleted":
        link.delete()
    elif way == "unknown":
        address = address.replace(token_of(link), "A" * 43)
    else:
        changed = {"expired": {"expires_at": now}, "revoked": {"revoked_at": now}}[way]
        ShareLink.objects.filter(pk=link.pk).update(**changed)
    response = mentor.get(address)
    assert response.status_code == 404
    assert {name: response[name] for name in PRIVATE} == PRIVATE
    neutral = re.sub(r'value="[^"]*"', "", page_of(response))
    assert neutral == re.sub(r'value="[^"]*"', "", page_of(mentor.get(reverse("shared", args=["B" * 43]))))


def test_a_link_to_a_roadmap_alone_shows_no_assessment(link: ShareLink, assessment: Assessment, mentor: Client) -> None:
    assert mentor.get(of_the_assessment(link)).status_code == 404
    link.refresh_from_db()
    assert link.visits == 0
    assert of_the_assessment(link) not in page_of(mentor.get(address_of(link)))


def test_a_link_to_both_shows_the_roadmap_and_leads_to_the_assessment_and_back(
    roadmap: Roadmap, assessment: Assessment, mentor: Client
) -> None:
    link = make_link(roadmap, assessment)
    page = page_of(mentor.get(address_of(link)))
    assert roadmap.title in page
    assert "Milestone 1" in page
    assert "An answer to recognise" not in page
    assert f'href="{of_the_assessment(link)}"' in page
    assert f'href="{address_of(link)}"' in page_of(mentor.get(of_the_assessment(link)))


def test_opening_the_assessment_is_a_visit(shown: Shown, mentor: Client) -> None:
    link, address = shown
    mentor.head(address)
    assert visits(link) == 0
    for _ in range(2):
        mentor.get(address)
    mentor.get(address_of(link))
    assert visits(link) == 1
    later(link, hours=1)
    mentor.get(address)
    assert visits(link) == 2


def test_reading_an_assessment_changes_nothing(shown: Shown, mentor: Client) -> None:
    before = serializers.serialize("json", [*Assessment.objects.all(), *Answer.objects.all(), *Roadmap.objects.all()])
    mentor.get(shown[1], {"class": "1", "step": "engineer+1"})
    after = serializers.serialize("json", [*Assessment.objects.all(), *Answer.objects.all(), *Roadmap.objects.all()])
    assert after == before
    for method in ("post", "put", "delete"):
        assert getattr(mentor, method)(shown[1]).status_code == 405


def test_a_link_keeps_showing_the_assessment_that_was_the_latest(
    roadmap: Roadmap, assessment: Assessment, ana: User, ana_client: Client, mentor: Client
) -> None:
    make_assessment(ana, finished_at=timezone.now() - timedelta(days=9))
    ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), {**SENT, "with_assessment": "on"})
    link = ShareLink.objects.get()
    assert (link.roadmap, link.assessment, link.owner) == (roadmap, assessment, ana)
    make_assessment(ana, finished_at=timezone.now() + timedelta(minutes=1))
    assert shows_assessment(mentor.get(of_the_assessment(link)))


def test_an_assessment_is_shown_only_when_it_was_asked_for(
    roadmap: Roadmap, assessment: Assessment, ana_client: Client
) -> None:
    share = reverse("roadmap-share", args=[roadmap.pk])
    page = page_of(ana_client.get(share))
    (box,) = re.findall(r'<input type="checkbox" name="with_assessment"[^>]*>', page)
    assert "checked" not in box
    assert OFFER in page
    ana_client.post(share, SENT)
    assert ShareLink.objects.get().assessment is None


def test_without_a_finished_assessment_none_is_offered(
    roadmap: Roadmap, ana: User, ben: User, ana_client: Client
) -> None:
    make_assessment(ben)
    Assessment.objects.create(owner=ana, started_at=timezone.now(), touched_at=timezone.now())
    share = reverse("roadmap-share", args=[roadmap.pk])
    assert OFFER not in page_of(ana_client.get(share))
    ana_client.post(share, {**SENT, "with_assessment": "on"})
    assert ShareLink.objects.get().assessment is None


def test_a_link_to_an_assessment_is_made_shown_and_revoked(
    assessment: Assessment, ana_client: Client, mentor: Client
) -> None:
    share = reverse("assessment-share", args=[assessment.pk])
    page = page_of(ana_client.get(share))
    assert OFFER not in page
    assert f'href="{assessment.get_absolute_url()}"' in page
    response = ana_client.post(share, SENT)
    link = ShareLink.objects.get()
    assert response["Location"] == f"{share}#link-{link.pk}"
    assert (link.roadmap, link.assessment) == (None, assessment)
    page = page_of(ana_client.get(share))
    assert address_of(link) in page
    assert "<svg" in page[page.index('class="qr"') :]
    assert shows_assessment(mentor.get(address_of(link)))
    response = ana_client.post(reverse("link-revoke", args=[link.pk]))
    assert response["Location"] == share
    assert mentor.get(address_of(link)).status_code == 404


def test_a_link_to_an_assessment_without_its_facts_is_refused(assessment: Assessment, ana_client: Client) -> None:
    share = reverse("assessment-share", args=[assessment.pk])
    response = ana_client.post(share, {**SENT, "label": ""})
    assert response.status_code == 422
    assert 'id="id_label_error"' in page_of(response)
    for _ in range(30):
        make_link(assessment=assessment)
    assert ana_client.post(share, SENT).status_code == 422
    assert ShareLink.objects.count() == 30


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_somebody_elses_assessment_is_not_shared(
    assessment: Assessment, ben: User, ben_client: Client, headers: dict[str, str]
) -> None:
    share = reverse("assessment-share", args=[assessment.pk])
    visitors = make_assessment(None)
    for address in (share, reverse("assessment-share", args=[visitors.pk])):
        assert ben_client.get(address, headers=headers).status_code == 404
        assert ben_client.post(address, SENT, headers=headers).status_code == 404
    link = make_link(assessment=assessment)
    for name in ("link-preview", "link-preview-assessment"):
        assert ben_client.get(reverse(name, args=[link.pk]), headers=headers).status_code == 404
    assert ben_client.post(reverse("link-revoke", args=[link.pk]), headers=headers).status_code == 404
    assert Client().get(share, headers=headers).status_code in {204, 302}
    assert ShareLink.objects.live(timezone.now()).count() == 1


def test_an_assessment_under_way_is_not_shared(ana: User, ana_client: Client) -> None:
    under_way = Assessment.objects.create(owner=ana, started_at=timezone.now(), touched_at=timezone.now())
    assert ana_client.get(reverse("assessment-share", args=[under_way.pk])).status_code == 404


def test_a_link_to_both_is_listed_where_each_of_them_is_shared(
    roadmap: Roadmap, assessment: Assessment, ana_client: Client
) -> None:
    both, alone = make_link(roadmap, assessment, label="Both"), make_link(assessment=assessment, label="Alone")
    of_roadmap = text_of(ana_client.get(reverse("roadmap-share", args=[roadmap.pk])))
    of_assessment = text_of(ana_client.get(reverse("assessment-share", args=[assessment.pk])))
    assert "Both with your assessment of" in of_roadmap
    assert "Alone" not in of_roadmap
    assert f"Both with the roadmap “{roadmap.title}”" in of_assessment
    assert "Alone" in of_assessment
    assert ana_client.post(reverse("link-revoke", args=[both.pk]))["Location"] == reverse(
        "roadmap-share", args=[roadmap.pk]
    )
    assert ana_client.post(reverse("link-revoke", args=[alone.pk]))["Location"].endswith(f"/{assessment.pk}/share/")


def test_the_preview_of_an_assessment_is_the_mentors_page_and_counts_no_visit(
    shown: Shown, mentor: Client, ana_client: Client
) -> None:
    link, address = shown

    def main(response: Any) -> str:
        text = page_of(response)
        return re.sub(
            r'href="[^"]*">The roadmap', "", text[text.index('<article class="shared') : text.index("</article>")]
        )

    preview = ana_client.get(reverse("link-preview-assessment", args=[link.pk]))
    assert "This is what your mentor sees." in text_of(preview)
    assert main(preview) == main(mentor.get(address))
    later(link, hours=1)
    before = visits(link)
    page = page_of(ana_client.get(reverse("link-preview", args=[link.pk])))
    inner = re.findall(r'href="(/roadmaps/links/\d+/preview/assessment/)"', page)
    assert len(inner) == (1 if link.roadmap else 0)
    for there in inner:
        assert shows_assessment(ana_client.get(there))
        assert reverse("link-preview", args=[link.pk]) in page_of(ana_client.get(there))
    assert address_of(link) not in page
    assert visits(link) == before


def test_a_link_that_shows_no_assessment_has_no_preview_of_one(link: ShareLink, ana_client: Client) -> None:
    assert ana_client.get(reverse("link-preview-assessment", args=[link.pk])).status_code == 404


def test_a_link_shows_something_and_only_one_persons(roadmap: Roadmap, ben: User) -> None:
    facts: dict[str, Any] = {"label": "x", "owner_name": "x", "at": timezone.now(), "days": 1}
    with pytest.raises(ValueError, match="one person"):
        ShareLink.make(**facts)
    with pytest.raises(ValueError, match="one person"):
        ShareLink.make(roadmap, make_assessment(ben), **facts)
    link = make_link(roadmap)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(roadmap=None)


def test_deleting_an_assessment_closes_what_shows_nothing_else(
    shown: Shown, mentor: Client, ana_client: Client
) -> None:
    link, address = shown
    assert link.assessment
    ana_client.post(reverse("assessment-delete", args=[link.assessment.pk]))
    assert mentor.get(address).status_code == 404
    assert mentor.get(address_of(link)).status_code == (200 if link.roadmap else 404)
    assert ShareLink.objects.exists() == bool(link.roadmap)


def test_the_page_that_deletes_a_roadmap_counts_a_link_that_shows_an_assessment_too(
    roadmap: Roadmap, assessment: Assessment, ana_client: Client
) -> None:
    make_link(roadmap, assessment)
    page = text_of(ana_client.get(reverse("roadmap-delete", args=[roadmap.pk])))
    assert "1 open link, which stops working" in page


def test_deleting_a_person_deletes_their_links_of_every_kind(
    ana: User, roadmap: Roadmap, assessment: Assessment
) -> None:
    make_link(roadmap)
    make_link(assessment=assessment)
    make_link(roadmap, assessment)
    ana.delete()
    assert not ShareLink.objects.exists()


def test_deleting_a_roadmap_leaves_links_to_the_assessment_alone(
    roadmap: Roadmap, assessment: Assessment, mentor: Client, ana_client: Client
) -> None:
    alone = make_link(assessment=assessment)
    make_link(roadmap, assessment)
    ana_client.post(reverse("roadmap-delete", args=[roadmap.pk]))
    assert list(ShareLink.objects.all()) == [alone]
    assert shows_assessment(mentor.get(address_of(alone)))


def test_the_token_of_an_assessments_link_is_never_in_the_log(shown: Shown, mentor: Client, log: io.StringIO) -> None:
    link, address = shown
    link.revoke(at=timezone.now())
    mentor.get(address)
    mentor.get(f"{address}more/")
    assert log.getvalue().count("/s/…") == 2
    assert token_of(link) not in log.getvalue()


def test_forgetting_an_assessment_names_its_owner_in_every_statement(
    roadmap: Roadmap, assessment: Assessment, ana: User
) -> None:
    kept = [make_link(roadmap, assessment), make_link(roadmap), make_link(assessment=make_assessment(ana))]
    make_link(assessment=assessment)
    with CaptureQueriesContext(connection) as asked:
        forget_assessment(assessment)
    assert all(f'"owner_id" = {ana.pk}' in query["sql"] for query in asked.captured_queries)
    assert set(ShareLink.objects.all()) == set(kept)
    assert not ShareLink.objects.filter(assessment=assessment).exists()
    assert not any("accounts_user" in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("way", ["a roadmap", "an assessment", "both"])
def test_what_was_deleted_meanwhile_gets_no_link(roadmap: Roadmap, assessment: Assessment, way: str) -> None:
    shown = {"a roadmap": (roadmap, None), "an assessment": (None, assessment), "both": (roadmap, assessment)}[way]
    (Roadmap if way == "a roadmap" else Assessment)._default_manager.all().delete()
    with pytest.raises(changes.Gone):
        make_one_more(*shown, label="x", owner_name="x", days=7, at=timezone.now())
    assert not ShareLink.objects.exists()


def test_links_beside_a_roadmap_are_counted_with_it_and_not_with_the_assessment(
    roadmap: Roadmap, assessment: Assessment
) -> None:
    facts: dict[str, Any] = {"label": "x", "owner_name": "x", "days": 7, "at": timezone.now()}
    for _ in range(MAX_LIVE):
        make_one_more(assessment=assessment, **facts)
    with pytest.raises(changes.TooMany):
        make_one_more(assessment=assessment, **facts)
    make_one_more(roadmap, assessment, **facts)


@pytest.mark.parametrize(
    ("language", "said", "not_said"), [("en", "An answer to recognise", "눈에"), ("ko", "눈에 띄는 답", "An answer")]
)
def test_a_mentor_reads_an_assessment_in_their_own_language(
    shown: Shown, mentor: Client, language: str, said: str, not_said: str
) -> None:
    page = page_of(mentor.get(shown[1], headers={"Accept-Language": language}))
    assert f'<html lang="{language}"' in page
    assert said in page
    assert not_said not in page


def test_thirty_links_to_both_are_listed_with_as_many_queries_as_one(
    roadmap: Roadmap, assessment: Assessment, ana_client: Client
) -> None:
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make_link(roadmap, assessment)
        for name, pk in (("roadmap-share", roadmap.pk), ("assessment-share", assessment.pk)):
            with CaptureQueriesContext(connection) as found:
                ana_client.get(reverse(name, args=[pk]))
            counts.append(len(found))
    assert counts[:2] == counts[2:]
