"""Share links: what a mentor sees, what nobody sees, and when a link closes."""

from __future__ import annotations

import io
import json
import logging
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.models import Session, User
from accounts.sessions import SessionStore
from assessments.models import Answer, Assessment
from assessments.results import Given
from config.logs import HideShareTokens
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.models import ChecklistItem, Event, Milestone, Roadmap, ShareLink
from roadmap.models.share_link import digest_of, mac_of
from roadmap.sharing.links import MAX_LIVE, forget_assessment, link_with
from roadmap.sharing.links import make_link as make_one_more
from roadmap.sharing.visits import record_visit
from tests.factories import LEVELS, item_of, make_assessment, make_link, make_roadmap, milestone_of, token_of
from tests.reading import HTMX, page_of, text_of

pytestmark = pytest.mark.django_db

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",
}


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    return make_roadmap(ana)


@pytest.fixture
def link(roadmap: Roadmap) -> ShareLink:
    return make_link(roadmap)


@pytest.fixture
def mentor(db: None) -> Client:
    """Nobody's account: whoever opens a link."""
    return Client()


def address_of(link: ShareLink) -> str:
    return reverse("shared", args=[token_of(link)])


def roadmap_of(link: ShareLink) -> Roadmap:
    assert link.roadmap
    return link.roadmap


def later(link: ShareLink, **delta: float) -> None:
    """Let time pass: the link was made, and opened, that much earlier."""
    link.refresh_from_db()
    moments = {name: getattr(link, name) for name in ("created_at", "expires_at", "opened_at", "since_at")}
    passed = {name: at - timedelta(**delta) for name, at in moments.items() if at}
    ShareLink.objects.filter(pk=link.pk).update(**passed)


# The token


def test_a_token_has_at_least_128_random_bits(roadmap: Roadmap) -> None:
    links = [make_link(roadmap) for _ in range(50)]
    tokens = {token_of(link) for link in links}
    assert len(tokens) == 50
    assert all(len(urlsafe_b64decode(token.partition(".")[2] + "==")) * 8 >= 128 for token in tokens)
    # The seed is the random part: a token holds no more than it.
    assert len({link.seed for link in links}) == 50
    assert all(len(bytes.fromhex(link.seed)) * 8 >= 128 for link in links)


def test_the_database_holds_neither_the_token_nor_what_opens_a_link(link: ShareLink, mentor: Client) -> None:
    token = token_of(link)
    mentor.get(address_of(link))
    stored = json.dumps([*ShareLink.objects.values(), *Roadmap.objects.values()], default=str)
    assert token not in stored
    for row in ShareLink.objects.values():
        for value in row.values():
            found = mentor.get(reverse("shared", args=[str(value) or "-"]))
            assert found.status_code == 404, value


def test_no_table_holds_the_token_after_a_link_was_made_shown_and_opened(
    roadmap: Roadmap, ana_client: Client, mentor: Client
) -> None:
    share = reverse("roadmap-share", args=[roadmap.pk])
    ana_client.post(share, {"label": "Professor Kim", "owner_name": "Ana", "days": 30}, follow=True)
    link = ShareLink.objects.get()
    token = token_of(link)
    assert token in page_of(ana_client.get(share))
    mentor.get(address_of(link))
    mentor.post(reverse("preferences-display"), {"language": "ko", "next": address_of(link)})
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert token not in str(cursor.fetchall()), table
    sessions = [SessionStore().decode(session.data) for session in Session.objects.all()]
    assert token not in str(sessions)


def test_without_the_servers_key_the_rows_do_not_open(link: ShareLink, mentor: Client, settings: Any) -> None:
    """Somebody with a copy of the database and a Waymark of their own derives other tokens."""
    right = address_of(link)
    settings.SECRET_KEY = "a-thief-has-no-key-" * 3
    from roadmap.models.share_link import token_of as derived

    assert mentor.get(reverse("shared", args=[derived(link.owner_id, link.seed)])).status_code == 404
    assert mentor.get(right).status_code == 200


