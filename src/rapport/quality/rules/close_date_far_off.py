"""Open opportunities that close in a distant future."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Expected close far off"),
    meaning=_("The expected close lies more than three years ahead: the year is probably mistyped."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.MEDIUM,
    minutes=2,
    record_type="opportunity",
    field="expected_close",
    needs=("status",),
    where=lambda: Q(status="open", expected_close__gt=today() + timedelta(days=3 * 365)),
    bad=({"name": "Pumps", "expected_close": Day(4_000)},),
    good=({"name": "Pumps", "expected_close": Day(200)},),
)
