"""Organisations whose business is unknown."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Organisation without an industry"),
    meaning=_("It is missing from every comparison by industry. Choose what the organisation does."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=3,
    record_type="organisation",
    field="industry",
    where=lambda: Q(industry=""),
    bad=({"name": "Acme"},),
    good=({"name": "Acme", "industry": "Food"},),
)
