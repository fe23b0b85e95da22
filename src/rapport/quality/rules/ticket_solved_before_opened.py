"""Tickets solved before they were opened."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Day, Dimension, Severity

RULE = Asked(
    label=_("Ticket solved before it was opened"),
    meaning=_("One of the moments is wrong, and the service level with it. Correct it."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=3,
    record_type="ticket",
    steward=_("Customer support"),
    field="solved_at",
    needs=("opened_at",),
    where=lambda: Q(solved_at__lt=F("opened_at")) | Q(first_answer_at__lt=F("opened_at")),
    bad=({"subject": "Leak", "opened_at": Day(0), "solved_at": Day(-3)},),
    good=({"subject": "Leak", "opened_at": Day(-3), "solved_at": Day(0)},),
)
