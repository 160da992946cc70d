"""Mails by a worker over a real connection: they arrive once, speak their reader's language, and lead back; or wait."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mails import ALONE, send
from accounts.models import Mail, User
from tests import PASSWORD
from tests.browser import Server
from tests.config.test_reliability import until
from tests.smtp import Mailbox
from tests.visitor import Answer, Visitor
from tests.worker import work

BASE = "http://roadmaps.lab.example:8080"  # Not what the requests name, so a link can only come from the setting.
FROM = "Roadmaps of the lab <roadmaps@lab.example>"
HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def with_mail(mailbox: Mailbox) -> Iterator[Server]:
    """A server that sends there."""
    address = f"smtp://127.0.0.1:{mailbox.port}/?timeout=5"
    server = Server(EMAIL_URL=address, WAYMARK_BASE_URL=BASE, WAYMARK_MAIL_FROM=FROM)
    try:
        server.start()
        server.start_worker()
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
    return link_in_text(text_of(mail))


def link_in_text(text: str) -> str:
    links: list[str] = re.findall(r"https?://\S+", text)
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


@pytest.mark.browser
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


@pytest.mark.browser
def test_a_confirmation_waits_for_a_press_and_not_for_a_mail_scanner(with_mail: Server, mailbox: Mailbox) -> None:
    visitor = Visitor(with_mail)
    email = visitor.sign_up("scanned@example.org")
    link = link_in(mailbox.next(email))
    scanner = Visitor(with_mail)
    first, second = scanner.get(link), scanner.get(link)
    assert (first.status, second.status) == (200, 200)
    assert scanner.post(link, {}).status == 302


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
def test_a_mail_server_that_is_gone_delays_nobody_and_gets_each_mail_once_when_it_is_back(
    with_mail: Server, mailbox: Mailbox
) -> None:
    known = Visitor(with_mail).sign_up("patient@example.org")
    mailbox.next(known)
    mailbox.close()
    try:
        visitor = Visitor(with_mail)
        visitor.get("/accounts/signup/")
        signing_up = visitor.post("/accounts/signup/", {"email": "unlucky@example.org", "password1": PASSWORD})
        reset = ask_for_a_reset(Visitor(with_mail), known)
        assert (signing_up.status, reset.status) == (302, 302)
        assert visitor.get("/roadmaps/").status == 200
        assert sign_in(with_mail, "unlucky@example.org", PASSWORD) == 302
        until(lambda: "A mail is not sent yet" in with_mail.log.read_text(), seconds=20)
    finally:
        mailbox.open()
    waiting = {mailbox.mails.get(timeout=30)["To"] for _ in range(2)}
    assert waiting == {"unlucky@example.org", known}
    after = Visitor(with_mail).sign_up("later@example.org")
    assert mailbox.next(after)  # Nothing came twice in between.


@pytest.mark.browser
def test_a_mail_server_that_takes_the_connection_and_says_nothing_is_waited_for_by_nobody(
    with_mail: Server, mailbox: Mailbox
) -> None:
    mailbox.close()
    try:
        with socket.create_server(("127.0.0.1", mailbox.port)) as silent:
            visitor = Visitor(with_mail)
            visitor.get("/accounts/signup/")
            signing_up = visitor.post("/accounts/signup/", {"email": "waiting@example.org", "password1": PASSWORD})
            assert signing_up.status == 302
            assert signing_up.seconds < 4
            silent.accept()[0].close()  # The worker is at it by now.
            assert visitor.get("/roadmaps/").status == 200
    finally:
        mailbox.open()
    mailbox.next("waiting@example.org")


@pytest.mark.browser
def test_several_workers_send_each_mail_once(with_mail: Server, mailbox: Mailbox) -> None:
    for _ in range(2):
        with_mail.start_worker()
    emails = {Visitor(with_mail).sign_up(f"one-of-{number}@example.org") for number in range(12)}
    assert {mailbox.mails.get(timeout=30)["To"] for _ in emails} == emails
    last = Visitor(with_mail).sign_up("the-last@example.org")
    assert mailbox.next(last)


# The queue itself


@pytest.fixture
def to_mailbox(settings: Any, mailbox: Mailbox) -> None:
    """This process sends there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    settings.MAIL_CONFIGURED = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


