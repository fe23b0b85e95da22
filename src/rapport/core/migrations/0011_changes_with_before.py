from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0010_overdue_jobs"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("before__isnull", False)), fields=["record_id", "id"], name="change_with_before"
            ),
        ),
    ]
