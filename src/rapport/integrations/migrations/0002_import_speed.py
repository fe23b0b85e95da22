"""The tables an import fills row by row: no check of links once a row, and what only the check needs isn't logged."""

import django.db.models.deletion
from django.db import migrations, models


def _unchecked(
    model: str, name: str, to: str, *, null: bool, on_delete: object, **options: object
) -> migrations.AlterField:
    link = models.ForeignKey(to=to, null=null, on_delete=on_delete, db_constraint=False, db_index=False, **options)
    return migrations.AlterField(model_name=model, name=name, field=link)


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_imports")]

    operations = [
        _unchecked(
            "externallink", "brought_by", "integrations.import", null=True, on_delete=django.db.models.deletion.SET_NULL
        ),
        _unchecked(
            "externallink", "file", "integrations.importfile", null=True, on_delete=django.db.models.deletion.SET_NULL
        ),
        _unchecked(
            *("knownkey", "file", "integrations.importfile"),
            null=True,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
        ),
        _unchecked(
            *("knownkey", "part_of", "integrations.import"),
            null=False,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
        ),
        _unchecked(
            *("stagedrow", "file", "integrations.importfile"),
            null=False,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="rows",
        ),
        migrations.RunSQL(
            "ALTER TABLE integrations_knownkey SET UNLOGGED", "ALTER TABLE integrations_knownkey SET LOGGED"
        ),
    ]
