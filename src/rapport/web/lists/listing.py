"""What a list holds: the visible records that the setup selects, one page of them, how many and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from rapport.catalog.queries import Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked, often_summed
from rapport.core.record_sets import RecordQuerySet
from rapport.core.records import Record
from rapport.core.search import entries_with, holds, is_searched, matching
from rapport.core.table_sizes import rough_number
from rapport.governance.selection import Matched, Misfit, Order, Page, Position, Stretch, order_by, page_by
from rapport.governance.selection.matching import combined, match_all
from rapport.governance.selection.ordering import ADDED
from rapport.web.ui import formats

from .columns import Column, chosen, currency_columns
from .setup import Setup
from .spec import ListSpec, lists

MOST_COUNTED = 10_000


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
    def parts(self) -> list[RecordQuerySet[Record]]:
        """The same rows in parts that have none in common: to count them, or to add them up."""
        if self.setup.text:
            return [self.rows.order_by()]
        condition = combined(self.matches, any_of=self.setup.selection.any_of)
        return [part.filter(condition).order_by() for part in self.spec.model.objects.visible_parts(self.actor)]

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
        return page_by(self._fetch, order, size=size, after=start, before=end)

    def _fetch(self, stretch: Stretch) -> Sequence[Record]:
        """Some rows; the SQL of first pages is kept, that of others would be needed once."""
        if self.setup.text or stretch.start:
            return list(stretch.of(self.rows_of_pages, self.order))
        return _first_rows(self.actor, self.spec.record_type, self.setup, str(self.order), stretch)

    @property
    def rows_of_pages(self) -> RecordQuerySet[Record]:
        """The rows; where very many hold the text, those in the page's order are asked one by one whether they do."""
        asks_each = self.setup.text and is_searched(self.spec.model) and self.order.is_indexed
        if asks_each and self._holds_many:
            return self._selected.filter(holds(self.spec.record_type, self.setup.text, self.actor))
        return self.rows

    @property
    def _holds_many(self) -> bool:
        """Whether a page is sooner full by reading rows in its order than by sorting all that hold the text."""
        rows_read = self.setup.size * rough_number(self.spec.model._meta.db_table) / max(self.tally.count, 1)
        return self.tally.is_more or rows_read < self.tally.count

    @cached_property
    def tally(self) -> Tally:
        """How many there are and what they add up to, asked of the database in one go."""
        if self.spec.total in self.spec.entry.readable_by(self.actor):
            return self._tally_with_total()
        count = sum(found for (found,) in _counted(self.actor, self.spec.record_type, self.setup))
        return Tally(min(count, MOST_COUNTED), count > MOST_COUNTED)

    def _tally_with_total(self) -> Tally:
        """Count and sum over the same rows, each amount at the rate now in force."""
        found = _summed(self.actor, self.spec.record_type, self.setup)
        count = sum(number for _code, number, _amount in found)
        if count > MOST_COUNTED:
            return Tally(MOST_COUNTED, is_more=True)
        amounts = [(code, amount) for code, _number, amount in found if amount is not None]
        return Tally(count, total=total_of(amounts, current_rates()) if amounts else None)

    @property
    def countable(self) -> Sequence[QuerySet[Any]]:
        """One row for each record: where only words narrow the list, an entry of the search, which is quicker."""
        spec, setup, model = self.spec, self.setup, self.spec.model
        if setup.text and not setup.selection.conditions and is_searched(model) and not model.restricts(self.actor):
            return [entries_with(spec.record_type, setup.text, self.actor)]
        return self.parts

    @property
    def total_currency(self) -> str:
        """The field that tells the currency of the amount added up."""
        described = self.spec.entry.fields[self.spec.total]
        return next(iter(currency_columns([Column(described)])))

    def summary(self, shown: Sequence[Record]) -> str:
        """The number of rows in words."""
        if self.tally.is_more:
            return _("%(shown)d of more than 10,000") % {"shown": len(shown)}
        return _("%(shown)d of %(count)s") % {"shown": len(shown), "count": formats.number(self.tally.count)}


@often_asked
def _first_rows(actor: Actor, record_type: str, setup: Setup, order: str, stretch: Stretch) -> QuerySet[Record]:
    found = order_by(order, record_type, actor=actor)
    assert found is not None
    return stretch.of(_listing(actor, record_type, setup).rows, found)


def _listing(actor: Actor, record_type: str, setup: Setup) -> Listing:
    return Listing(lists()[record_type], setup, actor)


@often_summed("SELECT COUNT(*) FROM ({}) AS found")
def _counted(actor: Actor, record_type: str, setup: Setup) -> QuerySet[Record, Any]:
    return _joined([part.values_list(Value(1)) for part in _listing(actor, record_type, setup).countable])


@often_summed("SELECT told_currency, COUNT(*), SUM(told_amount) FROM ({}) AS found GROUP BY told_currency")
def _summed(actor: Actor, record_type: str, setup: Setup) -> QuerySet[Record, Any]:
    listing = _listing(actor, record_type, setup)
    told = {"told_currency": F(listing.total_currency), "told_amount": F(listing.spec.total)}
    return _joined([part.annotate(**told).values_list(*told) for part in listing.parts])


def _joined(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """So many rows of all parts as are counted."""
    first, *others = parts
    return (first.union(*others, all=True) if others else first)[: MOST_COUNTED + 1]
