"""How long figures took to work out, so that nobody waits at a page for those that take long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0009_kept_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptfigures",
            name="milliseconds",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
