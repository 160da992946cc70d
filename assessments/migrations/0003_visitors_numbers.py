import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.db import migrations

AT_ONCE = 500


class SessionStore(SessionBase):
    """Reads and writes what sessions hold; the name is part of how they are sealed."""


def number(apps, schema_editor):
    """Visitors get a number for an owner, and the session that names their assessments carries it from here on."""
    sessions, assessments = apps.get_model("accounts", "Session"), apps.get_model("assessments", "Assessment")
    sealing = SessionStore()
    for session in sessions.objects.filter(person=None).iterator(chunk_size=AT_ONCE):
        held = sealing.decode(session.data)
        began = held.pop("assessments", None)
        if not began:
            continue
        held["visitor"] = -secrets.randbelow(2**62) - 1
        assessments.objects.filter(pk__in=began, owner=None).update(owner_id=held["visitor"])
        sessions.objects.filter(pk=session.pk).update(data=sealing.encode(held))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_owners")]

    operations = [
        migrations.RunPython(number, migrations.RunPython.noop),
        # Those whose session is over wait to be pruned.
        migrations.RunSQL(
            "UPDATE assessments_assessment SET owner_id = -id WHERE owner_id IS NULL", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            """
            UPDATE assessments_answer SET owner_id = (
                SELECT owner_id FROM assessments_assessment WHERE assessments_assessment.id = assessment_id)
            """,
            migrations.RunSQL.noop,
        ),
    ]
