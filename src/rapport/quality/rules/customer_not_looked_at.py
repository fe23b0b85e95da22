"""Customers whose record is old."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Customer not looked at for two years"),
    meaning=_("Nothing of the record was confirmed or changed for two years. Go through it with the customer."),
    dimension=Dimension.FRESHNESS,
    severity=Severity.LOW,
    minutes=8,
    record_type="organisation",
    needs=("lifecycle",),
    where=lambda: Q(lifecycle="customer", updated_at__lt=now() - timedelta(days=2 * 365)),
    bad=({"name": "Acme", "lifecycle": "customer", "updated_at": Day(-800)},),
    good=({"name": "Acme", "lifecycle": "customer"},),
)
