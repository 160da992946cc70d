"""Releases keep what they said. Those of before kept nothing but for the newest; an empty mapping now says "the same"."""

from django.db import migrations, models


def not_kept(apps, schema_editor):
    releases = apps.get_model("content", "Release").objects
    newest = releases.order_by("-loaded_at", "-pk").values_list("pk", flat=True).first()
    releases.exclude(pk=newest).update(entries=None)


class Migration(migrations.Migration):
    dependencies = [("content", "0002_assessment_questions")]

    operations = [
        migrations.AlterField("release", "entries", models.JSONField(default=dict, null=True)),
        migrations.RunPython(not_kept, migrations.RunPython.noop, elidable=True),
    ]
