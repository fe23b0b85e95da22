"""Open opportunities about a product that is not sold any more."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Opportunity about a withdrawn product"),
    meaning=_("The product is not offered any more. Offer its successor."),
    dimension=Dimension.REFERENCE,
    severity=Severity.MEDIUM,
    minutes=5,
    record_type="opportunity",
    field="product",
    needs=("status",),
    where=lambda: Q(status="open", product__is_active=False),
    parents=("product",),
    bad=({"name": "Pumps", "product": {"name": "Old pump", "is_active": False}},),
    good=({"name": "Pumps", "product": {"name": "Pump"}},),
)
