"""Organisations of which it is not said what they are to us."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Organisation without a relationship"),
    meaning=_("It is not said whether it is a prospect, a customer, a partner or a competitor. Choose one."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=1,
    record_type="organisation",
    field="lifecycle",
    where=lambda: Q(lifecycle=""),
    bad=({"name": "Acme"},),
    good=({"name": "Acme", "lifecycle": "partner"},),
)
