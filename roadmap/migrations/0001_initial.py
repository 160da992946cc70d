import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("template", models.CharField(blank=True, max_length=60)),
                ("pack_version", models.CharField(blank=True, max_length=20)),
                ("competency", models.CharField(blank=True, max_length=60)),
                ("activity", models.CharField(blank=True, max_length=60)),
                ("title_ko", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("outcome_ko", models.CharField(blank=True, max_length=300)),
                ("outcome_en", models.CharField(blank=True, max_length=300)),
                ("hours", models.PositiveSmallIntegerField()),
                ("companion", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reason", models.JSONField(default=dict)),
                ("resources", models.JSONField(default=list)),
                ("notes", models.TextField(blank=True, max_length=20000, verbose_name="notes")),
                ("skipped_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("template", models.CharField(blank=True, max_length=60)),
                ("text_ko", models.CharField(max_length=300)),
                ("text_en", models.CharField(max_length=300)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="roadmap.milestone"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("name_ko", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="milestone",
            name="phase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="roadmap.phase"
            ),
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title_ko", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("role_mix", models.JSONField()),
                ("target_class", models.PositiveSmallIntegerField()),
                ("situation", models.CharField(max_length=60)),
                ("goal", models.CharField(max_length=60)),
                ("hours_per_week", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("deadline_on", models.DateField(blank=True, null=True)),
                ("levels", models.JSONField()),
                ("pack", models.CharField(max_length=60)),
                ("pack_version", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roadmaps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="phase",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="roadmap.roadmap"
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="roadmap.roadmap"
            ),
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item-done", "Ticked."),
                            ("item-undone", "Tick taken back."),
                            ("item-added", "Item added."),
                            ("item-removed", "Item removed."),
                            ("item-restored", "Item is back."),
                            ("item-renamed", "Item changed."),
                            ("milestone-skipped", "Milestone skipped."),
                            ("milestone-taken-back", "Milestone counts again."),
                            ("milestone-added", "Milestone added."),
                            ("milestone-removed", "Milestone removed."),
                            ("milestone-restored", "Milestone is back."),
                            ("milestone-renamed", "Milestone renamed."),
                            ("notes-changed", "Notes saved."),
                            ("roadmap-renamed", "Roadmap renamed."),
                            ("roadmap-archived", "Archived."),
                            ("roadmap-unarchived", "Taken back from the archive."),
                        ],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="roadmap.checklistitem",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="roadmap.milestone",
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="roadmap.roadmap"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="checklistitem",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="roadmap.roadmap"
            ),
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80, verbose_name="label")),
                ("owner_name", models.CharField(max_length=80, verbose_name="your name, as your mentor knows you")),
                ("seed", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("visits", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("since_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="roadmap.roadmap"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_class__range", (1, 3))), name="roadmap_class_1_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_per_week__range", (1, 60))), name="roadmap_hours_1_to_60"
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline_on", None), ("deadline_on__gte", models.F("starts_on")), _connector="OR"),
                name="roadmap_deadline_after_start",
                violation_error_message="The deadline must not be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(fields=("roadmap", "position"), name="phase_position_once"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="milestone_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__range", (1, 1000))), name="milestone_hours_1_to_1000"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["roadmap", "at"], name="event_roadmap_at"),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at", None), ("visits", 0)),
                    models.Q(("opened_at__isnull", False), ("visits__gt", 0)),
                    _connector="OR",
                ),
                name="share_link_visits_have_a_time",
            ),
        ),
    ]
