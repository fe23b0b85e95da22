"""Open opportunities in which nothing happens."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity untouched for three months"),
    meaning=_("Nothing was noted for three months. Ask the customer, park it or close it."),
    dimension=Dimension.FRESHNESS,
    severity=Severity.MEDIUM,
    minutes=5,
    record_type="opportunity",
    needs=("status",),
    where=lambda: Q(status="open", updated_at__lt=now() - timedelta(days=90)),
    bad=({"name": "Pumps", "updated_at": Day(-120)},),
    good=({"name": "Pumps"},),
)
