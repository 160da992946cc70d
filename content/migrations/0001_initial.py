import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("description", models.TextField()),
                ("description_ko", models.TextField(null=True)),
                ("description_en", models.TextField(null=True)),
            ],
            options={
                "verbose_name_plural": "competencies",
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("advice", models.TextField()),
                ("advice_ko", models.TextField(null=True)),
                ("advice_en", models.TextField(null=True)),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("version", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("example", models.JSONField(help_text="The example profile, as in the pack")),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("url", models.URLField(max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "course"),
                            ("book", "book"),
                            ("paper", "paper"),
                            ("article", "article"),
                            ("video", "video"),
                            ("docs", "documentation"),
                            ("tool", "tool"),
                            ("dataset", "data set"),
                            ("community", "community"),
                            ("venue", "venue"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                (
                    "cost",
                    models.CharField(
                        choices=[("free", "free"), ("partly-free", "partly free"), ("paid", "paid")], max_length=12
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reviewed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("letter", models.CharField(max_length=1)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("description", models.TextField()),
                ("description_ko", models.TextField(null=True)),
                ("description_en", models.TextField(null=True)),
                ("contributes", models.CharField(max_length=300)),
                ("contributes_ko", models.CharField(max_length=300, null=True)),
                ("contributes_en", models.CharField(max_length=300, null=True)),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Situation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("advice", models.TextField()),
                ("advice_ko", models.TextField(null=True)),
                ("advice_en", models.TextField(null=True)),
                ("levels", models.JSONField()),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("licence", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(max_length=300)),
                ("note_ko", models.CharField(max_length=300, null=True)),
                ("note_en", models.CharField(max_length=300, null=True)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("description", models.TextField()),
                ("description_ko", models.TextField(null=True)),
                ("description_en", models.TextField(null=True)),
                ("choose", models.TextField()),
                ("choose_ko", models.TextField(null=True)),
                ("choose_en", models.TextField(null=True)),
                ("do_well", models.TextField()),
                ("do_well_ko", models.TextField(null=True)),
                ("do_well_en", models.TextField(null=True)),
                ("tell", models.TextField()),
                ("tell_ko", models.TextField(null=True)),
                ("tell_en", models.TextField(null=True)),
                ("proves", models.ManyToManyField(related_name="activities", to="content.competency")),
                ("sources", models.ManyToManyField(blank=True, related_name="+", to="content.source")),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Expectation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(max_length=300)),
                ("reason_ko", models.CharField(max_length=300, null=True)),
                ("reason_en", models.CharField(max_length=300, null=True)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expectations",
                        to="content.competency",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="expectations", to="content.role"
                    ),
                ),
                ("sources", models.ManyToManyField(blank=True, related_name="+", to="content.source")),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="competency",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="competencies", to="content.group"
            ),
        ),
        migrations.CreateModel(
            name="MilestoneTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=120)),
                ("title_ko", models.CharField(max_length=120, null=True)),
                ("title_en", models.CharField(max_length=120, null=True)),
                ("outcome", models.CharField(max_length=300)),
                ("outcome_ko", models.CharField(max_length=300, null=True)),
                ("outcome_en", models.CharField(max_length=300, null=True)),
                ("hours", models.PositiveSmallIntegerField()),
                (
                    "track",
                    models.CharField(
                        choices=[("main", "main track"), ("companion", "beside it")], default="main", max_length=10
                    ),
                ),
                ("always", models.BooleanField(default=False, help_text="In every plan of its goals and situations")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="content.activity",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="content.competency"
                    ),
                ),
                ("goals", models.ManyToManyField(blank=True, related_name="+", to="content.goal")),
                (
                    "requires",
                    models.ManyToManyField(blank=True, related_name="unlocks", to="content.milestonetemplate"),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.phase"
                    ),
                ),
                ("resources", models.ManyToManyField(blank=True, related_name="milestones", to="content.resource")),
                ("situations", models.ManyToManyField(blank=True, related_name="+", to="content.situation")),
                ("sources", models.ManyToManyField(blank=True, related_name="+", to="content.source")),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScaleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("meaning", models.CharField(max_length=300)),
                ("meaning_ko", models.CharField(max_length=300, null=True)),
                ("meaning_en", models.CharField(max_length=300, null=True)),
            ],
            options={
                "ordering": ["level"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("level__range", (0, 4))), name="scale_level_0_to_4")
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="skills", to="content.competency"
                    ),
                ),
                ("sources", models.ManyToManyField(blank=True, related_name="+", to="content.source")),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SkillLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("evidence_ko", models.CharField(blank=True, max_length=300, null=True)),
                ("evidence_en", models.CharField(blank=True, max_length=300, null=True)),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="content.skill"
                    ),
                ),
            ],
            options={
                "ordering": ["level"],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("text_ko", models.CharField(max_length=300, null=True)),
                ("text_en", models.CharField(max_length=300, null=True)),
                (
                    "skill_level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="content.skilllevel"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="situation",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.AddField(
            model_name="role",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.AddField(
            model_name="resource",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.AddField(
            model_name="phase",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.AddField(
            model_name="group",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.AddField(
            model_name="goal",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.CreateModel(
            name="EngineerClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")),
                ("retired", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("name_ko", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_ko", models.CharField(max_length=300, null=True)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("description", models.TextField()),
                ("description_ko", models.TextField(null=True)),
                ("description_en", models.TextField(null=True)),
                ("training", models.CharField(max_length=300)),
                ("training_ko", models.CharField(max_length=300, null=True)),
                ("training_en", models.CharField(max_length=300, null=True)),
                ("sources", models.ManyToManyField(blank=True, related_name="+", to="content.source")),
            ],
            options={
                "verbose_name_plural": "engineer classes",
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="competency",
            name="sources",
            field=models.ManyToManyField(blank=True, related_name="+", to="content.source"),
        ),
        migrations.CreateModel(
            name="ChecklistTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("text_ko", models.CharField(max_length=300, null=True)),
                ("text_en", models.CharField(max_length=300, null=True)),
                ("retired", models.BooleanField(default=False)),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="content.milestonetemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("milestone", "key"), name="checklist_template_once")],
            },
        ),
        migrations.CreateModel(
            name="MilestoneRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_weights",
                        to="content.milestonetemplate",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.role"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("milestone", "role"), name="milestone_role_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__range", (0, 3))), name="milestone_role_weight_0_to_3"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("text_ko", models.CharField(max_length=300, null=True)),
                ("text_en", models.CharField(max_length=300, null=True)),
                (
                    "other",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="content.role"),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="differences", to="content.role"
                    ),
                ),
            ],
            options={
                "ordering": ["other__position"],
                "constraints": [models.UniqueConstraint(fields=("role", "other"), name="role_difference_once")],
            },
        ),
        migrations.CreateModel(
            name="MilestoneSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="raises",
                        to="content.milestonetemplate",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="raised_by", to="content.skill"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("milestone", "skill"), name="milestone_skill_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (1, 4))), name="milestone_skill_level_1_to_4"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpectedLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("engineer_class", models.PositiveSmallIntegerField()),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ]
                    ),
                ),
                (
                    "expectation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="content.expectation"
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="content.skill",
                    ),
                ),
            ],
            options={
                "ordering": ["-engineer_class"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("expectation", "skill", "engineer_class"),
                        name="expected_level_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(condition=models.Q(("level__range", (0, 4))), name="expected_level_0_to_4"),
                    models.CheckConstraint(
                        condition=models.Q(("engineer_class__range", (1, 3))), name="expected_class_1_to_3"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="skilllevel",
            constraint=models.UniqueConstraint(fields=("skill", "level"), name="skill_level_once"),
        ),
        migrations.AddConstraint(
            model_name="skilllevel",
            constraint=models.CheckConstraint(condition=models.Q(("level__range", (1, 4))), name="skill_level_1_to_4"),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(fields=("skill_level", "position"), name="signal_position_once"),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired", False)), fields=("role", "competency"), name="expectation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="engineerclass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired", False)), fields=("number",), name="class_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="engineerclass",
            constraint=models.CheckConstraint(condition=models.Q(("number__range", (1, 4))), name="class_1_to_4"),
        ),
    ]
