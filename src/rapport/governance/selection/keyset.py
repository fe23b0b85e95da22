"""Pages found by the last row seen instead of by counting, so that page 20,000 costs what page 1 costs.

Rows with a value come first, then those without: two ranges, each of which an index on (column, id) answers in either
direction. A page that spans both asks twice.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Value

from rapport.core.record_sets import RecordQuerySet
from rapport.core.records import Record

from .ordering import Order

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Position:
    """A place between rows: the value and the id of the row beside it."""

    value: Any
    key: UUID

    def __str__(self) -> str:
        value = None if self.value is None else str(self.value)
        written = json.dumps([value, self.key.hex], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, order: Order) -> "Position | None":
        """The position written so, or None when it is none of this order."""
        try:
            value, key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            found = cls(None if value is None else order.output.to_python(value), UUID(key))
        except (ValueError, TypeError, AttributeError, binascii.Error, ValidationError, ArithmeticError):
            return None
        return found if found.value is not None or order.is_nullable else None


@dataclass(frozen=True)
class Page(Generic[RecordT]):
    """Some rows in order, and where those before and after them begin; None where there are none."""

    rows: list[RecordT]
    previous: Position | None
    next: Position | None


@dataclass(frozen=True)
class Stretch:
    """Some rows of one range: those with a value or those without, from a position or from the range's beginning."""

    is_empty: bool
    descending: bool
    start: Position | None
    most: int

    def of(self, rows: RecordQuerySet[RecordT], order: Order) -> RecordQuerySet[RecordT]:
        """The question for them."""
        ordered = cast("RecordQuerySet[RecordT]", rows.annotate(sort_value=order.expression))
        part = _of_kind(ordered, order, is_empty=self.is_empty, descending=self.descending)
        if self.start is not None:
            part = _beyond(part, order, self.start, descending=self.descending)
        return part[: self.most]


Fetch = Callable[[Stretch], Sequence[RecordT]]


def page_of(
    rows: RecordQuerySet[RecordT],
    order: Order,
    *,
    size: int,
    after: Position | None = None,
    before: Position | None = None,
) -> Page[RecordT]:
    """One page of `rows`: after or before a position, or the first."""
    return page_by(lambda stretch: list(stretch.of(rows, order)), order, size=size, after=after, before=before)


def page_by(
    fetch: Fetch[RecordT],
    order: Order,
    *,
    size: int,
    after: Position | None = None,
    before: Position | None = None,
) -> Page[RecordT]:
    """The same, of rows that `fetch` gives stretch by stretch."""
    if before is not None:
        found = _fetched(fetch, order, size + 1, before, backwards=True)
        if len(found) >= size:
            return _page(found[:size][::-1], has_previous=len(found) > size, has_next=True)
        after = None  # the rows at the very beginning: show the first page in full
    found = _fetched(fetch, order, size + 1, after, backwards=False)
    return _page(found[:size], has_previous=after is not None, has_next=len(found) > size)


def _page(rows: list[RecordT], *, has_previous: bool, has_next: bool) -> Page[RecordT]:
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    return Page(rows, _place(first) if has_previous else None, _place(last) if has_next else None)


def _place(row: Record | None) -> Position | None:
    return None if row is None else Position(row.sort_value, row.pk)  # type: ignore[attr-defined]


def _fetched(
    fetch: Fetch[RecordT], order: Order, limit: int, start: Position | None, *, backwards: bool
) -> list[RecordT]:
    """The rows with a value and those without, as they follow each other from `start`."""
    found: list[RecordT] = []
    descending = order.descending != backwards
    kinds = [False, True] if order.is_nullable else [False]
    for is_empty in reversed(kinds) if backwards else kinds:
        if start is not None and (start.value is None) is not is_empty and is_empty is backwards:
            continue
        begins_here = start is not None and (start.value is None) is is_empty
        found += fetch(Stretch(is_empty, descending, start if begins_here else None, limit - len(found)))
        if len(found) >= limit:
            break
    return found


def _of_kind(
    rows: RecordQuerySet[RecordT], order: Order, *, is_empty: bool, descending: bool
) -> RecordQuerySet[RecordT]:
    sign = "-" if descending else ""
    if is_empty:
        return rows.filter(sort_value__isnull=True).order_by(f"{sign}pk")
    filled = rows.filter(sort_value__isnull=False) if order.is_nullable else rows
    return filled.order_by(f"{sign}sort_value", f"{sign}pk")


def _beyond(
    part: RecordQuerySet[RecordT], order: Order, start: Position, *, descending: bool
) -> RecordQuerySet[RecordT]:
    if start.value is None:
        return part.filter(**{"pk__lt" if descending else "pk__gt": start.key})
    value, key = Value(start.value, output_field=order.output), Value(start.key, output_field=models.UUIDField())
    return part.filter(RowBeyond(F("sort_value"), F("pk"), value, key, sign="<" if descending else ">"))


class RowBeyond(Func):
    """`(a, b) > (c, d)`: a comparison of rows, which an index on both columns answers as one range."""

    output_field = models.BooleanField()
    arity = 4

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The two pairs, compared."""
        parts = [compiler.compile(item) for item in self.source_expressions]
        left, key, value, other = (sql for sql, _parameters in parts)
        return f"({left}, {key}) {self.extra['sign']} ({value}, {other})", [p for _sql, ps in parts for p in ps]
