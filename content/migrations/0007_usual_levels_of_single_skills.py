from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_finishes_of_milestones"),
    ]

    operations = [
        migrations.AddField(
            model_name="situation",
            name="skills",
            field=models.JSONField(blank=True, default=dict, verbose_name="Skills"),
        ),
    ]