def test_a_token_says_whose_it_is_and_is_looked_up_by_that_in_one_statement(link: ShareLink, mentor: Client) -> None:
    owner, _dot, mac = token_of(link).partition(".")
    assert int(owner, 36) == link.owner_id
    assert len(mac) == 43
    with CaptureQueriesContext(connection) as asked:
        assert link_with(token_of(link), at=timezone.now()) == link
    (query,) = asked.captured_queries
    assert re.search(rf'"owner_id" = {link.owner_id}\b', query["sql"])


def test_the_right_token_with_another_owner_in_front_opens_nothing(link: ShareLink, ben: User, mentor: Client) -> None:
    token = token_of(link)
    for owner in (int_to_base36(ben.pk), int_to_base36(987_654_321), "0", f"0{int_to_base36(link.owner_id)}"):
        assert mentor.get(reverse("shared", args=[f"{owner}.{token.partition('.')[2]}"])).status_code == 404
    ShareLink.objects.filter(pk=link.pk).update(owner=ben)
    assert mentor.get(address_of(link)).status_code == 404


def handed_out_before(link: ShareLink) -> str:
    """The token that the first releases gave a link: it named no owner."""
    token = mac_of(link.seed)
    ShareLink.objects.filter(pk=link.pk).update(digest=digest_of(token))
    link.refresh_from_db()
    return token


def test_a_link_of_the_first_releases_goes_on_opening_and_is_shown_as_it_was(
    link: ShareLink, mentor: Client, ana_client: Client
) -> None:
    new, old = token_of(link), handed_out_before(link)
    address = reverse("shared", args=[old])
    assert mentor.get(address).status_code == 200
    assert mentor.get(reverse("shared", args=[new])).status_code == 404
    assert visits(link) == 1
    assert link.token == old
    assert f'{address}"' in page_of(ana_client.get(reverse("roadmap-share", args=[link.roadmap_id])))
    ana_client.post(reverse("link-revoke", args=[link.pk]))
    assert mentor.get(address).status_code == 404


# What chat programs put behind an address that stands in a sentence.
GLUED = [".", ",", ";", ":", "!", "?", ")", "]", ">", "'", '"', "…", "。", "*", "_", "~", "\u200b", "%20"]


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("glued", GLUED)
def test_what_is_glued_to_the_end_of_an_address_breaks_nothing(
    link: ShareLink, mentor: Client, log: io.StringIO, glued: str, *, old: bool
) -> None:
    token = handed_out_before(link) if old else token_of(link)
    for address in (
        f"/s/{token}{glued}/",
        f"/s/{token}/{glued}",
        f"/s/{token}{glued}",
        f"/s/{token}/assessment/{glued}",
    ):
        response = mentor.get(address, follow=True)
        # What stands behind a question mark, or a slash and nothing, is no part of the path.
        assert response.status_code == (200 if response.request["PATH_INFO"] == f"/s/{token}/" else 404), address
    assert token not in log.getvalue()


# What does not open


