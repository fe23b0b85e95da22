"""Changes are written with their event and no longer ask the database for each row whether it is there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_done_jobs")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="core.event",
            ),
        ),
    ]
