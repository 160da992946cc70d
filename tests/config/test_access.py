"""Who may enter where: every address of the URL configuration, as every actor, by GET and by POST.

An answer in the table is a status, or where a redirect leads: `sign-in` (for HTMX a header leads there), `home`, `own`.
A guest, who has opened a share link before, is a visitor everywhere else; an editor is a stranger everywhere but in the
admin. What each may do as data (`accounts/actors.py`) is printed below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actors import Action, Actor, allowed
from accounts.models import User
from content.models import MilestoneTemplate
from roadmap.models import Roadmap
from tests import PASSWORD
from tests.factories import item_of, make_assessment, make_link, make_roadmap, milestone_of, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_numbers = count(1)

TABLE = """
address                                 visitor    ana     ben   |  visitor    ana     ben
                                        GET                      |  POST

healthz                                 200        200     200   |  405        405     405
readyz                                  200        200     200   |  405        405     405

account_login                           200        home    home  |  200        home    home
account_logout                          302        200     200   |  302        302     302
account_inactive                        200        200     200   |  405        405     405
account_signup                          200        home    home  |  home       home    home
account_reauthenticate                  sign-in    200     200   |  sign-in    home    home
account_email                           sign-in    200     200   |  sign-in    302     302
account_email_verification_sent         200        200     200   |  405        405     405
account_change_password                 sign-in    200     200   |  sign-in    302     302
account_set_password                    sign-in    302     302   |  sign-in    302     302
account_reset_password                  200        200     200   |  302        302     302
account_confirm_login_code              302        home    home  |  302        home    home
account_confirm_email                   200        200     200   |  404        404     404
account_reset_password_from_key_done    200        200     200   |  405        405     405
account_reset_password_from_key         200        200     200   |  200        200     200
account_reset_password_done             200        200     200   |  405        405     405
preferences                             sign-in    200     200   |  sign-in    302     302
preferences-display                     405        405     405   |  302        302     302

sitemap                                 200        200     200   |  405        405     405
robots                                  200        200     200   |  405        405     405
in-readers-language                     302        302     302   |  405        405     405
roles                                   200        200     200   |  405        405     405
role-compare                            200        200     200   |  405        405     405
role                                    200        200     200   |  405        405     405
competencies                            200        200     200   |  405        405     405
competency                              200        200     200   |  405        405     405
activities                              200        200     200   |  405        405     405
activity                                200        200     200   |  405        405     405
milestone-template                      200        200     200   |  405        405     405
guide                                   200        200     200   |  405        405     405
topic                                   200        200     200   |  405        405     405
question                                200        200     200   |  405        405     405
resources                               200        200     200   |  405        405     405
classes                                 200        200     200   |  405        405     405
search                                  200        200     200   |  405        405     405
sources                                 200        200     200   |  405        405     405
map                                     200        200     200   |  405        405     405
content-changes                         200        200     200   |  405        405     405

assessment                              200        200     200   |  405        405     405
assessment-ask                          200        200     200   |  422        422     422
assessment-whole                        200        200     200   |  302        302     302
assessment-finish                       200        200     200   |  302        302     302
assessment-retake                       405        405     405   |  302        302     302
assessment-history                      200        200     200   |  405        405     405
assessment-levels                       sign-in    200     200   |  sign-in    302     302
assessment-result                       404        200     404   |  405        405     405
assessment-delete                       404        200     404   |  404        302     404

front                                   200        home    home  |  405        405     405
example                                 200        200     200   |  sign-up    own     own
home                                    sign-in    own     302   |  sign-in    405     405
roadmaps                                sign-in    200     200   |  sign-in    405     405
roadmap-new                             200        200     200   |  sign-up    own     own
roadmap-keep                            sign-in    home    home  |  sign-in    302     302
roadmap-from-assessment                 405        405     405   |  404        own     404
milestone-put                           sign-up    200     302   |  sign-up    own     404
palette                                 sign-in    302     302   |  sign-in    405     405
roadmap                                 sign-in    200     404   |  sign-in    405     405
roadmap-edit                            sign-in    200     404   |  sign-in    own     404
roadmap-size                            sign-in    200     404   |  sign-in    own     404
roadmap-archive                         sign-in    200     404   |  sign-in    302     404
roadmap-delete                          sign-in    200     404   |  sign-in    302     404
roadmap-undo                            sign-in    405     405   |  sign-in    own     404
milestone-add                           sign-in    200     404   |  sign-in    own     404
milestone                               sign-in    200     404   |  sign-in    405     405
milestone-skip                          sign-in    405     405   |  sign-in    own     404
milestone-edit                          sign-in    200     404   |  sign-in    own     404
milestone-remove                        sign-in    405     405   |  sign-in    own     404
milestone-notes                         sign-in    200     404   |  sign-in    own     404
item-add                                sign-in    200     404   |  sign-in    own     404
item-tick                               sign-in    405     405   |  sign-in    own     404
item-edit                               sign-in    200     404   |  sign-in    own     404
item-remove                             sign-in    405     405   |  sign-in    own     404
roadmap-share                           sign-in    200     404   |  sign-in    302     404
assessment-share                        sign-in    200     404   |  sign-in    302     404
link-revoke                             sign-in    405     405   |  sign-in    302     404
link-preview                            sign-in    200     404   |  sign-in    405     405
link-preview-assessment                 sign-in    200     404   |  sign-in    405     405