def closed_addresses(roadmap: Roadmap) -> dict[str, str]:
    """Addresses that open nothing, for every reason there is."""
    now = timezone.now()
    other = make_roadmap(roadmap.owner)
    deleted = make_link(other)
    good = token_of(make_link(roadmap))
    owner, _dot, mac = good.partition(".")
    addresses = {
        "expired": address_of(make_link(roadmap, expires_at=now)),
        "revoked": address_of(make_link(roadmap, revoked_at=now)),
        "both": address_of(make_link(roadmap, revoked_at=now, expires_at=now)),
        "deleted": address_of(deleted),
        "unknown": "/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
        "too short": f"/s/{good[:-1]}/",
        "too long": f"/s/{good}A/",
        "other case": f"/s/{good.swapcase()}/",
        "malformed": "/s/a.b%20c!/",
        "percent": "/s/%25%25/",
        "not UTF-8": "/s/%ED%A0%80/",
        "Korean": "/s/%ED%95%9C/",
        "huge": f"/s/{'9' * 5000}/",
        "markup": "/s/%3Cscript%3E/",
        "nobody's": f"/s/.{mac}/",
        "somebody else's": f"/s/{int_to_base36(roadmap.owner_id + 1)}.{mac}/",
        "without an owner": f"/s/{mac}/",
        "without the rest": f"/s/{owner}./",
        "of somebody below nobody": f"/s/-{owner}.{mac}/",
        "of a fraction": f"/s/{owner}.0.{mac}/",
        "of the largest": f"/s/{'z' * 12}.{mac}/",
        "of one larger than any": f"/s/{'z' * 13}.{mac}/",
        "of one that is huge": f"/s/{'9' * 5000}.{mac}/",
        "of zeros in front": f"/s/000{owner}.{mac}/",
        "in capitals": f"/s/A.{mac}/",
        "in Arabic digits": f"/s/%D9%A1.{mac}/",
        "in wide digits": f"/s/%EF%BC%91.{mac}/",
        "in Hangul": f"/s/%EA%B0%80.{mac}/",
        "in one that is not UTF-8": f"/s/%ED%A0%80.{mac}/",
        "with a space": f"/s/%20{owner}.{mac}/",
        "with a line": f"/s/{owner}%0A.{mac}/",
        "with an underscore": f"/s/1_0.{mac}/",
    }
    other.delete()
    return addresses


@pytest.mark.parametrize("language", ["en", "ko"])
def test_whatever_does_not_open_looks_the_same(roadmap: Roadmap, mentor: Client, language: str) -> None:
    seen = {}
    for why, address in closed_addresses(roadmap).items():
        response = mentor.get(address, headers={"Accept-Language": language})
        assert response.status_code == 404, why
        seen[why] = (response.content, sorted(response.headers.items()))
    assert len({str(answer) for answer in seen.values()}) == 1, seen
    headers = dict(seen["unknown"][1])
    assert {name: headers[name] for name in PRIVATE} == PRIVATE
    assert f'<html lang="{language}"' in seen["unknown"][0].decode()


def test_a_link_that_does_not_open_says_whom_to_ask(roadmap: Roadmap, mentor: Client) -> None:
    text = text_of(mentor.get(closed_addresses(roadmap)["expired"]))
    assert "please ask them for a new one" in text
    assert "Ana" not in text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_link_is_read_and_nothing_else(link: ShareLink, mentor: Client, method: str) -> None:
    assert getattr(mentor, method)(address_of(link)).status_code == 405


def test_a_link_closes_at_its_moment(roadmap: Roadmap, mentor: Client) -> None:
    link = make_link(roadmap, days=7)
    assert link.is_live(link.expires_at - timedelta(microseconds=1))
    assert not link.is_live(link.expires_at)
    assert mentor.get(address_of(link)).status_code == 200
    later(link, days=7)
    assert mentor.get(address_of(link)).status_code == 404


def test_a_revoked_link_is_closed_at_once_and_the_others_stay(
    roadmap: Roadmap, ana_client: Client, mentor: Client
) -> None:
    one, other = make_link(roadmap), make_link(roadmap)
    response = ana_client.post(reverse("link-revoke", args=[one.pk]), follow=True)
    assert "Whoever opens it finds nothing." in text_of(response)
    assert mentor.get(address_of(one)).status_code == 404
    assert mentor.get(address_of(other)).status_code == 200
    first = ShareLink.objects.get(pk=one.pk).revoked_at
    ana_client.post(reverse("link-revoke", args=[one.pk]))
    assert ShareLink.objects.get(pk=one.pk).revoked_at == first is not None


def test_revoking_somebody_elses_link_is_404(link: ShareLink, ben_client: Client, mentor: Client) -> None:
    assert ben_client.post(reverse("link-revoke", args=[link.pk])).status_code == 404
    assert ben_client.get(reverse("link-preview", args=[link.pk])).status_code == 404
    assert mentor.get(address_of(link)).status_code == 200


def test_deleting_the_roadmap_closes_its_links(link: ShareLink, ana_client: Client, mentor: Client) -> None:
    address = address_of(link)
    ana_client.post(reverse("roadmap-delete", args=[link.roadmap_id]))
    assert mentor.get(address).status_code == 404
    assert not ShareLink.objects.exists()


