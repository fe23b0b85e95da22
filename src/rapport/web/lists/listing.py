"""What a list holds: the visible records that the setup selects, one page of them, how many and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.utils.translation import gettext as _

from rapport.catalog.queries import Rates, Total, current_rates
from rapport.core.actors import Actor
from rapport.core.records import Record, RecordQuerySet
from rapport.core.search import holds, is_searched, matching
from rapport.governance.selection import Matched, Misfit, Order, Page, Position, order_by, page_of
from rapport.governance.selection.matching import combined, match_all
from rapport.governance.selection.ordering import ADDED

from .columns import Column, chosen, currency_columns
from .setup import Setup
from .spec import ListSpec

MOST_COUNTED = 10_000
MANY_FOUND = (
    4_000  # from here on, reading rows in order until a page is full is quicker than sorting all that were found
)


@dataclass(frozen=True)
class Tally:
    """How many records there are, up to a bound, and the sum of their amounts where that is known."""

    count: int
    is_more: bool = False
    total: Total | None = None


@dataclass
class Listing:
    """One list as somebody sees it; asks the database only for what is used. Read it with `patience`.

    `is_as_saved`: it shows a view as it is, so that nobody needs to hear why its order can't be kept.
    """

    spec: ListSpec
    setup: Setup
    actor: Actor
    notes: list[str] = field(default_factory=list)
    is_as_saved: bool = False

    @cached_property
    def matches(self) -> list[list[Matched | Misfit]]:
        """The filters, understood or not."""
        return match_all(self.setup.selection, self.spec.record_type, actor=self.actor)

    @property
    def has_misfits(self) -> bool:
        """Whether a filter was not understood, so that more is shown than was meant."""
        return any(isinstance(item, Misfit) for group in self.matches for item in group)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns after the title."""
        return chosen(self.spec, self.setup.columns, self.actor)

    @cached_property
    def rows(self) -> RecordQuerySet[Record]:
        """Every record of the list, in no order."""
        return self._holding_text(self._selected) if self.setup.text else self._selected

    @property
    def _selected(self) -> RecordQuerySet[Record]:
        rows = self.spec.model.objects.visible_to(self.actor)
        return rows.filter(combined(self.matches, any_of=self.setup.selection.any_of))

    def _holding_text(self, rows: RecordQuerySet[Record]) -> RecordQuerySet[Record]:
        if is_searched(self.spec.model):
            return rows.filter(pk__in=matching(self.spec.record_type, self.setup.text, self.actor))
        named = [f"{name}__icontains" for name in self.spec.said_by_title]
        return rows.filter(reduce(or_, [Q((name, self.setup.text)) for name in named], Q()))

    @cached_property
    def order(self) -> Order:
        """The order asked for where that is fast enough, else the usual one."""
        wanted = self.setup.order or self.spec.order
        order = order_by(wanted, self.spec.record_type, actor=self.actor)
        if order is not None and (order.is_indexed or not self.tally.is_more):
            return order
        if self.setup.order and not self.is_as_saved:
            impossible = _("This list can't be sorted by “%(name)s”.") % {"name": wanted.removeprefix("-")[:40]}
            too_many = _("These are too many records to sort that way. Add a filter first.")
            self.notes.append(too_many if order else impossible)
        return self._quick_order()

    def _quick_order(self) -> Order:
        """One that is fast on any number of rows."""
        for written in (self.spec.order, "title", f"-{ADDED}"):
            order = order_by(written, self.spec.record_type, actor=self.actor)
            if order is not None and order.is_indexed:
                return order
        raise AssertionError

    def page(self, *, after: str = "", before: str = "") -> Page[Record]:
        """The rows after or before a place, or the first ones."""
        order, size = self.order, self.setup.size
        start, end = (Position.read(text, order) if text else None for text in (after, before))
        if (after and start is None) or (before and end is None):
            self.notes.append(_("The place in the list was lost; this is its beginning."))
        return page_of(self._rows_of_pages, order, size=size, after=start, before=end)

    @property
    def _rows_of_pages(self) -> RecordQuerySet[Record]:
        """The rows; where very many hold the text, those in the page's order are asked one by one whether they do."""
        asks_each = self.setup.text and is_searched(self.spec.model) and self.order.is_indexed
        if asks_each and self.tally.count > MANY_FOUND:
            return self._linked(self._selected.filter(holds(self.spec.record_type, self.setup.text, self.actor)))
        return self.rows_with_links

    @property
    def rows_with_links(self) -> RecordQuerySet[Record]:
        """The rows with the linked records that computed columns need."""
        return self._linked(self.rows)

    def _linked(self, rows: RecordQuerySet[Record]) -> RecordQuerySet[Record]:
        links = {link for column in self.columns for link in column.links}
        return rows.select_related(*sorted(links)) if links else rows

    @cached_property
    def tally(self) -> Tally:
        """How many there are and what they add up to, asked of the database in one go."""
        if self.spec.total in self.spec.entry.readable_by(self.actor):
            return self._tally_with_total()
        count = self.rows.order_by()[: MOST_COUNTED + 1].count()
        return Tally(min(count, MOST_COUNTED), count > MOST_COUNTED)

    def _tally_with_total(self) -> Tally:
        """Count and sum over the same rows, each amount at the rate now in force."""
        name, currency, rates = self.spec.total, self.total_currency, current_rates()
        counted: Any = self.rows.order_by().values(name, currency)[: MOST_COUNTED + 1]
        found = counted.aggregate(
            count=Count("*"),
            total=Sum(F(name) * _rate(rates, currency)),
            codes=ArrayAgg(currency, distinct=True, filter=Q(**{f"{name}__isnull": False})),
        )
        if found["count"] > MOST_COUNTED:
            return Tally(MOST_COUNTED, is_more=True)
        left_out = sorted(code for code in found["codes"] or [] if rates.in_base(Decimal(1), code) is None)
        total = Total(round(found["total"] or Decimal(0), 2), rates.base, tuple(left_out))
        return Tally(found["count"], total=total if found["codes"] else None)

    @property
    def total_currency(self) -> str:
        """The field that tells the currency of the amount added up."""
        described = self.spec.entry.fields[self.spec.total]
        return next(iter(currency_columns([Column(self.spec.total, described.label, field=described)])))

    def summary(self, shown: Sequence[Record]) -> str:
        """The number of rows in words."""
        if self.tally.is_more:
            return _("%(shown)d of more than 10,000") % {"shown": len(shown)}
        return _("%(shown)d of %(count)s") % {"shown": len(shown), "count": f"{self.tally.count:,}"}


def _rate(rates: Rates, currency: str) -> Case:
    """What one unit of a row's currency is worth; nothing where that is unknown."""
    kind: DecimalField[Decimal, Decimal] = DecimalField(max_digits=30, decimal_places=12)
    own = When(**{f"{currency}__in": ["", rates.base]}, then=Value(Decimal(1), output_field=kind))
    others = [When(**{currency: code}, then=Value(rate, output_field=kind)) for code, rate in rates.by_code.items()]
    return Case(own, *others, default=None, output_field=kind)
