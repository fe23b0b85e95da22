"""Contracts that end before they start."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Contract that ends before it starts"),
    meaning=_("One of the two days is wrong. Look at the signed paper."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.HIGH,
    minutes=5,
    record_type="contract",
    steward=_("Finance"),
    field="ends_on",
    needs=("starts_on",),
    where=lambda: Q(ends_on__lt=F("starts_on")),
    bad=({"organisation": {"name": "Acme"}, "starts_on": Day(5), "ends_on": Day(0)},),
    good=({"organisation": {"name": "Acme"}, "starts_on": Day(0), "ends_on": Day(5)},),
)
