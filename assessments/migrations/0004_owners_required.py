import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWNER = {"on_delete": django.db.models.deletion.CASCADE, "to": settings.AUTH_USER_MODEL, "db_constraint": False}


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_visitors_numbers")]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="owner",
            field=models.ForeignKey(related_name="assessments", **OWNER),
        ),
        migrations.AlterField(
            model_name="answer",
            name="owner",
            field=models.ForeignKey(db_index=False, related_name="+", **OWNER),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("owner__lt", 0)), fields=["touched_at"], name="assessment_abandoned"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None), ("owner__gt", 0)),
                fields=("owner",),
                name="one_open_assessment",
            ),
        ),
    ]
