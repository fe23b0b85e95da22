"""Organisations that are nowhere."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Organisation without a country"),
    meaning=_("Without a country, territories, phone numbers and VAT numbers can't be told. Choose it."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=2,
    record_type="organisation",
    field="country",
    where=lambda: Q(country=""),
    bad=({"name": "Acme"},),
    good=({"name": "Acme", "country": "PT"},),
)
