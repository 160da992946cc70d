"""What a form makes, it makes once: neither a double click nor a retry after a lost answer makes a second one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.utils import timezone

from accounts.http import Request
from accounts.models import SentForm
from accounts.owned import Owned, OwnedQuerySet

KEPT = timedelta(days=1)
FORGOTTEN_AT_ONCE = 100
Made = TypeVar("Made", bound=Owned)


def once(request: Request, owner_id: int, among: OwnedQuerySet[Made], make: Callable[[], Made]) -> Made:
    """Return what `make` makes for an owner, or what the same form made before, while that is still `among` these.

    The same form is one that was drawn once and sent again with the same in it. A visitor whose first requests come
    at once has another number in each: what they get may belong to the first one's.
    """
    key = _key(request)
    return make() if key is None else once_by(key, owner_id, among, make)


def once_by(key: str, owner_id: int, among: OwnedQuerySet[Made], make: Callable[[], Made]) -> Made:
    """The same for what has a key of its own."""
    now = timezone.now()
    try:
        with transaction.atomic():
            form = SentForm.objects.create(owner_id=owner_id, digest=key, at=now)  # Here the second one waits.
            made = make()
            SentForm.objects.filter(pk=form.pk, owner_id=owner_id).update(made=made.pk)
            _forget(owner_id, now)
            return made
    except IntegrityError:
        before = _sent_before(key)
        if before is None:
            raise
    found = among.filter(pk=before.made or 0, owner_id=before.owner_id).first()
    if found is not None:
        return found
    # What it made is gone: who sends it again wants another one.
    SentForm.objects.filter(pk=before.pk, owner_id=before.owner_id).delete()
    return once_by(key, owner_id, among, make)


def _forget(owner_id: int, now: datetime) -> None:
    """A person's next form clears those of the day before; a visitor, who may never come back, some of all visitors."""
    if owner_id > 0:
        SentForm.objects.filter(owner_id=owner_id, at__lt=now - KEPT).delete()
        return
    old = SentForm.objects.filter(owner_id__lt=0, at__lt=now - KEPT).order_by("pk").select_for_update(skip_locked=True)
    gone = dict(old.values_list("pk", "owner_id")[:FORGOTTEN_AT_ONCE])
    if gone:
        SentForm.objects.filter(pk__in=gone, owner_id__in=set(gone.values())).delete()


def _sent_before(key: str) -> SentForm | None:
    """The form with that key, whoever sent it: a visitor may not have had their number yet."""
    return SentForm.objects.filter(digest=key).first()


def _key(request: Request) -> str | None:
    """What stands for a form as it was sent; None where it has no token of its own, as in a program's request.

    Somebody else's form is another one, even in the same browser.
    """
    if len(request.POST.get("csrfmiddlewaretoken", "")) != CSRF_TOKEN_LENGTH:
        return None
    sender = str(request.user.pk) if request.user.is_authenticated else "visitor"
    sent = sha256(f"{request.path}?{request.POST.urlencode()}".encode()).hexdigest()
    return sha256(f"{sender} {sent}".encode()).hexdigest()
