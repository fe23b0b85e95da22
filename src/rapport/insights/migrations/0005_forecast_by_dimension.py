from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0004_next_action_reviews")]

    operations = [
        *(
            migrations.AddField("volumeforecast", name, models.CharField(max_length=length, blank=True, default=""))
            for name, length in (("dimension", 10), ("key", 40))
        ),
        *(
            migrations.AddField("volumeforecast", name, models.JSONField(default=list))
            for name in ("weeks", "quarters")
        ),
        migrations.AddIndex(
            "volumeforecast", models.Index(fields=["dimension", "key", "-at"], name="forecast_of_series")
        ),
        migrations.RunSQL(
            "UPDATE insights_volumeforecast SET dimension = 'team', key = team_id::text WHERE team_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
