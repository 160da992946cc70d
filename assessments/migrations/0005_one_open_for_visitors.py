from django.db import migrations, models


def part(apps, schema_editor):
    """Of a visitor's open assessments the last one stays theirs; the others wait to be pruned, as if nobody's."""
    assessments = apps.get_model("assessments", "Assessment").objects
    answers = apps.get_model("assessments", "Answer").objects
    met = set()
    open_ones = assessments.filter(owner_id__lt=0, finished_at=None).order_by("-touched_at", "-pk")
    for pk, owner in list(open_ones.values_list("pk", "owner_id")):
        if owner in met:
            assessments.filter(pk=pk).update(owner_id=-pk)
            answers.filter(assessment_id=pk).update(owner_id=-pk)
        met.add(owner)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_owners_required")]

    operations = [
        migrations.RemoveConstraint(model_name="assessment", name="one_open_assessment"),
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)), fields=("owner",), name="one_open_assessment"
            ),
        ),
    ]
