"""Mails over a real connection: they arrive, speak their reader's language, and lead back; or the server is gone."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from tests import PASSWORD
from tests.browser import Server
from tests.smtp import Mailbox
from tests.visitor import Answer, Visitor

BASE = "http://roadmaps.lab.example:8080"  # Not what the requests name, so a link can only come from the setting.
FROM = "Roadmaps of the lab <roadmaps@lab.example>"
HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """Where the mails go."""
    mailbox = Mailbox()
    yield mailbox
    mailbox.close()


@pytest.fixture(scope="module")
def with_mail(mailbox: Mailbox) -> Iterator[Server]:
    """A server that sends there."""
    address = f"smtp://127.0.0.1:{mailbox.port}/?timeout=2"
    server = Server(EMAIL_URL=address, WAYMARK_BASE_URL=BASE, WAYMARK_MAIL_FROM=FROM)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def link_in(mail: EmailMessage) -> str:
    """The path of the link that the mail asks to follow; every link is at the configured address."""
    links: list[str] = re.findall(r"https?://\S+", text_of(mail))
    assert links
    assert all(link == BASE or link.startswith(f"{BASE}/") for link in links), links
    return next(urlsplit(link).path for link in links if len(urlsplit(link).path) > 20)


def ask_for_a_reset(visitor: Visitor, email: str) -> Answer:
    return visitor.post("/accounts/password/reset/", {"email": email})


def follow(visitor: Visitor, path: str) -> tuple[str, Answer]:
    """Where a link leads in the end, and the page there."""
    for _ in range(4):
        answer = visitor.get(path)
        if answer.status != 302:
            return path, answer
        path = urlsplit(answer.headers["Location"]).path
    raise AssertionError(f"too many redirects: {path}")


def sign_in(server: Server, email: str, password: str) -> int:
    return Visitor(server).post("/accounts/login/", {"login": email, "password": password}).status


def test_a_new_person_gets_a_mail_that_confirms_their_address(with_mail: Server, mailbox: Mailbox) -> None:
    visitor = Visitor(with_mail, language="en")
    email = visitor.sign_up("confirming@example.org")
    mail = mailbox.next(email)
    assert mail["From"] == FROM
    assert not HANGUL.search(mail["Subject"] + text_of(mail))
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "It is not confirmed yet" in visitor.get("/accounts/email/").text
    path, page = follow(visitor, link_in(mail))
    assert page.status == 200
    assert visitor.post(path, {}).status == 302
    assert "It is confirmed." in visitor.get("/accounts/email/").text


def test_a_confirmation_waits_for_a_press_and_not_for_a_mail_scanner(with_mail: Server, mailbox: Mailbox) -> None:
    visitor = Visitor(with_mail)
    email = visitor.sign_up("scanned@example.org")
    link = link_in(mailbox.next(email))
    scanner = Visitor(with_mail)
    first, second = scanner.get(link), scanner.get(link)
    assert (first.status, second.status) == (200, 200)
    assert scanner.post(link, {}).status == 302


def test_a_lost_password_is_replaced_by_the_link_of_a_mail_once(with_mail: Server, mailbox: Mailbox) -> None:
    email = Visitor(with_mail).sign_up("forgetful@example.org")
    mailbox.next(email)
    visitor = Visitor(with_mail)
    assert ask_for_a_reset(visitor, email).status == 302
    mail = mailbox.next(email)
    link = link_in(mail)
    path, page = follow(visitor, link)
    assert page.status == 200
    assert visitor.post(path, {"password1": "a-new-trail-8-marked"}).status == 302
    assert visitor.get("/roadmaps/").status == 200
    assert mailbox.next(email)  # It tells that the password was changed.
    assert sign_in(with_mail, email, "a-new-trail-8-marked") == 302
    assert sign_in(with_mail, email, PASSWORD) != 302
    _path, again = follow(Visitor(with_mail), link)
    assert "password1" not in again.text


@pytest.mark.parametrize(("own", "asking"), [("ko", "en"), ("en", "ko")])
def test_a_mail_speaks_the_language_of_the_person_and_not_of_the_browser(
    with_mail: Server, mailbox: Mailbox, own: str, asking: str
) -> None:
    email = Visitor(with_mail, language=own).sign_up(f"reads-{own}@example.org")
    welcome = mailbox.next(email)
    ask_for_a_reset(Visitor(with_mail, language=asking), email)
    reset = mailbox.next(email)
    for mail in (welcome, reset):
        assert bool(HANGUL.search(mail["Subject"])) == (own == "ko")
        assert bool(HANGUL.search(text_of(mail))) == (own == "ko")
    assert "&#" not in text_of(reset)
    assert "%0A" not in reset["Subject"]


def test_another_name_of_the_host_in_a_request_changes_no_link(with_mail: Server, mailbox: Mailbox) -> None:
    email = Visitor(with_mail).sign_up("hosted@example.org")
    mailbox.next(email)
    visitor = Visitor(with_mail)
    visitor.get("/accounts/login/")
    host = {"Host": f"localhost:{with_mail.port}"}
    assert visitor.post("/accounts/password/reset/", {"email": email}, **host).status == 302
    assert link_in(mailbox.next(email))
    stranger = visitor.post("/accounts/password/reset/", {"email": email}, Host="evil.example")
    assert stranger.status == 400


def test_a_mail_server_that_is_gone_delays_nobody_and_is_used_again_when_it_is_back(
    with_mail: Server, mailbox: Mailbox
) -> None:
    catalogue = Visitor(with_mail).sign_up("patient@example.org")
    mailbox.next(catalogue)
    mailbox.close()
    try:
        visitor = Visitor(with_mail)
        visitor.get("/accounts/signup/")
        signing_up = visitor.post("/accounts/signup/", {"email": "unlucky@example.org", "password1": PASSWORD})
        reset = ask_for_a_reset(Visitor(with_mail), catalogue)
        assert (signing_up.status, reset.status) == (302, 302)
        assert signing_up.seconds < 4
        assert reset.seconds < 4
        assert visitor.get("/roadmaps/").status == 200
        assert sign_in(with_mail, "unlucky@example.org", PASSWORD) == 302
    finally:
        mailbox.open()
    assert ask_for_a_reset(Visitor(with_mail), catalogue).status == 302
    assert link_in(mailbox.next(catalogue))


def test_a_mail_server_that_takes_the_connection_and_says_nothing_costs_seconds_and_no_sign_up(
    with_mail: Server, mailbox: Mailbox
) -> None:
    mailbox.close()
    try:
        with socket.create_server(("127.0.0.1", mailbox.port)):
            visitor = Visitor(with_mail)
            visitor.sign_up("waiting@example.org")
            assert visitor.get("/roadmaps/").status == 200
    finally:
        mailbox.open()
