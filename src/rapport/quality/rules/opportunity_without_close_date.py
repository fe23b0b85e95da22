"""Open opportunities that may close any day."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without an expected close"),
    meaning=_("It stands in no period of the forecast. Enter the day on which the customer is likely to decide."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=2,
    record_type="opportunity",
    field="expected_close",
    needs=("status",),
    where=lambda: Q(status="open", expected_close=None),
    bad=({"name": "Pumps"},),
    good=(
        {"name": "Pumps", "expected_close": Day(30)},
        {"name": "Pumps", "status": "lost"},
    ),
)
