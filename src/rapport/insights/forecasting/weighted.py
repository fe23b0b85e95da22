"""The opportunities behind the weighted volume of a period, each with what it adds."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Case, DecimalField, ExpressionWrapper, F, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.pipeline.models import Opportunity, Status

from .kept import among_of
from .periods import Period
from .standing import Rows, in_period

_DECIMAL = DecimalField(max_digits=30, decimal_places=8)


def weighted_opportunities(actor: Actor, period: Period, team: UUID | None) -> Rows:
    """Those of a team, or of all that the actor leads, the largest part first.

    Each has `chance` (per cent; 100 when won) and `weighted`: its amount in the base currency times that, None where
    the amount or its rate is unknown.
    """
    seen = Opportunity.objects.visible_to(actor).filter(among_of(actor, team), in_period(period))
    entered = Coalesce("probability", "stage__probability", 0)
    chance = Case(When(status=Status.WON, then=100), default=entered, output_field=IntegerField())
    rows = seen.annotate(chance=chance, in_base=_in_base(current_rates()))
    rows = rows.annotate(weighted=ExpressionWrapper(F("in_base") * F("chance") / Decimal(100), output_field=_DECIMAL))
    return rows.order_by(F("weighted").desc(nulls_last=True), "pk")


def _in_base(rates: Rates) -> Combinable:
    known = [
        When(currency=code, then=F("amount") * Value(rate, output_field=_DECIMAL))
        for code, rate in rates.by_code.items()
    ]
    return Case(When(currency__in=("", rates.base), then=F("amount")), *known, output_field=_DECIMAL)
