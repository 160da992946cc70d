from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0007_usual_levels_of_single_skills"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="competency",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="engineerclass",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="milestonetemplate",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="question",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="resource",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="role",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
        migrations.AddField(
            model_name="skill",
            name="aliases",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="Also called"),
        ),
    ]
