"""The roll-up: one value from all records that link to one, worked out by the database for many at once."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Max, Min, Q, Sum, Value, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import SYSTEM
from rapport.core.records import RECORD_TYPES

from ...dictionary import Field
from ...domains import Amount
from ...selection import Condition, Matched, match
from .money import worth

_log = logging.getLogger(__name__)
HOWS: dict[str, str | Promise] = {
    "count": _("Number of records"),
    "sum": _("Sum"),
    "min": _("Smallest"),
    "max": _("Largest"),
    "average": _("Average"),
    "newest": _("Value of the newest"),
}
_AGGREGATES: dict[str, Callable[[str], Any]] = {"sum": Sum, "min": Min, "max": Max, "average": Avg}
_CHOICES: dict[str, Callable[[list[Any]], Any]] = {"sum": sum, "min": min, "max": max}


def _first(values: list[Any]) -> Any:
    return values[0]


@dataclass(frozen=True)
class RollUp:
    """What is rolled up: of the records of `child` whose `link` leads to one, `how`, over which field, if `where`.

    `watched` are the columns of a child whose change can change the value, `watched_derived` the derived ones.
    """

    key: str
    parent: str
    child: str
    link: str
    how: str
    over: Field | None
    where: Condition | None
    places: int
    watched: frozenset[str] = field(default_factory=frozenset)
    watched_derived: frozenset[str] = field(default_factory=frozenset)

    @property
    def follows_today(self) -> bool:
        """Whether its condition speaks of days from today."""
        return self.where is not None and any(not text[:1].isdigit() for text in self.where.values)

    @property
    def of_nothing(self) -> Any:
        """The value where no record links."""
        return {"count": 0, "sum": Decimal(0)}.get(self.how)

    def values(self, parents: Collection[UUID]) -> dict[UUID, Any]:
        """The value of each of these records."""
        found = self._found(parents)
        return {key: self._rounded(found.get(key, self.of_nothing)) for key in parents}

    def _found(self, parents: Collection[UUID]) -> dict[UUID, Any]:
        rows = RECORD_TYPES[self.child].objects.filter(**{f"{self.link}__in": list(parents)}).order_by()
        rows = rows.filter(self.condition())
        if self.how == "count":
            return dict(rows.values_list(self.link).annotate(found=Count("pk")))
        if self.how == "newest":
            return self._newest(rows)
        return self._aggregated(rows)

    def condition(self) -> Q:
        """What a record must meet to be counted; one that makes no sense any more counts nothing."""
        if self.where is None:
            return Q()
        matched = match(self.where, self.child, actor=SYSTEM)
        if isinstance(matched, Matched):
            return matched.q
        _log.warning("The condition of the roll-up %s of %s makes no sense.", self.key, self.parent)
        return Q(pk__in=[])

    def _newest(self, rows: Any) -> dict[UUID, Any]:
        assert self.over is not None
        latest = Window(RowNumber(), partition_by=F(self.link), order_by=[F("created_at").desc(), F("pk").desc()])
        filled = rows.filter(**{f"{self.over.name}__isnull": False}).annotate(place=latest).filter(place=1)
        return self._in_one_currency(filled.values_list(self.link, self._currency(), F(self.over.name)))

    def _aggregated(self, rows: Any) -> dict[UUID, Any]:
        assert self.over is not None
        grouped = rows.annotate(money=self._currency()).values_list(self.link, "money")
        if self.how == "average":
            return self._averages(grouped)
        return self._in_one_currency(grouped.annotate(found=_AGGREGATES[self.how](self.over.name)))

    def _averages(self, grouped: Any) -> dict[UUID, Any]:
        """Of the sums of all currencies and the number of values."""
        assert self.over is not None
        told = list(grouped.annotate(total=Sum(self.over.name), count=Count(self.over.name)))
        counts: dict[UUID, int] = defaultdict(int)
        for parent, _currency, _total, count in told:
            counts[parent] += count
        totals = self._in_one_currency(((row[0], row[1], row[2]) for row in told), how="sum")
        return {key: total / counts[key] if total is not None else None for key, total in totals.items() if counts[key]}

    def _in_one_currency(self, found: Iterable[tuple[UUID, str, Any]], how: str = "") -> dict[UUID, Any]:
        """One value from those by currency; none where the rate of one is unknown, for it would be wrong."""
        grouped: dict[UUID, list[Any]] = defaultdict(list)
        rates = worth() if isinstance(self.over and self.over.domain, Amount) else None
        for parent, currency, value in found:
            if value is not None:
                grouped[parent].append(value if rates is None else rates.in_base(value, currency))
        choose = _CHOICES.get(how or self.how, _first)
        return {key: None if None in values else choose(values) for key, values in grouped.items()}

    def _currency(self) -> Any:
        domain = self.over.domain if self.over else None
        if not isinstance(domain, Amount):
            return Value("")
        return Value(domain.currency) if domain.currency else F(domain.currency_field)

    def _rounded(self, value: Any) -> Any:
        if isinstance(value, Decimal | float):
            return Decimal(str(value)).quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)
        return value
