"""Lost opportunities that teach nothing."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Lost opportunity without a reason"),
    meaning=_("Nothing can be learnt from it. Write why the customer did not buy."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=3,
    record_type="opportunity",
    field="loss_reason",
    needs=("status",),
    where=lambda: Q(status="lost", loss_reason=""),
    bad=({"name": "Pumps", "status": "lost"},),
    good=({"name": "Pumps", "status": "lost", "loss_reason": "Price"},),
)
