"""What every answer carries, and what no page contains: headers, cookies, inline code, third parties."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from config.errors import error_page
from roadmap import changes
from roadmap.models import Milestone, Roadmap
from tests import PASSWORD
from tests.addresses import answer_at, catalogue_addresses
from tests.browser import Server
from tests.config.test_access import ROWS, arguments
from tests.factories import item_of, make_assessment, make_link, make_roadmap, milestone_of, token_of

pytestmark = pytest.mark.once

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
URL_ATTRIBUTES = {"src", "srcset", "href", "action", "formaction", "poster", "data", "xlink:href", "background", "ping"}


@dataclass
class Markup(HTMLParser):
    """A page's elements, and what is wrong with them."""

    page: str
    problems: list[str] = field(default_factory=list)
    headings: int = 0
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)
        doubled = {each for each, times in Counter(self.ids).items() if times > 1}
        if doubled:
            self.problems.append(f"ids that are there twice: {', '.join(sorted(doubled))}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self._note(tag, "an attribute twice")
        self.headings += tag == "h1"
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in {"style", "iframe", "object", "embed", "base", "applet"}:
            self._note(tag, "no page of ours has one")
        if tag == "script" and ("src" not in attributes or attributes.get("type") == "module"):
            self._note(tag, "a script in the page")
        for name, value in attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self._note(tag, f"{name}={value!r}")
            if name in URL_ATTRIBUTES and not re.match(r"https?://|mailto:|/(?!/)|#|\?|$", value):
                self._note(tag, f"{name}={value!r} is no address of a page")
            ours = attributes.get("rel") in {"canonical", "alternate"} and value.startswith(f"{settings.BASE_URL}/")
            if name in URL_ATTRIBUTES and tag != "a" and re.match(r"https?:|//", value) and not ours:
                self._note(tag, f"{name}={value!r} is a third party's")
            if name in {"hx-vals", "hx-headers"} and value.startswith(("js:", "javascript:")):
                self._note(tag, f"{name}={value!r}")
        if tag == "a" and urlsplit(attributes.get("href", "")).netloc and "noopener" not in attributes.get("rel", ""):
            self._note(tag, f"{attributes['href']} without rel=noopener")

    def _note(self, tag: str, what: str) -> None:
        self.problems.append(f"line {self.getpos()[0]}: <{tag}>: {what}")


def check(response: Any, where: str) -> None:
    """Assert what holds for every answer, and for what is in it if it is a page."""
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, (where, name)
    assert policy_of(response) == POLICY, where
    assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"):
        assert f"{feature}=()" in response.headers["Permissions-Policy"]
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        markup = Markup(response.content.decode())
        assert markup.problems == [], (where, "\n".join(markup.problems))
        if "<html" in markup.page:
            assert markup.headings == 1, where
            assert "Cookie" in response.headers.get("Vary", "") or response.status_code >= 400, where


def policy_of(response: Any) -> dict[str, str]:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())


@pytest.fixture
def full(ana: User) -> Roadmap:
    """A roadmap on which there is something of everything."""
    roadmap = make_roadmap(ana, phases=2)
    make_link(roadmap, make_assessment(ana))
    make_link(roadmap, revoked_at=timezone.now())
    notes = (
        '# A head\n\n[a link](https://example.org/) <b style="color:red" onclick="x()">b</b> ![i](https://e.org/i.png)'
    )
    Milestone.objects.filter(roadmap=roadmap).update(
        notes=notes,
        resources=["d2l"],
        reason={"closes": [{"skill": "linear-algebra", "from": 0, "to": 1, "roles": []}]},
    )
    milestone_of(roadmap, 2).skip(at=timezone.now())
    changes.set_done(item_of(roadmap), done=True, at=timezone.now())
    return roadmap


# Every page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ROWS)
def test_every_answer_has_the_headers_and_no_page_has_code_in_it(
    full: Roadmap, ana: User, language: str, name: str
) -> None:
    link = full.share_links.get(revoked_at=None)
    full.share_links.exclude(pk=link.pk).delete()
    with translation.override(language):
        address = reverse(name, kwargs=arguments(name, full))
    User.objects.filter(pk=ana.pk).update(language=language)
    owner = Client(headers={"Accept-Language": language})
    owner.force_login(ana)
    for client in (Client(headers={"Accept-Language": language}), owner):
        for headers in ({}, {"HX-Request": "true"}):
            check(client.get(address, headers=headers), name)
            check(client.post(address, headers=headers), name)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_of_the_catalogue_too(language: str) -> None:
    for address in catalogue_addresses(language):
        response = answer_at(address)
        assert response.status_code == 200
        check(response, address)


