"""Contracts in force without an end."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Contract in force without an end"),
    meaning=_("Nobody will be reminded before it renews or ends. Enter the last day."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=6,
    record_type="contract",
    steward=_("Finance"),
    field="ends_on",
    needs=("status",),
    where=lambda: Q(status="active", ends_on=None),
    bad=({"organisation": {"name": "Acme"}},),
    good=({"organisation": {"name": "Acme"}, "ends_on": Day(90)},),
)