def test_deleting_the_owner_closes_their_links(link: ShareLink, ana: User, mentor: Client) -> None:
    address = address_of(link)
    ana.delete()
    assert mentor.get(address).status_code == 404


def test_the_link_of_an_archived_roadmap_goes_on_opening(link: ShareLink, ana_client: Client, mentor: Client) -> None:
    """As the page that archives says."""
    archive = reverse("roadmap-archive", args=[link.roadmap_id])
    assert "links that you shared go on opening" in text_of(ana_client.get(archive))
    ana_client.post(archive, {"archived": "on"})
    assert mentor.get(address_of(link)).status_code == 200


# What a mentor sees


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


# Visits


def visits(link: ShareLink) -> int:
    link.refresh_from_db()
    return link.visits


def test_openings_close_together_are_one_visit(link: ShareLink, mentor: Client) -> None:
    for _ in range(3):
        mentor.get(address_of(link))
    assert visits(link) == 1
    later(link, minutes=29)
    mentor.get(address_of(link))
    assert visits(link) == 1
    later(link, minutes=31)
    mentor.get(address_of(link))
    assert visits(link) == 2


def test_of_two_openings_at_the_same_moment_one_counts(link: ShareLink) -> None:
    before, now = timezone.now() - timedelta(days=2), timezone.now()
    record_visit(link, at=before)
    first, second = ShareLink.objects.get(), ShareLink.objects.get()
    assert [record_visit(each, at=now) for each in (first, second)] == [before, before]
    link.refresh_from_db()
    assert (link.visits, link.since_at, link.opened_at) == (2, before, now)


def test_neither_head_nor_the_preview_nor_a_closed_link_counts(
    link: ShareLink, mentor: Client, ana_client: Client
) -> None:
    assert mentor.head(address_of(link)).status_code == 200
    ana_client.get(reverse("link-preview", args=[link.pk]))
    ana_client.get(reverse("roadmap-share", args=[link.roadmap_id]))
    link.revoke(at=timezone.now())
    mentor.get(address_of(link))
    assert visits(link) == 0
    assert link.opened_at is None


def test_reading_changes_nothing_but_the_count(link: ShareLink, mentor: Client) -> None:
    def stored() -> str:
        models = (Roadmap, Milestone, ChecklistItem, Event, User)
        return str([serializers.serialize("json", model._default_manager.all()) for model in models])

    before, was = stored(), vars(ShareLink.objects.get())
    for _ in range(2):
        mentor.get(address_of(link))
        later(link, hours=1)
    assert stored() == before
    now = vars(ShareLink.objects.get())
    assert {name for name in now if now[name] != was[name] and name != "_state"} <= {
        "visits", "opened_at", "since_at", "created_at", "expires_at"
    }  # fmt: skip
    assert now["visits"] == 2


def test_the_owner_sees_when_a_link_was_last_opened(link: ShareLink, mentor: Client, ana_client: Client) -> None:
    share = reverse("roadmap-share", args=[link.roadmap_id])
    assert "not opened yet" in text_of(ana_client.get(share))
    mentor.get(address_of(link))
    assert "opened 1 time, last" in text_of(ana_client.get(share))


def test_a_mentor_sees_what_was_finished_since_the_last_visit(link: ShareLink, mentor: Client) -> None:
    roadmap, now = roadmap_of(link), timezone.now()
    changes.set_done(item_of(roadmap, "1.1"), done=True, at=now - timedelta(days=3))
    assert "This is your first visit." in text_of(mentor.get(address_of(link)))
    later(link, days=2)
    assert "Nothing new since then." in since_of(mentor.get(address_of(link)))
    later(link, days=2)
    changes.set_done(item_of(roadmap, "1.2"), done=True, at=now - timedelta(hours=1))
    changes.set_done(item_of(roadmap, "1.3"), done=True, at=now)
    for _ in range(2):  # Reloading does not lose it.
        since = since_of(mentor.get(address_of(link)))
        assert re.findall(r"Item \d\.\d", since) == ["Item 1.2", "Item 1.3"]
    assert "Item 1.1" not in since
    changes.set_done(item_of(roadmap, "1.3"), done=False, at=timezone.now())
    assert re.findall(r"Item \d\.\d", since_of(mentor.get(address_of(link)))) == ["Item 1.2"]
    later(link, days=1)
    mentor.get(address_of(link))
    assert visits(link) == 4


