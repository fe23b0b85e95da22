"""Open opportunities that are said to be won."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity with a probability of 100%"),
    meaning=_("Nothing is certain before the signature. Win it, or give a lower probability."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.LOW,
    minutes=2,
    record_type="opportunity",
    field="probability",
    needs=("status",),
    where=lambda: Q(status="open", probability=100),
    bad=({"name": "Pumps", "probability": 100},),
    good=({"name": "Pumps", "probability": 80},),
)
