import hashlib

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import migrations

AT_ONCE = 500


class SessionStore(SessionBase):
    """Reads what the sessions of before hold; the name is part of how they are sealed."""


def move(apps, schema_editor):
    """Whoever is signed in stays so; the keys of the sessions of before stand nowhere any more."""
    before, now = apps.get_model("sessions", "Session"), apps.get_model("accounts", "Session")
    people = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    moved = []
    for row in before.objects.iterator(chunk_size=AT_ONCE):
        person = SessionStore().decode(row.session_data).get(SESSION_KEY)
        moved.append(
            now(
                digest=hashlib.sha256(row.session_key.encode()).hexdigest(),
                person_id=int(person) if person and int(person) in people else None,
                data=row.session_data,
                expires_at=row.expire_date,
            )
        )
    now.objects.bulk_create(moved, batch_size=AT_ONCE, ignore_conflicts=True)
    before.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sessions"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
