"""Sessions of our own: a row names its person, and knows the session's key by its digest alone.

What a cookie carries stands nowhere in the database, so a stolen backup signs nobody in. The row is read together with
its person: signing in costs one statement a request.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.fetching import columns_of, row_of
from accounts.models import Session, User

FIND = f"""
    SELECT s.data, {columns_of(User, "p")}
      FROM accounts_session s LEFT JOIN accounts_user p ON p.id = s.person_id
     WHERE s.digest = %s AND s.expires_at > %s
"""


def digest_of(key: str) -> str:
    """What the database knows of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's interface to a session. `person` is whom its row names, read with it."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.person: User | None = None

    def load(self) -> dict[str, Any]:
        """The session of the key, and its person; an empty one without a key where there is none that is not over."""
        key, self.person = self.session_key, None
        if key is not None:
            with connection.cursor() as cursor:
                now = connection.ops.adapt_datetimefield_value(timezone.now())
                cursor.execute(FIND, [digest_of(key), now])
                row = cursor.fetchone()
            if row is not None:
                data, *columns = row
                if columns[0] is not None:
                    self.person = row_of(User, columns)
                decoded: dict[str, Any] = self.decode(data)
                return decoded
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of that key."""
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Not in the stubs.
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep it. Raises CreateError if there is one of that key, UpdateError if it was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        held: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        columns = {
            "person_id": int(held[SESSION_KEY]) if SESSION_KEY in held else None,
            "data": self.encode(held),
            "expires_at": self.get_expiry_date(),
        }
        digest = digest_of(self.session_key)
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(digest=digest, **columns)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(digest=digest).update(**columns):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Forget the sessions that are over; `manage.py clearsessions` asks for it."""
        Session.objects.filter(expires_at__lt=timezone.now()).delete()
