from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0008_aliases"),
    ]

    operations = [
        migrations.AddField(
            model_name="pack",
            name="vocabulary",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Vocabulary"),
        ),
    ]
