"""Orders of nothing."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.orders.models import OrderLine
from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Order without lines or amount"),
    meaning=_("It is not known what was ordered, nor for how much. Add the lines."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=6,
    record_type="order",
    steward=_("Finance"),
    field="amount",
    needs=("status",),
    where=lambda: (
        Q(amount=None) & ~Q(status="cancelled") & ~Exists(OrderLine._base_manager.filter(order=OuterRef("pk")))
    ),
    children={"orderline": "order"},
    bad=({"organisation": {"name": "Acme"}},),
    good=({"organisation": {"name": "Acme"}, "amount": 5},),
)
