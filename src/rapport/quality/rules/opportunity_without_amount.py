"""Open opportunities that weigh nothing in the forecast."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without an amount"),
    meaning=_("It counts for nothing in the forecast. Enter an estimate: a rough one is better than none."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=4,
    record_type="opportunity",
    field="amount",
    needs=("status",),
    where=lambda: Q(status="open") & (Q(amount=None) | Q(amount=0)),
    bad=(
        {"name": "Pumps"},
        {"name": "Pumps", "amount": 0},
    ),
    good=({"name": "Pumps", "amount": 900},),
)
