"""Customers in Europe that can't be invoiced rightly."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.eu.vat import MEMBER_STATES

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("European customer without a VAT number"),
    meaning=_("An invoice to a company in another country of the European Union needs it. Ask the customer."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=6,
    record_type="organisation",
    steward=_("Finance"),
    field="vat_number",
    needs=("country", "lifecycle"),
    where=lambda: Q(lifecycle="customer", vat_number="", country__in=sorted(code.upper() for code in MEMBER_STATES)),
    bad=({"name": "Acme", "lifecycle": "customer", "country": "PT"},),
    good=({"name": "Acme", "lifecycle": "customer", "country": "US"},),
)
