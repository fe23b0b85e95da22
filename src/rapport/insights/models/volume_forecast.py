"""What the history foretold, as it was foretold."""

from typing import TYPE_CHECKING

from django.db import models

from rapport.identity.models import Team

if TYPE_CHECKING:
    from uuid import UUID


class VolumeForecast(models.Model):
    """Months, weeks and quarters to come with intervals, in the base currency; empty where too little is known.

    `dimension` is empty for all together, else "team", "product", "country", or "tree" for a team with those below it;
    `key` names one of it (or "others").
    The first quarter holds what is left of the present one. `figures`: how long the history is, how earlier forecasts
    would have fared. Those of one moment add up.
    """

    is_worked_out = True

    at = models.DateTimeField()
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=10, blank=True, default="")
    key = models.CharField(max_length=40, blank=True, default="")
    months = models.JSONField(default=list)
    weeks = models.JSONField(default=list)
    quarters = models.JSONField(default=list)
    figures = models.JSONField(default=dict)

    if TYPE_CHECKING:
        team_id: UUID | None

    class Meta:
        indexes = [
            models.Index(fields=["team", "-at"], name="forecast_of_team"),
            models.Index(fields=["dimension", "key", "-at"], name="forecast_of_series"),
        ]

    def __str__(self) -> str:
        return f"forecast of {self.at:%Y-%m-%d}"
