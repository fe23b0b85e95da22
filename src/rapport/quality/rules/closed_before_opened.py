"""Opportunities that ended before they began."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Opportunity closed before it was opened"),
    meaning=_("One of the two days is wrong, and the length of the sale with it. Correct it."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.MEDIUM,
    minutes=3,
    record_type="opportunity",
    field="closed_on",
    needs=("opened_on",),
    where=lambda: Q(closed_on__lt=F("opened_on")),
    bad=({"name": "Pumps", "status": "won", "opened_on": Day(0), "closed_on": Day(-5)},),
    good=({"name": "Pumps", "status": "won", "opened_on": Day(-5), "closed_on": Day(0)},),
)
