"""Tickets that wait for an answer."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Ticket open for a month"),
    meaning=_("The customer has waited for a month. Solve it, or say what it waits for."),
    dimension=Dimension.FRESHNESS,
    severity=Severity.HIGH,
    minutes=10,
    record_type="ticket",
    steward=_("Customer support"),
    field="status",
    where=lambda: Q(status__in=["new", "open"], opened_at__lt=now() - timedelta(days=30)),
    bad=({"subject": "Leak", "opened_at": Day(-60)},),
    good=(
        {"subject": "Leak", "opened_at": Day(-6)},
        {"subject": "Leak", "status": "solved", "opened_at": Day(-60)},
    ),
)
