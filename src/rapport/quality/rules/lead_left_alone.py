"""New leads nobody looked at."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("New lead left alone for two weeks"),
    meaning=_("Nobody answered. Call, or say that it does not fit."),
    dimension=Dimension.FRESHNESS,
    severity=Severity.HIGH,
    minutes=5,
    record_type="lead",
    steward=_("Marketing"),
    field="status",
    where=lambda: Q(status="new", created_at__lt=now() - timedelta(days=14)),
    bad=({"last_name": "Bell", "created_at": Day(-30)},),
    good=({"last_name": "Bell"},),
)
