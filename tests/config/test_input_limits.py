"""What nobody types: each is answered with a clear 4xx, nothing of it is stored, and all that is stored can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from roadmap.models import ChecklistItem, Event, Milestone, Roadmap, ShareLink
from tests import PASSWORD
from tests.factories import MIX, item_of, make_link, make_roadmap, milestone_of, token_of

pytestmark = pytest.mark.django_db

URLENCODED = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    return make_roadmap(ana)


def address_of(form: str, roadmap: Roadmap) -> str:
    """Where the form of that name goes."""
    if form in {"roadmap-new", "preferences"}:
        return reverse(form)
    if form == "item-edit":
        return reverse(form, args=[item_of(roadmap).pk])
    on_milestone = form in {"milestone-notes", "milestone-edit", "item-add"}
    return reverse(form, args=[milestone_of(roadmap).pk if on_milestone else roadmap.pk])


def good(form: str, roadmap: Roadmap) -> dict[str, str]:
    """What that form sends when it is filled in well."""
    days = {"starts_on": "2026-11-24", "ends_on": "2026-12-01"}
    values: dict[str, dict[str, Any]] = {
        "item-edit": {"text": "Another text", "seen": "Item 1.1"},
        "milestone-edit": {"text": "Another title", "seen": "Milestone 1"},
        "milestone-notes": {"text": "Some notes", "seen": ""},
        "roadmap-edit": {"text": "Another title", "seen": roadmap.title},
        "item-add": {"text": "My own item"},
        "milestone-add": {
            "title": "My own",
            "phase": roadmap.phases.get().pk,
            "items": "One\nTwo",
            "hours": 5,
            **days,
        },
        "roadmap-share": {"label": "Professor Kim", "owner_name": "Ana", "days": 30},
        "preferences": {"name": "Ana", "language": "en", "time_zone": "", "theme": "system"},
        "roadmap-new": {
            **{f"mix_{role}": parts for role, parts in MIX.items()},
            "target_class": 3,
            "situation": "cs-undergraduate",
            "goal": "employment",
            "hours_per_week": 10,
            "starts_on": "2026-11-24",
            "deadline_on": "2027-11-24",
            "level_mathematics": 1,
        },
    }
    return {name: str(value) for name, value in values[form].items()}


FORMS = [
    "item-edit",
    "milestone-edit",
    "milestone-notes",
    "roadmap-edit",
    "item-add",
    "milestone-add",
    "roadmap-share",
    "preferences",
    "roadmap-new",
]
TEXTS = [
    ("item-edit", "text", 300),
    ("milestone-edit", "text", 120),
    ("milestone-notes", "text", 20_000),
    ("roadmap-edit", "text", 120),
    ("item-add", "text", 300),
    ("milestone-add", "title", 120),
    ("milestone-add", "items", 300),
    ("roadmap-share", "label", 80),
    ("roadmap-share", "owner_name", 80),
    ("preferences", "name", 80),
]
NUMBERS = [
    ("milestone-add", "hours"),
    ("milestone-add", "phase"),
    ("roadmap-share", "days"),
    ("roadmap-new", "hours_per_week"),
    ("roadmap-new", "target_class"),
    ("roadmap-new", "level_mathematics"),
    ("roadmap-new", "mix_engineer"),
]
DAYS = [
    ("milestone-add", "starts_on"),
    ("milestone-add", "ends_on"),
    ("roadmap-new", "starts_on"),
    ("roadmap-new", "deadline_on"),
]


FIELDS = [*(text[:2] for text in TEXTS), *NUMBERS, *DAYS]


def stored() -> list[list[dict[str, Any]]]:
    """Everything that people put in: every column of every row. A session is no such thing."""
    models = [
        model for app in ("accounts", "assessments", "roadmap") for model in tables_of(app) if model is not Session
    ]
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def tables_of(app: str) -> list[type[Model]]:
    return list(apps.get_app_config(app).get_models(include_auto_created=True))


@dataclass
class Refused:
    """Ana asks for something; the answer is a clear 4xx and nothing changed. Each asking returns what she reads."""

    client: Client
    page: str

    def get(self, address: str, *statuses: int, **how: Any) -> str:
        return self._ask(lambda: self.client.get(address, **how), statuses, address)

    def post(self, address: str, sent: dict[str, Any], *statuses: int, **how: Any) -> str:
        return self._ask(lambda: self.client.post(address, sent, **how), statuses, f"{address}: {sent}")

    def send(self, address: str, body: bytes, content_type: str, *statuses: int) -> str:
        """Bytes as they are."""
        asked = f"{address}, {content_type}: {body[:200]!r}"
        return self._ask(lambda: self.client.generic("POST", address, body, content_type), statuses, asked)

    def _ask(self, ask: Callable[[], Any], statuses: Collection[int], asked: str) -> str:
        before = stored()
        response = ask()
        assert response.status_code in statuses, (response.status_code, asked)
        assert stored() == before, asked
        text: str = response.content.decode()
        assert "<h1>" in text or 'class="errorlist"' in text, asked
        assert "<html" in text or 'class="errorlist"' in text, asked
        assert self.client.get(self.page).status_code == 200, asked
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture
def refused(roadmap: Roadmap, ana_client: Client) -> Refused:
    return Refused(ana_client, roadmap.get_absolute_url())


def test_every_good_form_is_taken(roadmap: Roadmap, ana_client: Client) -> None:
    """Or else the tests below would refuse for another reason."""
    for form in FORMS:
        response = ana_client.post(address_of(form, roadmap), good(form, roadmap))
        assert response.status_code == 302, form
        roadmap.delete()
        roadmap = make_roadmap(roadmap.owner)


# NUL bytes


@pytest.mark.parametrize(
    "address",
    ["/roles/%00/", "/en/roles/%00/", "/s/%00/", "/s/abc%00/", "/%00", "/?a=%00", "/example/?milestone=%00", "/?%00"],
)
def test_a_nul_byte_in_an_address_is_400(address: str, refused: Refused) -> None:
    assert "We could not read that" in refused.get(address, 400)


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_a_nul_byte_in_a_field_is_told_there(roadmap: Roadmap, refused: Refused, form: str, field: str) -> None:
    sent = {**good(form, roadmap), field: f"{good(form, roadmap)[field]}\x00"}
    for headers in ({}, HTMX):
        said = refused.post(address_of(form, roadmap), sent, 422, headers=headers)
        if (form, field) in [text[:2] for text in TEXTS]:
            assert "Null characters are not allowed." in said


@pytest.mark.parametrize("form", ["item-edit", "milestone-edit", "milestone-notes", "roadmap-edit"])
def test_a_nul_byte_in_the_text_that_was_seen_is_told(roadmap: Roadmap, refused: Refused, form: str) -> None:
    sent = {**good(form, roadmap), "seen": "a\x00"}
    assert "Null characters" in refused.post(address_of(form, roadmap), sent, 422)


@pytest.mark.parametrize("sent", [{"language": "ko\x00"}, {"theme": "\x00"}, {"theme": "dark", "language": "k\x00"}])
def test_a_nul_byte_in_a_switch_is_400(refused: Refused, sent: dict[str, str]) -> None:
    refused.post(reverse("preferences-display"), sent, 400)


def test_a_nul_byte_in_a_cookie_is_400(db: None) -> None:
    client = Client()
    for cookie in ('session="aaaaaaaa\\000aaaa"', 'csrf="\\000"', 'language="\\000"'):
        assert client.get("/roles/", headers={"Cookie": cookie}).status_code == 400


# Numbers that are too large


IDS = ["9" * 19, "9" * 20, "9" * 100, "9" * 5000]


@pytest.mark.parametrize(
    "address",
    [
        "/roadmaps/{}/",
        "/roadmaps/{}/edit/",
        "/roadmaps/{}/share/",
        "/roadmaps/{}/milestones/1/",
        "/roadmaps/1/milestones/{}/",
        "/roadmaps/milestones/{}/notes/",
        "/roadmaps/items/{}/edit/",
        "/roadmaps/links/{}/preview/",
    ],
)
def test_a_huge_number_in_an_address_is_404(address: str, refused: Refused) -> None:
    for number in IDS:
        assert "There is nothing here" in refused.get(address.format(number), 404)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/roadmaps/items/{}/done/", {"done": "on"}),
        ("/roadmaps/items/{}/remove/", {}),
        ("/roadmaps/milestones/{}/skip/", {"skipped": "on"}),
        ("/roadmaps/milestones/{}/remove/", {}),
        ("/roadmaps/milestones/{}/items/add/", {"text": "a"}),
        ("/roadmaps/links/{}/revoke/", {}),
        ("/roadmaps/{}/undo/", {"event": "1"}),
        ("/roadmaps/{}/delete/", {}),
    ],
)
def test_a_change_of_a_huge_number_is_404(address: str, sent: dict[str, str], refused: Refused) -> None:
    for number in IDS:
        refused.post(address.format(number), sent, 404)


@pytest.mark.parametrize(("form", "field"), NUMBERS)
def test_a_number_that_is_none_is_told_at_its_field(roadmap: Roadmap, refused: Refused, form: str, field: str) -> None:
    for number in ("-1", "1.5", "1e9", "0x10", "NaN", "Infinity", "٣٤٥٦", *IDS):
        refused.post(address_of(form, roadmap), {**good(form, roadmap), field: number}, 422)


def test_a_preview_of_a_huge_number_is_a_page(ana_client: Client, roadmap: Roadmap) -> None:
    for field in ("hours_per_week", "mix_engineer", "level_mathematics"):
        response = ana_client.get(reverse("roadmap-new"), {**good("roadmap-new", roadmap), field: "9" * 5000})
        assert response.status_code == 200
        assert "errorlist" in response.content.decode()


# Dates


FAR = ["0001-01-01", "1969-12-31", "2201-01-01", "9999-12-31", "10000-01-01"]
NO_DAYS = [*FAR, "2026-13-01", "-2026-01-01", "0", "2026"]


@pytest.mark.parametrize(("form", "field"), DAYS)
def test_a_day_that_is_none_of_ours_is_told_at_its_field(
    roadmap: Roadmap, refused: Refused, form: str, field: str
) -> None:
    for no_day in NO_DAYS:
        refused.post(address_of(form, roadmap), {**good(form, roadmap), field: no_day}, 422)


@pytest.mark.parametrize(("first", "last"), [("1970-01-01", "1970-01-01"), ("2200-12-31", "2200-12-31")])
def test_the_first_and_the_last_day_can_be_read_again(
    roadmap: Roadmap, ana_client: Client, first: str, last: str
) -> None:
    sent = {**good("milestone-add", roadmap), "starts_on": first, "ends_on": last}
    response = ana_client.post(address_of("milestone-add", roadmap), sent, follow=True)
    assert response.status_code == 200
    made = Milestone.objects.get(title_en="My own")
    assert (made.starts_on, made.ends_on) == (date.fromisoformat(first), date.fromisoformat(last))
    plan = {**good("roadmap-new", roadmap), "starts_on": first, "deadline_on": last}
    assert ana_client.get(reverse("roadmap-new"), plan).status_code == 200
    response = ana_client.post(reverse("roadmap-new"), plan, follow=True)
    assert response.status_code == 200
    assert Client().get(reverse("shared", args=[token_of(make_link(roadmap))])).status_code == 200


# Bytes that are no text


BYTES = {
    "invalid UTF-8": b"%FF%FE",
    "overlong": b"%C0%80",
    "a lone surrogate": b"%ED%A0%80",
    "a pair of surrogates": b"%ED%A0%BD%ED%B8%80",
    "raw bytes": b"\xff\xfe",
    "half a letter": b"%ED%95",
}


ENCODED = [sent.decode() for what, sent in BYTES.items() if what != "raw bytes"]


@pytest.mark.parametrize(("form", "field"), [*(text[:2] for text in TEXTS), ("roadmap-new", "situation")])
def test_what_is_no_utf8_in_a_form_is_400(roadmap: Roadmap, refused: Refused, form: str, field: str) -> None:
    rest = "&".join(f"{name}={value}" for name, value in good(form, roadmap).items() if name != field)
    for sent in BYTES.values():
        body = rest.replace(" ", "+").replace("\n", "%0A").encode() + f"&{field}=a".encode() + sent
        assert "We could not read that" in refused.send(address_of(form, roadmap), body, URLENCODED, 400)


@pytest.mark.parametrize("address", ["/example/?milestone={}", "/roadmaps/new/?situation={}", "/?{}=1"])
def test_what_is_no_utf8_in_a_query_is_400(refused: Refused, address: str) -> None:
    for sent in ENCODED:
        refused.get(address.format(sent), 400)


@pytest.mark.parametrize("address", ["/en/roles/{}/", "/s/{}/", "/roadmaps/{}/", "/roles/{}/"])
def test_what_is_no_utf8_in_an_address_is_404(refused: Refused, address: str) -> None:
    for sent in ENCODED:
        refused.get(address.format(sent), 404, follow=address == "/roles/{}/")


def multipart(fields: dict[str, bytes]) -> bytes:
    parts = (f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n'.encode() + v for n, v in fields.items())
    return b"\r\n".join([*parts, b"--x--\r\n"])


@pytest.mark.parametrize("text", [b"a\xff", b"\xed\xa0\x80"])
def test_what_is_no_utf8_in_a_multipart_form_is_400(roadmap: Roadmap, refused: Refused, text: bytes) -> None:
    body = multipart({"text": text, "seen": b"Item 1.1"})
    for charset in ("", "; charset=utf-7", "; charset=unicode_escape", "; charset=latin-1"):
        kind = f"multipart/form-data; boundary=x{charset}"
        refused.send(address_of("item-edit", roadmap), body, kind, 400)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", URLENCODED])
def test_another_charset_than_utf8_is_400(roadmap: Roadmap, refused: Refused, kind: str) -> None:
    fields = {"text": b"+2AA-\\ud800", "seen": b"Item 1.1"}
    body = multipart(fields) if "multipart" in kind else b"text=+2AA-%5Cud800&seen=Item+1.1"
    for charset in ("utf-7", "unicode_escape", "utf-16", "no-such-charset", "\xff"):
        refused.send(address_of("item-edit", roadmap), body, f"{kind}; charset={charset}", 400)


def test_percent_signs_in_a_multipart_form_are_text(roadmap: Roadmap, ana_client: Client) -> None:
    body = multipart({"text": b"100%ff and %00", "seen": b"Item 1.1"})
    address = address_of("item-edit", roadmap)
    response = ana_client.post(address, body, content_type="multipart/form-data; boundary=x; charset=UTF-8")
    assert response.status_code == 302
    assert ChecklistItem.objects.filter(text_en="100%ff and %00").exists()


# Too much


@pytest.mark.parametrize("form", FORMS)
def test_a_body_of_three_megabytes_is_refused(roadmap: Roadmap, refused: Refused, form: str) -> None:
    large = b"a" * 3_000_000
    for kind in (URLENCODED, "multipart/form-data; boundary=x", "text/plain", "application/json"):
        body = multipart({"text": large}) if "multipart" in kind else b"text=" + large
        refused.send(address_of(form, roadmap), body, kind, 400, 413)


def test_too_many_fields_are_refused(roadmap: Roadmap, refused: Refused) -> None:
    body = "&".join(["text=a", "seen=Item+1.1", *(f"f{number}=1" for number in range(200))]).encode()
    address = address_of("item-edit", roadmap)
    refused.send(address, body, URLENCODED, 400)
    many = multipart({"text": b"a", "seen": b"Item 1.1", **{f"f{number}": b"1" for number in range(200)}})
    refused.send(address, many, "multipart/form-data; boundary=x", 400)


def test_a_file_is_refused(roadmap: Roadmap, refused: Refused) -> None:
    file = BytesIO(b"a file")
    file.name = "cv.pdf"
    sent = {**good("item-edit", roadmap), "file": file}
    refused.post(address_of("item-edit", roadmap), sent, 400)


@pytest.mark.parametrize("letter", ["a", "한", "😀"])
@pytest.mark.parametrize(("form", "field", "most"), TEXTS)
def test_a_text_may_be_so_long_and_no_longer(
    roadmap: Roadmap, ana_client: Client, refused: Refused, form: str, field: str, most: int, letter: str
) -> None:
    address = address_of(form, roadmap)
    said = refused.post(address, {**good(form, roadmap), field: letter * (most + 1)}, 422)
    assert f"at most {most}" in said
    response = ana_client.post(address, {**good(form, roadmap), field: letter * most}, follow=True)
    assert response.status_code == 200
    if field != "owner_name":
        assert letter * most in response.content.decode()
    else:
        assert ShareLink.objects.get().owner_name == letter * most


def test_a_checklist_has_forty_items_at_most(ana: User, roadmap: Roadmap, ana_client: Client, refused: Refused) -> None:
    sent = good("milestone-add", roadmap)
    lines = [f"Line {number}" for number in range(41)]
    address = address_of("milestone-add", roadmap)
    said = refused.post(address, {**sent, "items": "\n".join(lines)}, 422)
    assert "At most 40 items." in said
    ana_client.post(address, {**sent, "items": "\n".join(lines[:40])})
    made = Milestone.objects.get(title_en="My own")
    assert made.items.count() == 40
    one_more = reverse("item-add", args=[made.pk])
    said = refused.post(one_more, {"text": "One more"}, 422)
    assert "at most 40 items" in said
    made.items.all()[0].remove(at=roadmap.created_at)
    assert ana_client.post(one_more, {"text": "One more"}).status_code == 302


@pytest.mark.parametrize("lines", ["", "  \n\t\n", "\r\n\r\n"])
def test_a_milestone_of_ones_own_has_at_least_one_item(roadmap: Roadmap, refused: Refused, lines: str) -> None:
    sent = {**good("milestone-add", roadmap), "items": lines}
    refused.post(address_of("milestone-add", roadmap), sent, 422)


def test_a_roadmap_has_three_hundred_milestones_at_most(ana: User, refused: Refused) -> None:
    full = make_roadmap(ana, milestones=300, items=0)
    said = refused.post(address_of("milestone-add", full), good("milestone-add", full), 422)
    assert "A roadmap has at most 300 milestones." in said


# Notes that are hard to read


NESTED = {
    "brackets": ("[", "]"),
    "links": ("[", "](a)"),
    "images": ("![", "](a)"),
    "quotes": (">", ""),
    "lists": ("- ", ""),
    "stars": ("*", "*"),
    "stars and underscores": ("*_", "_*"),
    "ticks": ("`", ""),
    "parentheses": ("[a](", ")"),
    "tags": ("<b>", "</b>"),
    "tables": ("|", "|\n"),
    "tildes": ("~~a", ""),
    "entities": ("&#", ";"),
}


@pytest.mark.parametrize("what", NESTED)
def test_a_hundred_thousand_nested_marks_are_refused(roadmap: Roadmap, refused: Refused, what: str) -> None:
    start, end = NESTED[what]
    sent = {"text": (start * 100_000)[:100_000] + (end * 100_000)[:100_000], "seen": ""}
    said = refused.post(address_of("milestone-notes", roadmap), sent, 400, 413, 422)
    assert "at most 20000 characters" in said or "We could not read that" in said


@pytest.mark.parametrize("what", NESTED)
def test_as_many_nested_marks_as_fit_can_be_read_again(roadmap: Roadmap, ana_client: Client, what: str) -> None:
    start, end = NESTED[what]
    depth = 20_000 // len(start + end)
    text = f"{start * depth}{end * depth}"[:20_000].strip()
    response = ana_client.post(address_of("milestone-notes", roadmap), {"text": text, "seen": ""}, follow=True)
    assert response.status_code == 200
    assert milestone_of(roadmap).notes == text
    assert ana_client.get(address_of("milestone-notes", roadmap)).status_code == 200


STRANGE = [
    "\x01\x02\x1b[31m",
    "\u202eright to left",
    "\ufeff\ufffe\uffff",
    "\U0010ffff",
    "e\u0301" * 40,
    "\u0000"[:0] + "\u2028a\u2029",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now 'Y' %}",
    "%s %(name)s {0}",
    "' OR 1=1 --",
    "`code` and ``more`` `",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_text_is_kept_shown_harmlessly_and_can_be_taken_back(
    roadmap: Roadmap, ana_client: Client, text: str
) -> None:
    """In every field that takes a text, one after the other, and then read and taken back."""
    before = {milestone.pk: milestone.title for milestone in Milestone.objects.on(roadmap)}
    sent = [(address_of(form, roadmap), {**good(form, roadmap), field: text}) for form, field, _most in TEXTS]
    for address, values in sent:
        response = ana_client.post(address, values, follow=True)
        assert response.status_code == 200, address
        assert "<script>alert" not in response.content.decode(), address
    pages = [roadmap.get_absolute_url(), *(milestone.get_absolute_url() for milestone in Milestone.objects.on(roadmap))]
    pages += [reverse("roadmap-share", args=[roadmap.pk]), reverse("preferences")]
    readers = [(ana_client, address) for address in pages]
    readers.append((Client(), reverse("shared", args=[token_of(make_link(roadmap, owner_name=text, label=text))])))
    for client, address in readers:
        page = client.get(address)
        assert page.status_code == 200, address
        assert "<script>alert" not in page.content.decode(), address
    events = list(Event.objects.order_by("-pk"))
    assert len(events) >= 7
    for event in events:
        assert ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": event.pk}).status_code == 302
    assert {milestone.pk: milestone.title for milestone in Milestone.objects.on(roadmap)} == before


# Signing in and up, whose forms answer 200 with what is wrong at the field


ACCOUNT_FORMS = {
    "account_login": {"login": "ana@example.org", "password": PASSWORD},
    "account_signup": {"email": "new@example.org", "password1": PASSWORD},
    "account_reset_password": {"email": "ana@example.org"},
}
AWKWARD = {
    "NUL": "\x00",
    "long": "a" * 10_000,
    "long address": f"{'a' * 300}@example.org",
    "digits": "9" * 5000,
    "line": "a@example.org\r\nBcc: b@example.org",
    "emoji": "😀@example.org",
}


@pytest.mark.parametrize("what", AWKWARD)
@pytest.mark.parametrize(("form", "field"), [(form, field) for form, good in ACCOUNT_FORMS.items() for field in good])
def test_nobody_signs_in_or_up_with_what_is_no_address(
    ana: User, outbox: Callable[[], list[Any]], form: str, field: str, what: str
) -> None:
    client = Client()
    response = client.post(reverse(form), {**ACCOUNT_FORMS[form], field: AWKWARD[what]})
    if field == "password1" and what in {"long", "long address", "line"}:
        assert response.status_code == 302, "a strange password is a good one"
        return
    assert response.status_code == 200
    assert 'class="errorlist' in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
    assert not outbox()


@pytest.mark.parametrize("form", ACCOUNT_FORMS)
@pytest.mark.parametrize("what", BYTES)
def test_nobody_signs_in_or_up_with_what_is_no_utf8(ana: User, form: str, what: str) -> None:
    body = "&".join(f"{name}=a" for name in ACCOUNT_FORMS[form]).encode() + BYTES[what]
    before = User.objects.count(), Session.objects.count()
    assert Client().post(reverse(form), body, content_type=URLENCODED).status_code == 400
    assert (User.objects.count(), Session.objects.count()) == before


@pytest.mark.parametrize(
    "address",
    [
        f"/accounts/confirm-email/{'a' * 5000}/",
        "/accounts/confirm-email/:::/",
        f"/accounts/password/reset/key/{'z' * 5000}-a-b/",
        f"/accounts/password/reset/key/{'9' * 19}-set-password/",
        f"/accounts/password/reset/key/1-{'a' * 5000}/",
    ],
)
def test_a_link_of_a_mail_that_is_none_is_a_page(ana: User, address: str) -> None:
    assert Client().get(address).status_code in {200, 302, 404}


@pytest.mark.parametrize(
    "following",
    [
        "x",
        "a::b",
        "//elsewhere.example",
        "https://elsewhere.example/",
        "\x00",
        "/\r\nA: b",
        "a" * 9000,
        "javascript:alert(1)",
        "",
    ],
)
def test_a_switch_stays_on_this_site_wherever_it_is_told_to_lead(db: None, following: str) -> None:
    response = Client().post(reverse("preferences-display"), {"theme": "dark", "next": following})
    assert response.status_code in {302, 400}
    if response.status_code == 302:
        target = response["Location"]
        assert not re.match(r"//|\w+:", target), target
        assert "\n" not in target
