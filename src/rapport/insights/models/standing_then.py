"""What stood in the pipeline at the beginning of a month, so that it can be held against what came."""

from typing import TYPE_CHECKING

from django.db import models

from rapport.identity.models import Team

if TYPE_CHECKING:
    from uuid import UUID

MOST_UNKNOWN = 0.1


class StandingThen(models.Model):
    """What was open on a day and should close in a month, of a team or of all, in the base currency.

    `weighted` is each amount times its probability then. `unknown` opportunities were open then but came into the
    records later, so that nobody knows how they stood; `count` were known.
    """

    is_worked_out = True

    at = models.DateField()
    month = models.DateField()
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    commit = models.DecimalField(max_digits=20, decimal_places=2)
    weighted = models.DecimalField(max_digits=20, decimal_places=2)
    count = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()

    if TYPE_CHECKING:
        team_id: UUID | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["at", "month", "team"], nulls_distinct=False, name="one_standing_of_a_day_and_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} as on {self.at:%Y-%m-%d}"

    @property
    def is_known(self) -> bool:
        """Whether nearly all that was open then was in the records then."""
        return self.unknown <= MOST_UNKNOWN * (self.count + self.unknown)
