"""Orders with an amount below zero."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Order with an amount below zero"),
    meaning=_("Nobody orders for less than nothing. If it was a credit note, dismiss the finding."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.MEDIUM,
    minutes=5,
    record_type="order",
    steward=_("Finance"),
    field="amount",
    where=lambda: Q(amount__lt=0),
    bad=({"organisation": {"name": "Acme"}, "amount": -5},),
    good=({"organisation": {"name": "Acme"}, "amount": 5},),
)
