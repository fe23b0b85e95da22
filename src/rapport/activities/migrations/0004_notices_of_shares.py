"""One more reason to be told something: a record was shared."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0003_webhooks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mention", "Mention"),
                    ("assigned", "Assigned"),
                    ("reminder", "Reminder"),
                    ("gave_up", "Webhook stopped"),
                    ("shared", "Shared"),
                ],
                max_length=20,
            ),
        ),
    ]