def since_of(response: Any) -> str:
    found = re.search(r'<section class="stack since">(.*?)</section>', page_of(response), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


def test_a_tick_that_was_taken_back_by_mistake_is_no_news(link: ShareLink, mentor: Client) -> None:
    """Undo gives back the first time, so that a mentor is not told twice."""
    item = item_of(roadmap_of(link))
    changes.set_done(item, done=True, at=timezone.now() - timedelta(days=9))
    mentor.get(address_of(link))
    later(link, days=2)
    event = changes.set_done(item_of(roadmap_of(link)), done=False, at=timezone.now())
    assert event
    changes.undo(event, at=timezone.now())
    assert "Nothing new since then." in since_of(mentor.get(address_of(link)))


# The owner's side


def test_a_link_is_made_and_shown_with_its_address_and_code(
    roadmap: Roadmap, ana_client: Client, settings: Any
) -> None:
    settings.BASE_URL = "https://waymark.example.org"
    share = reverse("roadmap-share", args=[roadmap.pk])
    sent = {"label": "Professor Kim", "owner_name": "Ana Lee", "days": 7}
    response = ana_client.post(share, sent)
    assert (response.status_code, response["Location"].split("#")[0]) == (302, share)
    link = ShareLink.objects.get()
    assert (link.label, link.owner_name, link.expires_at - link.created_at) == (
        "Professor Kim",
        "Ana Lee",
        timedelta(days=7),
    )
    text = page_of(ana_client.get(share))
    assert f'value="https://waymark.example.org{address_of(link)}"' in text
    assert "<svg" in text[text.index('class="qr"') :]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""),
        ("label", "a" * 81),
        ("owner_name", " "),
        ("owner_name", "a" * 81),
        ("days", "9999"),
        ("days", ""),
        ("days", "-1"),
    ],
)
def test_a_link_without_its_facts_is_refused_at_the_field(
    roadmap: Roadmap, ana_client: Client, field: str, value: str
) -> None:
    sent = {"label": "Kept label", "owner_name": "Kept name", "days": 7, field: value}
    response = ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent)
    text = page_of(response)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text
    for kept in {"Kept label", "Kept name"} & set(sent.values()):
        assert f'value="{kept}"' in text
    assert not ShareLink.objects.exists()


def test_there_are_only_so_many_open_links(roadmap: Roadmap, ana_client: Client) -> None:
    for _ in range(30):
        make_link(roadmap)
    sent = {"label": "One more", "owner_name": "Ana", "days": 7}
    response = ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent)
    assert response.status_code == 422
    assert "errorlist" in page_of(response)
    assert ShareLink.objects.count() == 30
    ShareLink.objects.all()[0].revoke(at=timezone.now())
    assert ana_client.post(reverse("roadmap-share", args=[roadmap.pk]), sent).status_code == 302


def test_a_closed_link_is_shown_as_closed_and_without_its_address(roadmap: Roadmap, ana_client: Client) -> None:
    revoked = make_link(roadmap, revoked_at=timezone.now())
    expired = make_link(roadmap, expires_at=timezone.now())
    text = page_of(ana_client.get(reverse("roadmap-share", args=[roadmap.pk])))
    for link in (revoked, expired):
        assert token_of(link) not in text
    assert "revoked" in text
    assert "expired" in text
    assert "<svg" not in text[text.index("<main") :]


