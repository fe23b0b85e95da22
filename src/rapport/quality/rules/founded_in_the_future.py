"""Organisations founded when they can't have been."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Implausible year of foundation"),
    meaning=_("The year lies in the future or before any company we know. Correct it."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.LOW,
    minutes=3,
    record_type="organisation",
    field="founded_year",
    where=lambda: Q(founded_year__gt=today().year) | Q(founded_year__lt=1000),
    bad=({"name": "Acme", "founded_year": 3005},),
    good=({"name": "Acme", "founded_year": 1919},),
)
