from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0006_positions_apart")]

    operations = [
        migrations.AddConstraint(
            model_name="checklistitem",
            constraint=models.UniqueConstraint(fields=("milestone", "position"), name="item_position_once"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(fields=("phase", "position"), name="milestone_position_once"),
        ),
    ]