shared                                  200        200     200   |  405        405     405
shared-assessment                       200        200     200   |  405        405     405
"""

EXPLAINED = (
    "{name!r} is a new address and nobody has said yet who may enter. "
    "Add a line to TABLE in tests/config/test_access.py: "
    "what a visitor, the owner and a stranger get, by GET and by POST; and to `data` what its form sends."
)


class Row(NamedTuple):
    """What each actor gets, by method."""

    get: dict[str, str]
    post: dict[str, str]


def parsed(table: str) -> dict[str, Row]:
    """The table by address."""
    rows = {}
    for line in table.strip().splitlines()[3:]:
        cells = line.replace("|", " ").split()
        if cells:
            name, *answers = cells
            actors = ("visitor", "ana", "ben")
            rows[name] = Row(*(dict(zip(actors, part, strict=True)) for part in (answers[:3], answers[3:])))
    return rows


ROWS = parsed(TABLE)


def named_addresses() -> Iterator[str]:
    """The names of all addresses, from the URL configuration."""

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":  # All of it has one rule, below.
                    yield from walk(pattern.url_patterns)
            else:
                assert pattern.name, f"the address {pattern.pattern} has no name: give it one in its urls.py"
                yield pattern.name

    return walk(get_resolver().url_patterns)


ADDRESSES = list(named_addresses())


@pytest.fixture
def anas(ana: User) -> Roadmap:
    """Ana's roadmap, with a link that shows an assessment too, and a change that can be undone."""
    roadmap = make_roadmap(ana)
    make_link(roadmap, make_assessment(ana))
    return roadmap


def arguments(name: str, roadmap: Roadmap) -> dict[str, Any]:
    """The parts of an address that lead to something of Ana's, or into the catalogue."""
    link = roadmap.share_links.get()
    keys = {"role": "engineer", "competency": "mathematics", "activity": "kaggle", "topic": "hiring"}
    keys |= {
        "question": "takeaways-of-the-seminar",
        "milestone-template": "kaggle-first",
        "assessment-ask": "situation",
    }
    known: dict[str, Any] = {
        "roadmap_id": roadmap.pk,
        "milestone_id": milestone_of(roadmap).pk,
        "item_id": item_of(roadmap).pk,
        "link_id": link.pk,
        "assessment_id": link.assessment_id,
        "token": token_of(link),
        "kind": "start",
        "key": keys.get(name, "set-password"),
        "uidb36": "1",
        "path": "roles/engineer/",
    }
    # Reversing knows the names of an address's parts.
    (_, parts), *_ = get_resolver().reverse_dict.getlist(name)[0][0]
    return {part: known[part] for part in parts}


def data(name: str, roadmap: Roadmap) -> dict[str, Any]:
    """What a form of that address sends when it is filled in well."""
    mix = {f"mix_{role}": parts for role, parts in roadmap.role_mix.items()}
    return {
        "account_signup": {"email": f"person-{next(_numbers)}@example.org", "password1": PASSWORD},
        "account_reauthenticate": {"password": PASSWORD},
        "account_email": {"action_add": "", "email": "other@example.org"},
        "account_change_password": {"oldpassword": PASSWORD, "password1": "another-trail-8"},
        "account_reset_password": {"email": f"nobody-{next(_numbers)}@example.org"},
        "preferences": {"name": "Ana", "language": "en", "time_zone": "", "theme": "dark"},
        "preferences-display": {"theme": "dark"},
        "roadmap-new": {
            **mix,
            "target_class": 3,
            "situation": "cs-undergraduate",
            "goal": "employment",
            "hours_per_week": 10,
            "starts_on": "2026-11-24",
        },
        "roadmap-edit": {"text": "Another title", "seen": roadmap.title},
        "roadmap-size": {"size": "essential"},
        "roadmap-archive": {"archived": "on"},
        "roadmap-undo": {"event": getattr(roadmap.events.first(), "pk", "")},
        "milestone-put": {"roadmap": roadmap.pk, "milestone": ["kaggle-first"]},
        "milestone-add": {
            "title": "My own",
            "phase": roadmap.phases.get().pk,
            "items": "One\nTwo",
            "hours": 5,
            "starts_on": "2026-11-24",
            "ends_on": "2026-11-30",
        },
        "milestone-skip": {"skipped": "on"},
        "milestone-edit": {"text": "Another title", "seen": "Milestone 1"},
        "milestone-notes": {"text": "A note", "seen": ""},
        "item-add": {"text": "An item of my own"},
        "item-tick": {"done": "on"},
        "item-edit": {"text": "Another text", "seen": "Item 1.1"},
        "roadmap-share": {"label": "Professor Kim", "owner_name": "Ana", "days": 30},
        "assessment-share": {"label": "Professor Kim", "owner_name": "Ana", "days": 30},
    }.get(name, {})


