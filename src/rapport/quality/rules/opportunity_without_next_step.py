"""Open opportunities in which nothing is going to happen."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without a next step"),
    meaning=_("Nothing is planned. Agree with the customer on what comes next, and when."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=3,
    record_type="opportunity",
    field="next_step",
    needs=("status",),
    where=lambda: Q(status="open", next_step=""),
    bad=({"name": "Pumps"},),
    good=({"name": "Pumps", "next_step": "Send the offer"},),
)
