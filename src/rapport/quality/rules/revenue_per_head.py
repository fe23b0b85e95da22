"""Organisations whose revenue and size don't fit."""

from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

_HEADS = Cast("employees", BigIntegerField())

RULE = Asked(
    label=_("Revenue that does not fit the size"),
    meaning=_(
        "Revenue per employee is below 500 or above 20 million: thousands may stand for units. Correct one of the two."
    ),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.LOW,
    minutes=4,
    record_type="organisation",
    field="annual_revenue",
    needs=("employees",),
    where=lambda: (
        Q(employees__gt=9, annual_revenue__gt=_HEADS * 20_000_000)
        | Q(employees__gt=9, annual_revenue__gt=0, annual_revenue__lt=_HEADS * 500)
    ),
    bad=({"name": "Acme", "employees": 5_000, "annual_revenue": 12_000},),
    good=({"name": "Acme", "employees": 5_000, "annual_revenue": 900_000_000},),
)