@pytest.mark.django_db
def test_pages_with_something_to_say_too(full: Roadmap, ana_client: Client, ana: User) -> None:
    milestone, item = milestone_of(full), item_of(full)
    share = reverse("roadmap-share", args=[full.pk])
    sent: list[tuple[str, dict[str, Any]]] = [
        (reverse("roadmap-new"), {"hours_per_week": "x"}),
        (share, {"label": ""}),
        (share, {"label": "Professor <i>Kim</i>", "owner_name": "Ana", "days": 7}),
        (reverse("item-add", args=[milestone.pk]), {"text": ""}),
        (reverse("item-add", args=[milestone.pk]), {"text": "<img src=https://e.org/x onerror=alert(1)>"}),
        (reverse("item-edit", args=[item.pk]), {"text": ""}),
        (reverse("item-edit", args=[item.pk]), {"text": "Mine", "seen": "another"}),
        (reverse("milestone-edit", args=[milestone.pk]), {"text": "Mine", "seen": "another"}),
        (reverse("milestone-notes", args=[milestone.pk]), {"text": "a\x00"}),
        (reverse("milestone-add", args=[full.pk]), {"title": ""}),
        (reverse("roadmap-archive", args=[full.pk]), {"archived": "on"}),
        (reverse("preferences"), {"language": "fr"}),
        (reverse("account_change_password"), {"oldpassword": "x"}),
        (reverse("example"), {}),
    ]
    for address, data in sent:
        for headers in ({}, {"HX-Request": "true"}):
            check(ana_client.post(address, data, follow=True, headers=headers), address)
    for address in (
        full.get_absolute_url(),
        milestone.get_absolute_url(),
        share,
        reverse("roadmaps"),
        reverse("roadmap-new"),
    ):
        check(ana_client.get(address), address)
    check(Client().get(reverse("shared", args=[token_of(make_link(full))])), "shared")
    check(Client().post(reverse("account_login"), {"login": "x", "password": "x"}), "account_login")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/s/nothing/",
        "/?%00",
        "/static/nothing.css",
        "/roles",
        "/roles/",
        "/sitemap.xml",
        "//elsewhere.example/",
        "/s/x",
    ],
)
def test_errors_and_redirects_too(address: str) -> None:
    check(Client().get(address), address)


@pytest.mark.django_db
def test_a_refused_form_and_a_foreign_host_too() -> None:
    check(Client(enforce_csrf_checks=True).post(reverse("preferences-display")), "csrf")
    check(Client().get("/", headers={"Host": "elsewhere.example"}), "host")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_no_error_page_has_code_in_it(rf: Any, status: int) -> None:
    markup = Markup(error_page(rf.get("/"), status).content.decode())
    assert markup.problems == []
    assert markup.headings == 1


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ('<p style="color:red">', "style="),
        ("<style>p {}</style>", "<style>"),
        ("<script>alert(1)</script>", "a script in the page"),
        ("<button onclick='x()'>", "onclick="),
        ("<button hx-on:click='x()'>", "hx-on:click="),
        ('<img src="https://elsewhere.example/p.gif">', "third party"),
        ('<link rel="stylesheet" href="//elsewhere.example/s.css">', "third party"),
        ('<a href="javascript:alert(1)">', "no address"),
        ('<a href="data:text/html,x">', "no address"),
        ('<a href="https://elsewhere.example/">', "noopener"),
        ('<svg><rect style="fill:red"/></svg>', "style="),
        ('<p id="a"></p><p id="a"></p>', "twice: a"),
    ],
)
def test_what_no_page_should_contain_is_noticed(page: str, problem: str) -> None:
    assert problem in "\n".join(Markup(page).problems)


# Plain HTTP, on a person's own machine


@pytest.mark.django_db
def test_cookies_on_plain_http_are_closed_to_scripts_and_to_other_sites(ana: User) -> None:
    client = Client()
    sent = {"login": ana.email, "password": PASSWORD}
    answers = [
        client.get(reverse("account_login")),
        client.post(reverse("account_login"), sent),
        client.post(reverse("preferences-display"), {"language": "ko", "theme": "dark"}),
    ]
    cookies = {name: cookie for answer in answers for name, cookie in answer.cookies.items()}
    assert set(cookies) == {"session", "csrf", "language", "theme"}
    for name, cookie in cookies.items():
        assert cookie["httponly"], name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", ""), name
        assert not cookie["secure"], name


def test_plain_http_promises_no_https() -> None:
    assert not settings.SECURE_HSTS_SECONDS
    assert not settings.SECURE_SSL_REDIRECT


