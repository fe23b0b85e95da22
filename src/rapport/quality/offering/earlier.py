"""What earlier records hold: those of the same customer, and those of the same owner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.records import Record
from rapport.governance.columns import comparable
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link

from .around import Around, Row
from .offer import Offer

_FEWEST, _LEAST_SHARE = 3, 0.25  # of the owner's records; a customer's are few, and all of them say something
_LONGEST = 200
_DIFFERENT = 5
_NUMBERS = frozenset({"amount", "decimal", "integer", "percentage"})
_TEXTS = frozenset({"text", "long_text"})


def of_the_customer(field: Field, around: Around) -> list[Offer]:
    """What the earlier records of the same organisation hold."""
    if field.name == "organisation":
        return []
    values = _known(around.record, field, around.of_the_customer)
    if not values or field.domain.kind == "date":
        return []
    if field.domain.kind in _NUMBERS:
        reason = ngettext(
            "what the customer's earlier one had", "in the middle of the customer's %(many)d earlier ones", len(values)
        )
        return [Offer(_middle(values), reason % {"many": len(values)})]
    return [
        Offer(
            value,
            ngettext("in an earlier one of this customer", "in %(many)d earlier ones of this customer", many)
            % {"many": many},
        )
        for value, many in _counted(values, field, around.actor)[:2]
    ]


def of_the_owner(field: Field, around: Around) -> list[Offer]:
    """What the records of the same owner usually hold."""
    if field.name == "owner" or _is_of_one_customer(field):
        return []
    if field.name == "expected_close":
        return _usual_close(around.record, around.of_the_owner)
    values = _known(around.record, field, around.of_the_owner)
    if len(values) < _FEWEST or field.domain.kind in {"date", "long_text"}:
        return []
    if field.domain.kind in _NUMBERS:
        told = {"many": len(values)}
        return [Offer(_middle(values), _("in the middle of the owner's %(many)d others") % told)]
    return [
        Offer(value, _("in %(many)d of the owner's %(all)d others") % {"many": many, "all": len(values)})
        for value, many in _counted(values, field, around.actor)[:1]
        if many >= _FEWEST and many / len(values) >= _LEAST_SHARE
    ]


def _is_of_one_customer(field: Field) -> bool:
    """Whether a value belongs to one customer and says nothing about another's."""
    return isinstance(field.domain, Link) and field.domain.target in {"person", "organisation", "opportunity"}


def _known(record: Record, field: Field, rows: Iterable[Row]) -> list[Any]:
    """The values of the other records, the newest first; amounts in the same currency only."""
    currency = getattr(record, "currency", "")
    if field.domain.kind == "amount" and currency:
        rows = (row for row in rows if row.get("currency") == currency)
    return [row[field.name] for row in rows if comparable(row[field.name]) is not None]


def _middle(values: Sequence[Any]) -> Any:
    """The median, as whole as the values are."""
    found = median(values)
    is_whole = all(value == int(value) for value in values)
    return type(values[0])(round(found)) if is_whole else Decimal(found).quantize(Decimal("0.01"))


def _counted(values: Iterable[Any], field: Field, actor: Actor) -> list[tuple[Any, int]]:
    """Each value with how often it is there, the most frequent first; links as the records that the actor sees."""
    counted = Counter(values).most_common(_DIFFERENT)
    if isinstance(field.domain, Link):
        seen = field.domain.model.objects.visible_to(actor).in_bulk([value for value, _many in counted])
        return [(seen[value], many) for value, many in counted if value in seen]
    if field.domain.kind in _TEXTS:
        return [(value, many) for value, many in counted if len(value) <= _LONGEST]
    return counted


def _usual_close(record: Any, rows: Iterable[Row]) -> list[Offer]:
    """The day on which it would be decided if it took as long as the owner's others that were won."""
    won = [(row["opened_on"], row["closed_on"]) for row in rows if row["status"] == "won"]
    days = [(closed - opened).days for opened, closed in won if opened and closed and closed >= opened]
    opened: date | None = record.opened_on
    if len(days) < _FEWEST or opened is None:
        return []
    usual = round(median(days))
    if (day := opened + timedelta(days=usual)) <= today():
        return []
    told = {"days": usual, "many": len(days)}
    return [Offer(day, _("%(days)d days after it was opened, as for the %(many)d that the owner won") % told)]
