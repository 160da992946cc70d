from django.db import migrations

STEP = 1024

# The order stays what it is: by position, and by age where several stood at one.
APART = """
    UPDATE {table} SET position = ranked.place
      FROM (SELECT id AS row_id, (ROW_NUMBER() OVER (PARTITION BY {within} ORDER BY position, id) - 1) * {step} AS place
              FROM {table}) AS ranked
     WHERE {table}.id = ranked.row_id
"""

# A roadmap's version rises with every change, so the next one has a higher number than these.
NUMBERED = """
    UPDATE roadmap_event SET number = ranked.place
      FROM (SELECT id AS row_id, ROW_NUMBER() OVER (PARTITION BY roadmap_id ORDER BY at, id) AS place
              FROM roadmap_event) AS ranked
     WHERE roadmap_event.id = ranked.row_id
"""


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0005_history_order_and_bases")]

    operations = [
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.RunSQL(
            APART.format(table="roadmap_milestone", within="phase_id", step=STEP), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            APART.format(table="roadmap_checklistitem", within="milestone_id", step=STEP), migrations.RunSQL.noop
        ),
    ]
