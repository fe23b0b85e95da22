"""Room in each page of leads for a chance given anew: then it is written there, and the indexes stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0007_sums_by_index"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE leads_lead SET (fillfactor = 85)",
            "ALTER TABLE leads_lead RESET (fillfactor)",
        ),
    ]
