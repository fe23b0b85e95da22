"""Parked opportunities whose day has gone."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Parked opportunity without a day to come back"),
    meaning=_("It will not come back by itself. Reopen it, or park it until a later day."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=3,
    record_type="opportunity",
    field="parked_until",
    needs=("status",),
    where=lambda: Q(status="parked") & (Q(parked_until=None) | Q(parked_until__lt=today())),
    bad=({"name": "Pumps", "status": "parked"},),
    good=({"name": "Pumps", "status": "parked", "parked_until": Day(30)},),
)