def make_due() -> None:
    """As if the next try's time had come."""
    Mail.objects.update(due_at=timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now())


def asked_for_a_reset(person: User) -> Mail:
    Client().post("/accounts/password/reset/", {"email": person.email})
    return Mail.objects.get()


@pytest.mark.usefixtures("to_mailbox")
def test_a_task_that_runs_twice_sends_once(ana: User, mailbox: Mailbox) -> None:
    waiting = asked_for_a_reset(ana)
    send.call(waiting.pk)
    send.call(waiting.pk)
    work()
    assert mailbox.next(ana.email)
    assert mailbox.mails.empty()
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("to_mailbox")
def test_a_mail_that_another_worker_is_at_is_left_to_them(ana: User, mailbox: Mailbox) -> None:
    waiting = asked_for_a_reset(ana)
    Mail.objects.update(due_at=timezone.now() + ALONE)  # As who sends it does first.
    work()
    assert mailbox.mails.empty()
    assert Mail.objects.get() == waiting


@pytest.mark.usefixtures("to_mailbox")
def test_what_cannot_be_sent_is_tried_less_and_less_often_for_two_days(ana: User, mailbox: Mailbox) -> None:
    waiting = asked_for_a_reset(ana)
    mailbox.close()
    try:
        pauses = []
        for age in (0, 60, 24 * 3600):
            made_at = timezone.now() - timedelta(seconds=age)
            Mail.objects.update(made_at=made_at)
            make_due()
            work()
            pauses.append(round((Mail.objects.get().due_at - timezone.now()).total_seconds()))
        assert pauses == [pytest.approx(5, abs=2), pytest.approx(60, abs=3), pytest.approx(3600, abs=3)]
        Mail.objects.update(made_at=timezone.now() - timedelta(days=2))
        make_due()
        work()
        assert not Mail.objects.filter(pk=waiting.pk).exists()
    finally:
        mailbox.open()


@pytest.mark.usefixtures("to_mailbox")
def test_the_queue_holds_no_key_that_opens_an_account(ana: User, mailbox: Mailbox) -> None:
    EmailAddress.objects.create(user=ana, email=ana.email, primary=True)
    asked_for_a_reset(ana)
    Client().post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    waiting = list(Mail.objects.values())
    held = f"{waiting} {list(DBTaskResult.objects.values())}"
    work()
    paths = {link_in_text(text_of(mailbox.mails.get(timeout=10))) for _ in range(2)}
    assert len(paths) == 2
    for path in paths:
        key = path.rstrip("/").rpartition("/")[2]
        assert len(key) > 20
        assert key not in held
    assert "/accounts/" not in held
    assert [mail["told"] for mail in waiting] == [{}, {}]


@pytest.mark.usefixtures("to_mailbox")
def test_a_reset_goes_to_no_address_that_somebody_gave_up_meanwhile(ana: User, mailbox: Mailbox) -> None:
    asked_for_a_reset(ana)
    EmailAddress.objects.update(email="elsewhere@example.org")
    User.objects.update(email="elsewhere@example.org")
    work()
    assert mailbox.mails.empty()
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("to_mailbox")
def test_a_sign_up_that_fails_after_its_mail_was_queued_sends_nothing(
    db: None, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Mail] = []

    def fail(request: Any, person: User) -> None:
        queued.extend(Mail.objects.filter(person=person))
        raise RuntimeError("a claim that cannot be taken")

    monkeypatch.setattr("accounts.claims.TAKING", [fail])
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert answer.status_code == 500
    work()
    assert not User.objects.filter(email="new@example.org").exists()
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert mailbox.mails.empty()
