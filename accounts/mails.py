"""Mails wait in the database from the change that they tell of until a worker has sent them, each once.

A mail's row is made in the transaction of its cause, and goes as soon as the mail server has taken the mail. Nothing in
it opens an account: links that do are made when the mail goes out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from accounts.models import Mail

logger = logging.getLogger(__name__)

ALONE = timedelta(minutes=5)
"""Whoever sends a mail has it alone for so long: longer than that takes, shorter than until a lost task runs again."""
SOONEST, LATEST = timedelta(seconds=5), timedelta(hours=1)
"""Between two tries lies as much time as since the mail was made, within these."""
GIVEN_UP = timedelta(days=2)


def queue(template: str, to: str, context: dict[str, Any]) -> None:
    """Let a mail be sent, in the language and time zone of its reader, once the current transaction holds."""
    person = context.get("user")
    texts = {name: value for name, value in context.items() if isinstance(value, str)}
    now = timezone.now()
    with transaction.atomic():
        mail = Mail.objects.create(
            template=template,
            to=to,
            person=person,
            language=getattr(person, "language", "") or translation.get_language() or settings.LANGUAGE_CODE,
            time_zone=timezone.get_current_timezone_name(),
            told={} if template in LINKS else {name: _at_base(name, value) for name, value in texts.items()},
            made_at=now,
            due_at=now,
        )
        send.enqueue(mail.pk)


@task()
def send(mail_id: int) -> None:
    """Send it, unless it is sent already or somebody is at it. What cannot be sent now is tried again later."""
    row, now = Mail.objects.filter(pk=mail_id), timezone.now()
    if not row.filter(due_at__lte=now).update(due_at=now + ALONE):
        return
    mail = row.select_related("person").get()
    message = _written(mail)
    try:
        if message is not None:
            message.send()
    except (OSError, SMTPException) as error:
        _put_off(mail, error)
    else:
        row.delete()


def prune(now: datetime) -> None:
    """Forget the mails whose task failed by a mistake of ours until it was given up; the log told of each time."""
    Mail.objects.filter(made_at__lt=now - 2 * GIVEN_UP).delete()


def _put_off(mail: Mail, error: Exception) -> None:
    row, now = Mail.objects.filter(pk=mail.pk), timezone.now()
    age = now - mail.made_at
    # Neither the log nor a stranger who reads it needs to know for whom.
    told = f"{mail.template} ({type(error).__name__})"
    if age >= GIVEN_UP or _for_good(error):
        logger.error("A mail is given up: %s", told)
        row.delete()
        return
    due_at = now + min(max(age, SOONEST), LATEST)
    logger.warning(
        "A mail is not sent yet: %s; the next try is at %s", told, f"{timezone.localtime(due_at):%Y-%m-%d %H:%M:%S}"
    )
    with transaction.atomic():
        row.update(due_at=due_at)
        send.using(run_after=due_at).enqueue(mail.pk)


def _for_good(error: Exception) -> bool:
    """Whether the mail server does not want this mail, now or later."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _written(mail: Mail) -> EmailMessage | None:
    """The mail as it goes out; None if there is nothing to tell any more."""
    context = {**mail.told, "user": mail.person, "email": mail.to, "base_url": settings.BASE_URL}
    context["timestamp"] = mail.made_at
    if mail.template in LINKS:
        name, link_of = LINKS[mail.template]
        path = link_of(mail)
        if path is None:
            return None
        context[name] = settings.BASE_URL + path
    # If it is sent twice after all, since a process ended between the server's yes and ours, it is known by this.
    known_by = f"<{mail.pk}.{int(mail.made_at.timestamp())}@{urlsplit(settings.BASE_URL).hostname}>"
    with translation.override(mail.language), timezone.override(mail.time_zone):
        message: EmailMessage = get_adapter().render_mail(mail.template, mail.to, context, {"Message-ID": known_by})
    return message


def _reset(mail: Mail) -> str | None:
    """The path that sets a new password, if the address still is the person's."""
    person = mail.person
    if person is None or person not in filter_users_by_email(mail.to, is_active=True):
        return None
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


def _confirmation(mail: Mail) -> str | None:
    """The path that confirms the address, if the person still has it."""
    address = EmailAddress.objects.filter(user_id=mail.person_id, email=mail.to).first()
    return address and reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])


LINKS: dict[str, tuple[str, Callable[[Mail], str | None]]] = {
    "account/email/password_reset_key": ("password_reset_url", _reset),
    "account/email/email_confirmation": ("activate_url", _confirmation),
    "account/email/email_confirmation_signup": ("activate_url", _confirmation),
}
"""The mails whose link is a key: what the link is called in their template, and how to make it."""


def _at_base(name: str, value: str) -> str:
    """A link at the configured address, whatever the Host header said; another text as it is."""
    if not name.endswith("_url"):
        return value
    return settings.BASE_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
