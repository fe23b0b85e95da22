"""Lists: filtered, ordered, page by page, each page as quick as the first."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.core.record_sets import RecordQuerySet
from rapport.core.records import Record
from rapport.core.search import is_searched, matching
from rapport.governance.selection import Condition, Misfit, Order, Page, Position, Selection, order_by, page_of
from rapport.governance.selection.conditions import MOST_CONDITIONS
from rapport.governance.selection.matching import combined, match_all

from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import LONGEST_SEARCH, Parameters
from ..problems import Mistake, wrong_parameter, wrong_values
from ..reading import shape_of
from .finding import collection_for

MOST, USUAL = 200, 50
MOST_COUNTED = 10_000
KNOWN = ("match", "q", "sort", "fields", "limit", "cursor", "include")


def list_records(call: Call, collection: str) -> HttpResponse:
    """The records that the filters leave, in the order asked for."""
    found = collection_for(call.actor, collection)
    asked = Parameters(call.request, known=KNOWN, repeated=("filter",))
    shape = shape_of(found, call.actor, names=asked.names("fields"))
    rows = _selected(call, found, asked)
    order = _order(call, found, asked, rows)
    page = _page(asked, rows, order)
    answer: dict[str, Any] = {"items": shape.shown(page.rows), "next": str(page.next) if page.next else None}
    if asked.choice("include", ["count"]) == "count":
        answer["count"] = _count(rows)
    return as_json(answer, headers=_link(call, page))


def _selected(call: Call, collection: Collection, asked: Parameters) -> RecordQuerySet[Record]:
    conditions = tuple(Condition.read(text) for text in asked.all("filter")[: MOST_CONDITIONS + 1])
    selection = Selection(conditions, any_of=asked.choice("match", ["all", "any"], "all") == "any")
    groups = match_all(selection, collection.record_type, actor=call.actor)
    misfits = [item for group in groups for item in group if isinstance(item, Misfit)]
    if misfits:
        raise wrong_values([Mistake(item.reason, parameter="filter") for item in misfits])
    rows = collection.model.objects.visible_to(call.actor)
    return _holding(
        call, collection, rows.filter(combined(groups, any_of=selection.any_of)), asked.text("q", most=LONGEST_SEARCH)
    )


def _holding(call: Call, collection: Collection, rows: RecordQuerySet[Record], text: str) -> RecordQuerySet[Record]:
    if not text.strip():
        return rows
    if not is_searched(collection.model):
        raise wrong_parameter("q", _("These records can't be searched. Use filters."))
    return rows.filter(pk__in=matching(collection.record_type, text, call.actor))


def _order(call: Call, collection: Collection, asked: Parameters, rows: RecordQuerySet[Record]) -> Order:
    written = asked.text("sort", "id")
    order = order_by(written, collection.record_type, actor=call.actor)
    if order is None:
        raise wrong_parameter("sort", _("This list can't be sorted by “%(name)s”.") % {"name": written[:60]})
    if not order.is_indexed and len(rows.order_by().values_list("pk")[: MOST_COUNTED + 1]) > MOST_COUNTED:
        raise wrong_parameter("sort", _("These are too many records to sort that way. Add a filter first."))
    return order


def _page(asked: Parameters, rows: RecordQuerySet[Record], order: Order) -> Page[Record]:
    size, cursor = asked.number("limit", USUAL, least=1, most=MOST), asked.text("cursor")
    start = Position.read(cursor, order) if cursor else None
    if cursor and start is None:
        raise wrong_parameter("cursor", _("This cursor belongs to another list. Start again without one."))
    return page_of(rows, order, size=size, after=start)


def _count(rows: RecordQuerySet[Record]) -> dict[str, Any]:
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    return {"value": min(counted, MOST_COUNTED), "is_exact": counted <= MOST_COUNTED}


def _link(call: Call, page: Page[Record]) -> dict[str, str]:
    if page.next is None:
        return {}
    given = [(name, text) for name in call.request.GET for text in call.request.GET.getlist(name) if name != "cursor"]
    following = urlencode([*given, ("cursor", str(page.next))])
    return {"Link": f'<{call.request.path}?{following}>; rel="next"'}


def list_files(call: Call) -> HttpResponse:
    """The files: a list like any other, beside which files are attached."""
    return list_records(call, "files")
