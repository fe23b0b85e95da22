"""Open opportunities that should have closed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity with an expected close in the past"),
    meaning=_("The forecast counts on a day that has gone. Move the day, or close the opportunity."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.HIGH,
    minutes=3,
    record_type="opportunity",
    field="expected_close",
    needs=("status",),
    where=lambda: Q(status="open", expected_close__lt=today()),
    bad=({"name": "Pumps", "expected_close": Day(-3)},),
    good=(
        {"name": "Pumps", "expected_close": Day(3)},
        {"name": "Pumps", "status": "lost", "expected_close": Day(-3)},
    ),
)
