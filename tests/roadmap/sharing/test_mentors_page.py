"""What a mentor sees behind a link, and what nobody sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from roadmap.models import ChecklistItem, Milestone, Roadmap, ShareLink
from tests.factories import item_of, make_link, make_roadmap, milestone_of
from tests.reading import page_of, text_of
from tests.roadmap.sharing.links import PRIVATE, address_of, later, roadmap_of

pytestmark = pytest.mark.django_db


def test_the_page_is_private(link: ShareLink, mentor: Client) -> None:
    response = mentor.get(address_of(link))
    assert {name: response[name] for name in PRIVATE} == PRIVATE
    assert '<meta name="robots" content="noindex, nofollow">' in page_of(response)
    assert '<meta name="referrer" content="no-referrer">' in page_of(response)
    assert "ETag" not in response.headers


def test_a_mentor_sees_target_progress_milestones_and_checklists(link: ShareLink, mentor: Client) -> None:
    roadmap = roadmap_of(link)
    item_of(roadmap, "1.1").tick(at=timezone.now())
    milestone_of(roadmap, 2).skip(at=timezone.now())
    text = text_of(mentor.get(address_of(link)))
    shown = (
        "Ana",
        roadmap.title,
        "Class 3",
        "5 hours a week",
        "1 of 3 items",
        "3 skipped",
        "Milestone 1",
        "Milestone 2",
    )
    for part in (*shown, "Item 1.1 (done)", "Item 2.3", "Phase 1"):
        assert part in text, part


def private_texts(link: ShareLink) -> list[str]:
    """What is nobody's business but the owner's, put where it could be met."""
    roadmap, owner = roadmap_of(link), link.owner
    Milestone.objects.filter(roadmap=roadmap).update(notes="Secret thoughts")
    make_roadmap(owner, title="The other roadmap")
    make_link(roadmap, label="Professor Lee")
    Milestone.objects.create(**removed_milestone(roadmap))
    ChecklistItem.objects.create(
        roadmap=roadmap,
        milestone=milestone_of(roadmap),
        owner=owner,
        position=9,
        text_ko="Removed item",
        text_en="Removed item",
        removed_at=timezone.now(),
    )
    return [
        owner.email,
        "ana@",
        "Secret thoughts",
        "The other roadmap",
        "Professor Kim",
        "Professor Lee",
        "Removed item",
        "Removed milestone",
    ]


def removed_milestone(roadmap: Roadmap) -> dict[str, Any]:
    first = milestone_of(roadmap)
    return {
        "roadmap": roadmap,
        "owner": roadmap.owner,
        "phase": first.phase,
        "position": 9,
        "title_ko": "Removed milestone",
        "title_en": "Removed milestone",
        "hours": 1,
        "starts_on": first.starts_on,
        "ends_on": first.ends_on,
        "removed_at": timezone.now(),
    }


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_mentor_and_the_preview_see_nothing_that_is_private(
    link: ShareLink, mentor: Client, ana: User, ana_client: Client, ben_client: Client, language: str
) -> None:
    private = private_texts(link)
    User.objects.filter(pk=ana.pk).update(language=language)
    headers = {"Accept-Language": language}
    pages = {
        "mentor": mentor.get(address_of(link), headers=headers),
        "somebody signed in": ben_client.get(address_of(link), headers=headers),
        "owner": ana_client.get(address_of(link)),
        "preview": ana_client.get(reverse("link-preview", args=[link.pk])),
    }
    for who, response in pages.items():
        assert response.status_code == 200
        for text in private:
            assert text not in page_of(response), (who, text)


def test_the_preview_is_the_mentors_page(link: ShareLink, mentor: Client, ana_client: Client) -> None:
    def main(response: Any) -> str:
        text = page_of(response)
        return text[text.index('<article class="shared') : text.index("</article>")]

    preview = ana_client.get(reverse("link-preview", args=[link.pk]))
    assert "This is what your mentor sees." in text_of(preview)
    assert main(preview) == main(mentor.get(address_of(link)))
    item_of(roadmap_of(link)).tick(at=timezone.now() + timedelta(seconds=1))
    later(link, hours=2)
    assert main(ana_client.get(reverse("link-preview", args=[link.pk]))) == main(mentor.get(address_of(link)))


@pytest.mark.parametrize(("language", "shown", "hidden"), [("en", "Item 1.1", "할 일"), ("ko", "할 일 1.1", "Item")])
def test_a_mentor_reads_in_their_own_language(
    link: ShareLink, mentor: Client, language: str, shown: str, hidden: str
) -> None:
    text = page_of(mentor.get(address_of(link), headers={"Accept-Language": language}))
    assert f'<html lang="{language}"' in text
    assert shown in text
    assert hidden not in text


def test_a_mentor_switches_the_language_and_stays_on_the_page(link: ShareLink, mentor: Client) -> None:
    address = address_of(link)
    page = page_of(mentor.get(address))
    assert f'name="next" value="{address}"' in page
    response = mentor.post(reverse("preferences-display"), {"language": "ko", "next": address}, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert '<html lang="ko"' in page_of(response)
