"""Won opportunities of which nothing came."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.orders.models import Contract, Order
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Won opportunity without an order or contract"),
    meaning=_("It was won a month ago, but nothing was ordered. Enter the order, or find out what became of it."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.MEDIUM,
    minutes=10,
    record_type="opportunity",
    needs=("status", "closed_on"),
    where=lambda: (
        Q(status="won", closed_on__lt=today() - timedelta(days=30))
        & ~Exists(Order._base_manager.filter(opportunity=OuterRef("pk")))
        & ~Exists(Contract._base_manager.filter(opportunity=OuterRef("pk")))
    ),
    children={"order": "opportunity", "contract": "opportunity"},
    bad=({"name": "Pumps", "status": "won", "closed_on": Day(-60)},),
    good=({"name": "Pumps", "status": "won", "closed_on": Day(-60), "order": [{"organisation": {"name": "Acme"}}]},),
)
