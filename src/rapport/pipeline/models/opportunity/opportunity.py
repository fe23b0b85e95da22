"""The opportunity: a sale that may come about."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .closing import Closable
from .facts import Status
from .lined import Lined

NO_DAY = date(9999, 12, 31)
_SUMMED = (  # so that boards are added up from an index alone, by a territory, too
    *("owner", "team", "organisation", "amount", "currency", "probability"),
)
_SUMMED_BY_TEAM = ("stage", "owner", "organisation", "amount", "currency", "probability")
_SUMMED_BY_OWNER = ("stage", "team", "organisation", "amount", "currency", "probability")


def close_day() -> Coalesce:
    """The expected close as it is sorted: opportunities without one come last. Part of an index."""
    return Coalesce(F("expected_close"), Value(NO_DAY, output_field=models.DateField()))


class Opportunity(Closable, Lined):
    """A sale that may come about: with whom, what, how much, when, and where it stands.

    `chance_to_win` is what the live estimator says, in per cent, `foreseen_close` and `chance_to_slip` when it expects
    the decision; all follow from the rest and so are not in the history.
    """

    is_indexed_by_team: ClassVar[bool] = True
    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"chance_to_win", "foreseen_close", "chance_to_slip"})

    chance_to_win = models.PositiveSmallIntegerField(_("chance to win"), null=True, blank=True, editable=False)
    foreseen_close = models.DateField(_("foreseen close"), null=True, blank=True, editable=False)
    chance_to_slip = models.PositiveSmallIntegerField(_("chance to slip"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        indexes = [
            models.Index(
                *(F("stage"), close_day(), F("id")),
                name="opportunity_open_in_stage",
                include=(*_SUMMED, "expected_close"),
                condition=Q(status=Status.OPEN),
            ),
            models.Index(
                fields=["stage", "-closed_on", "-id"],
                name="opportunity_won_in_stage",
                include=_SUMMED,
                condition=Q(status=Status.WON),
            ),
            models.Index(
                fields=["owner", "expected_close", "id"],
                name="opportunity_open_of_owner",
                include=_SUMMED_BY_OWNER,
                condition=Q(status=Status.OPEN),
            ),
            models.Index(
                fields=["owner", "closed_on"],
                name="opportunity_won_of_owner",
                include=_SUMMED_BY_OWNER,
                condition=Q(status=Status.WON),
            ),
            models.Index(
                fields=["team", "expected_close"],
                name="opportunity_open_of_team",
                include=_SUMMED_BY_TEAM,
                condition=Q(status=Status.OPEN),
            ),
            models.Index(
                fields=["team", "closed_on"],
                name="opportunity_won_of_team",
                include=_SUMMED_BY_TEAM,
                condition=Q(status=Status.WON),
            ),
            models.Index(
                fields=["owner", "next_step_on", "id"],
                name="opportunity_next_step_of_owner",
                condition=Q(status=Status.OPEN, next_step_on__isnull=False),
            ),
            models.Index(
                fields=["owner", "stage_since", "id"],
                name="opportunity_standing_of_owner",
                condition=Q(status=Status.OPEN),
            ),
            models.Index(
                fields=["expected_close", "id"], name="opportunity_open_by_close", condition=Q(status=Status.OPEN)
            ),
            models.Index(
                fields=["expected_close", "id"],
                name="opportunity_by_close",
                condition=Q(expected_close__isnull=False),
            ),
            models.Index(fields=["person"], name="opportunity_of_person", condition=Q(person__isnull=False)),
            models.Index(fields=["sort_name", "id"], name="opportunity_by_name"),
            models.Index(fields=["closed_on", "id"], name="opportunity_by_end", condition=Q(closed_on__isnull=False)),
            models.Index(fields=["amount", "id"], name="opportunity_by_amount", condition=Q(amount__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.OPEN) | Q(stage__isnull=False), name="open_opportunity_has_a_stage"
            ),
        ]
