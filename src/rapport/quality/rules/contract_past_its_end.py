"""Contracts in force past their end."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Contract in force past its end"),
    meaning=_("It ended, and does not renew by itself. Renew it with the customer, or end it."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.HIGH,
    minutes=5,
    record_type="contract",
    steward=_("Finance"),
    field="status",
    needs=("ends_on", "renewal"),
    where=lambda: Q(status="active", renewal="none", ends_on__lt=today()),
    bad=({"organisation": {"name": "Acme"}, "ends_on": Day(-5)},),
    good=({"organisation": {"name": "Acme"}, "ends_on": Day(-5), "renewal": "automatic"},),
)
