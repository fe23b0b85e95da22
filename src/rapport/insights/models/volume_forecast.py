"""What the history foretold, as it was foretold."""

from typing import TYPE_CHECKING

from django.db import models

from rapport.identity.models import Team

if TYPE_CHECKING:
    from uuid import UUID


class VolumeForecast(models.Model):
    """Months to come with intervals, in the base currency, for one team or (none) all together; empty where too little
    is known. `figures`: how long the history is and how earlier forecasts would have fared."""

    at = models.DateTimeField()
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    months = models.JSONField(default=list)
    figures = models.JSONField(default=dict)

    if TYPE_CHECKING:
        team_id: UUID | None

    class Meta:
        indexes = [models.Index(fields=["team", "-at"], name="forecast_of_team")]

    def __str__(self) -> str:
        return f"forecast of {self.at:%Y-%m-%d}"