def answered(response: Any, roadmap: Roadmap) -> str:
    """The answer in the table's words."""
    target = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
    if response.status_code not in {204, 302}:
        return str(response.status_code)
    if target.startswith(f"{reverse('account_login')}?next=/"):
        return "sign-in"
    if target.startswith(
        tuple(f"{reverse('account_signup')}?next={reverse(name)}" for name in ("roadmap-keep", "milestone-put"))
    ):
        return "sign-up"
    if target == reverse("home"):
        return "home"
    return "own" if re.match(r"/roadmaps/\d+/", target) and "share" not in target else str(response.status_code)


def unlisted(names: list[str]) -> list[str]:
    """What is to be done about every address that the table does not name."""
    return [EXPLAINED.format(name=name) for name in names if name not in ROWS]


def test_every_address_is_in_the_table() -> None:
    assert not unlisted(ADDRESSES), "\n".join(unlisted(ADDRESSES))
    gone = set(ROWS) - set(ADDRESSES)
    assert not gone, f"TABLE in tests/config/test_access.py names addresses that are gone: {', '.join(sorted(gone))}"


def test_a_new_address_is_named_with_what_to_do() -> None:
    (said,) = unlisted([*ADDRESSES, "brand_new"])
    assert said.startswith("'brand_new' is a new address")
    assert "Add a line to TABLE" in said


def test_no_two_addresses_share_a_name() -> None:
    assert len(ADDRESSES) == len(set(ADDRESSES))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_everybody_gets_what_the_table_says(name: str, method: str, anas: Roadmap, ana: User, ben: User) -> None:
    assert name in ROWS, EXPLAINED.format(name=name)
    row: dict[str, str] = getattr(ROWS[name], method)
    anas.events.create(
        owner=ana, kind="item-done", at=anas.created_at, item=item_of(anas), milestone=milestone_of(anas)
    )
    address = reverse(name, kwargs=arguments(name, anas))

    def ask(client: Client, **headers: str) -> Any:
        return getattr(client, method)(address, data(name, anas) if method == "post" else None, headers=headers)

    visitor, guest, editor, stranger, owner = (Client() for _ in range(5))
    guest.get(reverse("shared", args=[token_of(anas.share_links.get())]))
    editor.force_login(User.objects.create_user("edith@example.org", PASSWORD, is_staff=True))
    stranger.force_login(ben)
    owner.force_login(ana)
    htmx = ask(Client(), **{"HX-Request": "true"})
    got = {
        "visitor": answered(ask(visitor), anas),
        "visitor with HTMX": answered(htmx, anas),
        "guest": answered(ask(guest), anas),
        "editor": answered(ask(editor), anas),
        "ben": answered(ask(stranger), anas),
        "ana": answered(ask(owner), anas),
    }
    visitors = dict.fromkeys(("guest", "visitor with HTMX"), row["visitor"])
    assert got == {**row, **visitors, "editor": row["ben"]}, (name, method)
    if row["visitor"] == "sign-in":
        assert htmx.status_code == 204
        assert "HX-Redirect" in htmx.headers
        assert htmx.content == b""


# What each may do, as data


MATRIX = """
                         ana   guest   ben   editor   nobody

roadmap     read         yes   yes     –     –        –
roadmap     read notes   yes   –       –     –        –
roadmap     change       yes   –       –     –        –
roadmap     share        yes   –       –     –        –
roadmap     delete       yes   –       –     –        –

assessment  read         yes   yes     –     –        –
assessment  read notes   yes   –       –     –        –
assessment  change       yes   –       –     –        –
assessment  share        yes   –       –     –        –
assessment  delete       yes   –       –     –        –

catalogue   read         yes   yes     yes   yes      yes
catalogue   read notes   –     –       –     –        –
catalogue   change       –     –       –     yes      –
catalogue   share        –     –       –     –        –
catalogue   delete       –     –       –     –        –
"""