def test_after_the_servers_key_was_changed_links_open_but_cannot_be_shown_again(
    link: ShareLink, mentor: Client, ana: User, settings: Any
) -> None:
    address = address_of(link)
    settings.SECRET_KEY = "another-key-" * 5
    assert ShareLink.objects.get().token is None
    assert mentor.get(address).status_code == 200
    owner = Client()
    owner.force_login(ana)
    response = owner.get(reverse("roadmap-share", args=[link.roadmap_id]))
    assert response.status_code == 200
    assert "this link still opens where you sent it, but cannot be shown again" in text_of(response)
    assert 'class="address"' not in page_of(response)
    assert owner.get(reverse("link-preview", args=[link.pk])).status_code == 200
    owner.post(reverse("link-revoke", args=[link.pk]))
    assert mentor.get(address).status_code == 404


# The log


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the app's own handler writes, as a host would read it."""
    (handler,) = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, HideShareTokens) for each in handler.filters)
    ]
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    if before is not None:
        handler.setStream(before)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_token_is_never_in_the_log(link: ShareLink, mentor: Client, log: io.StringIO, method: str) -> None:
    link.revoke(at=timezone.now())
    getattr(mentor, method)(address_of(link))
    getattr(mentor, method)(f"{address_of(link)}?again=1")
    getattr(mentor, method)(f"{address_of(link)}more/")
    said = log.getvalue()
    assert said.count("/s/…") == 3
    assert token_of(link) not in said


def test_a_token_is_not_in_the_log_when_the_page_breaks(
    link: ShareLink, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the page broke")

    monkeypatch.setattr("roadmap.views.mentor.shared_context", broken)
    address = address_of(link)
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    assert "the page broke" in log.getvalue()
    assert token_of(link) not in log.getvalue()
    assert token_of(link) not in page_of(response)


def test_a_token_is_not_in_the_log_of_a_host_that_is_not_ours(link: ShareLink, log: io.StringIO) -> None:
    response = Client().get(address_of(link), headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert token_of(link) not in log.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "GET /s/TOKEN/ HTTP/1.1",
        "Not Found: /s/TOKEN",
        '"https://waymark.example.org/s/TOKEN/?next=/s/TOKEN/"',
        "next=%2Fs%2FTOKEN%2F",
    ],
)
@pytest.mark.parametrize("owner", ["", "2s."])
def test_whatever_names_a_link_is_hidden(line: str, log: io.StringIO, owner: str) -> None:
    token = f"{owner}{'Jx' * 21}"
    logging.getLogger("anything").warning("%s asked", line.replace("TOKEN", token))
    assert "asked" in log.getvalue()
    assert "Jx" not in log.getvalue()


def test_a_long_ago_link_says_its_year(ana_client: Client, roadmap: Roadmap) -> None:
    make_link(roadmap, at=datetime(2020, 5, 1, tzinfo=UTC))
    assert "expired 31 May 2020" in text_of(ana_client.get(reverse("roadmap-share", args=[roadmap.pk])))


# An assessment behind a link

SENT = {"label": "Professor Kim", "owner_name": "Ana", "days": 7}
OFFER = "Show my latest assessment too"


@pytest.fixture
def assessment(ana: User) -> Assessment:
    """An assessment of Ana's, with something in it that can be recognised."""
    return make_assessment(ana, ratings={**LEVELS, "english": 3}, given=[asdict(SAID)])


SAID = Given(
    "deed",
    "a-deed",
    "an-answer",
    {"ko": "무엇을 했나요?", "en": "What did you do?"},
    {"ko": "눈에 띄는 답", "en": "An answer to recognise"},
    shows=4,
)


def of_the_assessment(link: ShareLink) -> str:
    return reverse("shared-assessment", args=[token_of(link)])


def shows_assessment(response: Any) -> bool:
    return response.status_code == 200 and "An answer to recognise" in page_of(response)


@pytest.fixture(params=["alone", "beside the roadmap"])
def shown(request: pytest.FixtureRequest, roadmap: Roadmap, assessment: Assessment) -> tuple[ShareLink, str]:
    """A link that shows the assessment, and the address at which it does."""
    if request.param == "alone":
        link = make_link(assessment=assessment)
        return link, address_of(link)
    link = make_link(roadmap, assessment)
    return link, of_the_assessment(link)


Shown = tuple[ShareLink, str]


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
