"""What a form makes, it makes once: neither a double click nor a retry after a lost answer makes a second one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.utils import timezone

from accounts.http import Request
from accounts.models import User
from roadmap.models import SentForm

KEPT = timedelta(days=1)
Made = TypeVar("Made", bound=Model)


def once(request: Request, person: User, among: QuerySet[Made], make: Callable[[], Made]) -> Made:
    """Return what `make` makes for a person, or what the same form made before, while that is still `among` these.

    The same form is one that was drawn once and sent again with the same in it.
    """
    digest = _digest(request)
    if digest is None:
        return make()
    now = timezone.now()
    sent = SentForm.objects.filter(owner=person)
    try:
        with transaction.atomic():
            form = sent.create(owner=person, digest=digest, at=now)  # Here the second one waits for the first.
            made = make()
            form.made = made.pk
            form.save(update_fields=["made"])
            sent.filter(at__lt=now - KEPT).delete()
            return made
    except IntegrityError:
        before = sent.filter(digest=digest).first()
        if before is None:
            raise
    found = among.filter(pk=before.made).first()
    if found is not None:
        return found
    before.delete()  # What it made is gone: who sends it again wants another one.
    return once(request, person, among, make)


def _digest(request: Request) -> str | None:
    """What stands for a form as it was sent; None where it has no token of its own, as in a program's request."""
    if len(request.POST.get("csrfmiddlewaretoken", "")) != CSRF_TOKEN_LENGTH:
        return None
    return sha256(f"{request.path}?{request.POST.urlencode()}".encode()).hexdigest()
