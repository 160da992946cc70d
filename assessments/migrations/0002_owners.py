import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.owned

OWNER = {"on_delete": django.db.models.deletion.CASCADE, "to": settings.AUTH_USER_MODEL, "db_constraint": False}


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("accounts", "0003_sessions_move")]

    operations = [
        migrations.RemoveConstraint(model_name="assessment", name="one_open_assessment"),
        migrations.RemoveIndex(model_name="assessment", name="assessment_abandoned"),
        migrations.AlterField(
            model_name="assessment",
            name="owner",
            field=models.ForeignKey(null=True, related_name="assessments", **OWNER),
        ),
        migrations.AlterField(
            model_name="answer",
            name="assessment",
            field=accounts.owned.OwnedForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="owner",
            field=models.ForeignKey(db_index=False, null=True, related_name="+", **OWNER),
        ),
        migrations.AlterField(
            model_name="declinedlevel",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