# HTTPS, as a host runs it: a server of its own behind a proxy


HOST = "waymark.example.org"


@pytest.fixture(scope="module")
def behind_https() -> Iterator[Server]:
    """A server with the settings of a real installation."""
    server = Server(
        on="",
        DJANGO_SETTINGS_MODULE="config.settings",
        WAYMARK_LOCAL="0",
        WAYMARK_BASE_URL=f"https://{HOST}",
        WAYMARK_BEHIND_PROXY="1",
        SECRET_KEY="of-this-test-alone-" * 4,
        ALLOWED_HOSTS=f"{HOST},127.0.0.1",
        WEB_CONCURRENCY="1",
    )
    try:
        server.start()
        yield server
    finally:
        server.remove()


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    cookies: list[str]
    text: str


def ask(
    server: Server,
    path: str,
    *,
    method: str = "GET",
    body: str = "",
    https: bool = True,
    headers: dict[str, str] | None = None,
) -> Answer:
    """What the server behind its proxy answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    said = {"Host": HOST, "X-Forwarded-Proto": "https" if https else "http", **(headers or {})}
    if body:
        said["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body=body or None, headers=said)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
    finally:
        connection.close()
    return Answer(response.status, response.headers, response.headers.get_all("Set-Cookie") or [], text)


def test_https_is_demanded_and_remembered(behind_https: Server) -> None:
    plain = ask(behind_https, "/roles/?a=b", https=False)
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/roles/?a=b")
    assert ask(behind_https, "/healthz", https=False).status == 200
    for path in ("/roles/", "/nowhere/", "/s/nothing/", "/accounts/login/"):
        answer = ask(behind_https, path)
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload", path
        assert answer.headers["Content-Security-Policy"]
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)


def test_cookies_over_https_belong_to_this_host_alone(behind_https: Server) -> None:
    page = ask(behind_https, "/accounts/signup/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    csrf = page.cookies[0].split(";")[0]
    form = urlencode({"csrfmiddlewaretoken": token[1], "email": "ana@example.org", "password1": PASSWORD})
    origin = {"Origin": f"https://{HOST}", "Cookie": csrf}
    signed_up = ask(behind_https, "/accounts/signup/", method="POST", body=form, headers=origin)
    assert signed_up.status == 302
    switch = urlencode({"csrfmiddlewaretoken": token[1], "language": "ko", "theme": "dark"})
    switched = ask(behind_https, "/preferences/display/", method="POST", body=switch, headers=origin)
    assert switched.status == 302
    cookies = {cookie.split("=")[0]: cookie for answer in (page, signed_up, switched) for cookie in answer.cookies}
    assert set(cookies) == {"__Host-session", "__Host-csrf", "__Host-language", "__Host-theme"}
    for name, cookie in cookies.items():
        flags = {part.strip().split("=")[0].lower(): part.strip() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite", "path"} <= set(flags), name
        assert flags["path"] == "Path=/", name
        assert flags["samesite"] == "SameSite=Lax", name
        assert "domain" not in flags, name


def test_a_form_of_another_site_is_refused(behind_https: Server) -> None:
    page = ask(behind_https, "/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    body = urlencode({"csrfmiddlewaretoken": token[1], "theme": "dark"})
    cookie = {"Cookie": page.cookies[0].split(";")[0]}
    for origin in ("https://elsewhere.example", f"http://{HOST}", "null"):
        sent = ask(
            behind_https, "/preferences/display/", method="POST", body=body, headers={"Origin": origin, **cookie}
        )
        assert sent.status == 403, origin
    ours = {"Origin": f"https://{HOST}", **cookie}
    sent = ask(behind_https, "/preferences/display/", method="POST", body=body, headers=ours)
    assert sent.status == 302


def test_static_files_carry_the_headers_and_may_be_kept_for_ever(behind_https: Server) -> None:
    page = ask(behind_https, "/en/roles/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 3
    for address in addresses:
        answer = ask(behind_https, address)
        assert answer.status == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert not answer.cookies, address


def test_a_real_installation_passes_djangos_own_checks(behind_https: Server) -> None:
    said = behind_https.manage("check", "--deploy", "--fail-level", "WARNING")
    assert "no issues (0 silenced)" in said


def test_another_host_is_refused(behind_https: Server) -> None:
    answer = ask(behind_https, "/", headers={"Host": "elsewhere.example"})
    assert answer.status == 400
    assert "elsewhere.example" not in answer.text
    # A proxy's header does not change who we are.
    answer = ask(behind_https, "/home/", headers={"X-Forwarded-Host": "elsewhere.example"})
    assert "elsewhere" not in answer.headers["Location"]
