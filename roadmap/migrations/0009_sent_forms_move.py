from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0008_links_by_owner")]

    # The table goes to the accounts, with its rows: assessments have forms that make things, too.
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("sentform", "accounts_sentform")],
            state_operations=[migrations.DeleteModel("SentForm")],
        )
    ]
