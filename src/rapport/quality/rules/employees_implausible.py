"""Organisations with more employees than any has."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Implausible number of employees"),
    meaning=_("No employer has so many people: digits are wrong, or it is another number. Correct it."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.LOW,
    minutes=3,
    record_type="organisation",
    field="employees",
    where=lambda: Q(employees__gt=3_000_000),
    bad=({"name": "Acme", "employees": 12_000_000},),
    good=({"name": "Acme", "employees": 120},),
)
