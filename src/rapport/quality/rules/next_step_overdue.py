"""Open opportunities whose next step was due."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Next step overdue for two weeks"),
    meaning=_("What was planned did not happen, or was not noted. Do it, or plan anew."),
    dimension=Dimension.FRESHNESS,
    severity=Severity.MEDIUM,
    minutes=3,
    record_type="opportunity",
    field="next_step_on",
    needs=("status",),
    where=lambda: Q(status="open", next_step_on__lt=today() - timedelta(days=14)),
    bad=({"name": "Pumps", "next_step_on": Day(-30)},),
    good=({"name": "Pumps", "next_step_on": Day(-3)},),
)
