"""Leads that came from nowhere."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Lead without a source"),
    meaning=_("It can't be told which campaign brought it. Choose where it came from."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=2,
    record_type="lead",
    steward=_("Marketing"),
    field="source",
    where=lambda: Q(source=""),
    bad=({"last_name": "Bell"},),
    good=({"last_name": "Bell", "source": "Fair"},),
)
