"""Prospects that have ordered."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.orders.models import Order
from rapport.quality.ruling import Asked, Dimension, Severity

_ORDERED = Q(status__in=["confirmed", "delivered", "invoiced", "paid"])

RULE = Asked(
    label=_("Prospect that has ordered"),
    meaning=_("Whoever has ordered is a customer. Take the correction."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.MEDIUM,
    minutes=1,
    record_type="organisation",
    field="lifecycle",
    where=lambda: (
        Q(lifecycle__in=["", "prospect"]) & Exists(Order._base_manager.filter(_ORDERED, organisation=OuterRef("pk")))
    ),
    children={"order": "organisation"},
    fix=lambda _values: "customer",
    confidence=0.97,
    bad=({"name": "Acme", "lifecycle": "prospect", "order": [{"amount": 5}]},),
    good=(
        {"name": "Acme", "lifecycle": "customer", "order": [{"amount": 5}]},
        {"name": "Acme", "lifecycle": "prospect"},
    ),
)