@pytest.fixture
def actors(anas: Roadmap, ana: User, ben: User, mina: User) -> dict[str, Actor]:
    """Everybody there is to somebody's roadmap."""
    mina.is_staff = True
    guest = anas.share_links.get().guest
    return {"ana": Actor(ana), "guest": guest, "ben": Actor(ben), "editor": Actor(mina), "nobody": Actor()}


def printed(actors: dict[str, Actor], things: dict[str, Model]) -> str:
    """Who may do what, as a table."""
    columns = {who: max(len(who), 3) + 3 for who in actors}
    lines = ["", " " * 25 + "".join(f"{who:{width}}" for who, width in columns.items()).rstrip()]
    for what, thing in things.items():
        lines.append("")
        for action in Action:
            cells = {who: "yes" if action in allowed(actor, thing) else "–" for who, actor in actors.items()}
            line = "".join(f"{cells[who]:{width}}" for who, width in columns.items())
            lines.append(f"{what:12}{action:13}{line}".rstrip())
    return "\n".join([*lines, ""])


def test_who_may_do_what_is_what_this_table_prints(anas: Roadmap, actors: dict[str, Actor]) -> None:
    entry = MilestoneTemplate.objects.all()[0]
    link = anas.share_links.get()
    assert link.assessment
    table = printed(actors, {"roadmap": anas, "assessment": link.assessment, "catalogue": entry})
    assert table == MATRIX, table


def test_a_guest_who_is_signed_in_reads_what_is_theirs_and_what_they_were_shown(
    anas: Roadmap, actors: dict[str, Actor], ben: User
) -> None:
    other, bens = make_roadmap(anas.owner), make_roadmap(ben)
    both = replace(actors["guest"], user=ben)
    assert [len(allowed(both, roadmap)) for roadmap in (anas, other, bens)] == [1, 0, len(Action)]
    assert set(Roadmap.objects.visible_to(both)) == {anas, bens}


def test_whoever_may_read_a_roadmap_finds_it_among_those_that_they_see(
    anas: Roadmap, actors: dict[str, Actor], ben: User
) -> None:
    make_link(make_roadmap(ben))
    for who, actor in actors.items():
        readable = {each for each in Roadmap.objects.all() if Action.READ in allowed(actor, each)}
        assert set(Roadmap.objects.visible_to(actor)) == readable, who


def test_a_link_makes_nobody_a_guest_of_what_it_does_not_show(anas: Roadmap, ana: User) -> None:
    assessment = make_assessment(ana)
    assert not allowed(make_link(anas).guest, assessment)
    assert not allowed(make_link(assessment=assessment).guest, anas)
    # Their numbers may be the same: a roadmap is not an assessment.
    twin = Roadmap(pk=assessment.pk, owner=ana)
    assert not allowed(make_link(assessment=assessment).guest, twin)
    assert not allowed(make_link(anas).guest, None)


# Strangers


OWNED = [name for name, row in ROWS.items() if "404" in {row.get["ben"], row.post["ben"]} and "account" not in name]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", OWNED)
def test_a_stranger_gets_the_same_answer_as_for_a_row_that_does_not_exist(
    name: str, anas: Roadmap, ben_client: Client, *, htmx: bool
) -> None:
    there = arguments(name, anas)
    method = "post" if ROWS[name].post["ben"] == "404" else "get"
    headers = {"HX-Request": "true"} if htmx else {}
    somebodys, nobodys = (
        getattr(ben_client, method)(reverse(name, kwargs=parts), data(name, anas), headers=headers)
        for parts in (there, dict.fromkeys(there, 987_654_321))
    )
    assert somebodys.status_code == nobodys.status_code == 404
    assert without_tokens(somebodys.content) == without_tokens(nobodys.content)
    assert somebodys.headers == nobodys.headers


