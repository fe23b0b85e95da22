"""Customers with orders but no contract."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from rapport.orders.models import Contract, Order
from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Customer with orders but no contract"),
    meaning=_("They order without terms that were agreed. Offer a contract, or enter the one there is."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=20,
    record_type="organisation",
    steward=_("Finance"),
    where=lambda: (
        Exists(Order._base_manager.filter(organisation=OuterRef("pk")).exclude(status="cancelled"))
        & ~Exists(Contract._base_manager.filter(organisation=OuterRef("pk")))
    ),
    children={"order": "organisation", "contract": "organisation"},
    bad=({"name": "Acme", "order": [{"amount": 5}]},),
    good=({"name": "Acme", "order": [{"amount": 5}], "contract": [{}]},),
)
