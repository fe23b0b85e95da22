"""Open tickets of nobody."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open ticket without an owner"),
    meaning=_("Nobody works on it. Give it to somebody."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=2,
    record_type="ticket",
    steward=_("Customer support"),
    field="owner",
    needs=("status",),
    where=lambda: Q(owner=None) & ~Q(status__in=["solved", "closed"]),
    bad=({"subject": "Leak"},),
    good=({"subject": "Leak", "status": "closed"},),
)