def without_tokens(page: bytes) -> bytes:
    """A page without what differs between any two answers."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def test_a_milestone_is_found_on_its_own_roadmap_alone(ana: User, ana_client: Client, ben: User) -> None:
    one, other, foreign = make_roadmap(ana), make_roadmap(ana), make_roadmap(ben)
    assert ana_client.get(reverse("milestone", args=[one.pk, milestone_of(one).pk])).status_code == 200
    for roadmap, milestone in ((one, milestone_of(other)), (foreign, milestone_of(one)), (one, milestone_of(foreign))):
        assert ana_client.get(reverse("milestone", args=[roadmap.pk, milestone.pk])).status_code == 404


def test_a_phase_of_somebody_elses_roadmap_cannot_be_chosen(ana: User, ana_client: Client, ben: User) -> None:
    own, foreign = make_roadmap(ana), make_roadmap(ben)
    wanted = {**data("milestone-add", own), "phase": foreign.phases.get().pk}
    response = ana_client.post(reverse("milestone-add", args=[own.pk]), wanted)
    assert response.status_code == 422
    assert foreign.milestones.count() == own.milestones.count() == 2


def test_an_event_of_another_roadmap_cannot_be_undone(ana: User, ana_client: Client, ben: User) -> None:
    own, other, foreign = make_roadmap(ana), make_roadmap(ana), make_roadmap(ben)
    for roadmap in (other, foreign):
        item = item_of(roadmap)
        item.tick(at=roadmap.created_at)
        event = roadmap.events.create(
            owner=roadmap.owner, kind="item-done", at=roadmap.created_at, item=item, milestone=item.milestone
        )
        assert ana_client.post(reverse("roadmap-undo", args=[own.pk]), {"event": event.pk}).status_code == 404
        item.refresh_from_db()
        assert item.done_at is not None


# Visitors


def test_a_visitor_who_reads_comes_back_after_signing_in(anas: Roadmap) -> None:
    response = Client().get(f"{anas.get_absolute_url()}?a=b")
    assert response["Location"] == f"/accounts/login/?next=/roadmaps/{anas.pk}/%3Fa%3Db"


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_a_visitor_who_ticks_comes_back_to_the_page_they_were_on(anas: Roadmap, ana: User, header: str) -> None:
    page = milestone_of(anas).get_absolute_url()
    htmx = {"HX-Request": "true"} if header == "HX-Current-URL" else {}
    client = Client()
    response = client.post(
        reverse("item-tick", args=[item_of(anas).pk]),
        {"done": "on"},
        headers={header: f"http://testserver{page}", **htmx},
    )
    leads_to = response.headers.get("HX-Redirect") or response.headers["Location"]
    assert leads_to == f"/accounts/login/?next={page}"
    client.force_login(ana)
    assert client.get(page).status_code == 200
    assert item_of(anas).done_at is None


@pytest.mark.parametrize("page", ["", "http://[", "https://elsewhere.example/roadmaps/", "//elsewhere.example//", "%"])
@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_a_page_that_is_not_ours_is_not_come_back_to(anas: Roadmap, header: str, page: str) -> None:
    htmx = {"HX-Request": "true"} if header == "HX-Current-URL" else {}
    response = Client().post(
        reverse("item-tick", args=[item_of(anas).pk]), {"done": "on"}, headers={header: page, **htmx}
    )
    leads_to = response.headers.get("HX-Redirect") or response.headers["Location"]
    assert leads_to == "/accounts/login/?next=/"


# The admin: one rule for every address of it


def admin_addresses() -> list[str]:
    """Every address of the admin; a part that names something names what may be there."""
    parts = {"kind": "milestones", "key": "set-password"}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))
            else:
                whole = prefix + str(pattern.pattern)
                whole = "admin/content/" if pattern.name == "app_list" else whole
                yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: parts.get(found[1], "1"), whole)

    resolvers = [each for each in get_resolver().url_patterns if getattr(each, "namespace", None) == "admin"]
    return sorted(set(walk(resolvers, "")))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_opens_for_editors_alone(method: str, ana_client: Client, ben: User, ben_client: Client) -> None:
    addresses = admin_addresses()
    assert len(addresses) > 60
    for address in addresses:
        assert getattr(ana_client, method)(address).status_code == 404, address
        away = getattr(Client(), method)(address)
        assert away.status_code == 302, address
        asked = Client().get(away["Location"]) if away["Location"].startswith("/admin/login/") else away
        assert asked["Location"].startswith(f"{reverse('account_login')}?next="), address
        htmx = getattr(Client(), method)(address, headers={"HX-Request": "true"})
        assert htmx.status_code in {204, 302}, address
    User.objects.filter(pk=ben.pk).update(is_staff=True)
    for address in addresses:
        assert getattr(ben_client, method)(address).status_code in {200, 302, 403, 404, 405}, address
        if re.fullmatch(r"/admin/content/\w+/(?:add/|1/change/)?", address):
            assert getattr(ben_client, method)(address).status_code == 403, address
