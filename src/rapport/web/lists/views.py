"""The page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.selection import Page
from rapport.web.middleware import ActingRequest
from rapport.web.places import creation_address

from .chips import chips_of, filter_address, turned_round
from .columns import Column
from .estimated import estimated_columns
from .listing import Listing
from .patience import TookTooLong, patience
from .rows import rows_html
from .setup import Address, Parameters
from .spec import ListSpec, lists
from .tabs import Place, place_of


def parameters_of(query: QueryDict) -> Parameters:
    """The parameters of an address, each with all its values."""
    return {name: [str(value) for value in values] for name, values in query.lists()}


def spec_or_404(record_type: str, actor: Actor) -> ListSpec:
    """The list of a type; raises 404 where there is none, `Forbidden` where the actor's role does not read it."""
    spec = lists().get(record_type)
    if spec is None:
        raise Http404
    if actor.user_id is None or (spec.model.restricts(actor) and not actor.may(f"{record_type}.read")):
        raise Forbidden(_("Your role does not include these records. Ask an administrator."))
    return spec


@dataclass(frozen=True)
class Heading:
    """The heading of a column: where pressing it leads, and how the list is sorted by it now."""

    label: Any
    is_number: bool
    href: str
    sorted: str
    is_total: bool = False


@require_GET
def records(request: ActingRequest, record_type: str) -> HttpResponse:
    """All visible records of a type, as the address asks for them; for htmx the part below the filters' line alone."""
    spec = spec_or_404(record_type, request.actor)
    parameters = parameters_of(request.GET)
    place = place_of(spec, parameters, request.actor)
    listing = Listing(
        spec, place.address.setup, request.actor, notes=list(place.notes), is_as_saved=not place.is_changed
    )
    context = {"spec": spec, "entry": spec.entry, "place": place, "listing": listing}
    try:
        with patience():
            context |= _content(listing, place, request)
    except TookTooLong as problem:
        context |= {"problem": str(problem)}
    context |= {"chips": chips_of(listing, place.address), "turned_round": turned_round(listing, place.address)}
    context |= {"creation": creation_of(spec, request.actor)}
    context |= {"has_estimates": bool(estimated_columns(spec.record_type, listing.columns))}
    context |= _addresses(place.address) | _allowed(spec, place, request.actor)
    is_part = request.headers.get("HX-Target") == "div#list"
    return render(request, "lists/part.html" if is_part else "lists/page.html", context)


def _allowed(spec: ListSpec, place: Place, actor: Actor) -> dict[str, bool]:
    """What the actor may do with the view and the list as a whole."""
    saved = place.current.saved if place.current else None
    return {
        "may_update": saved is not None and saved.may_be_changed_by(actor) and actor.may("savedview.change"),
        "may_export": actor.may("record.export"),
        "may_import": bool(creation_of(spec, actor)) and actor.may("record.import"),
        "may_change": actor.may(f"{spec.record_type}.change"),
        "may_remove": actor.may(f"{spec.record_type}.remove"),
        "has_owner": "owner" in spec.entry.fields,
    }


def creation_of(spec: ListSpec, actor: Actor) -> str:
    """Where a record of the list is made; empty when the actor may not, or none is made by hand."""
    name = f"{spec.record_type}.create"
    return creation_address(spec.record_type) if name in VERBS and actor.may(VERBS[name].permission) else ""


def _content(listing: Listing, place: Place, request: ActingRequest) -> dict[str, Any]:
    page = listing.page(after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return {
        "page": page,
        "rows": _rows(listing, page.rows, request.actor),
        "headings": _headings(listing, place.address),
        "summary": listing.summary(page.rows),
        "tally": listing.tally,
        "has_none_at_all": not page.rows and not listing.spec.model.objects.visible_to(request.actor).exists(),
        "sees_some_only": listing.spec.model.restricts(request.actor),
        **_turning(page, place.address),
    }


def _rows(listing: Listing, records: Sequence[Record], actor: Actor) -> SafeString:
    return rows_html(listing.spec, listing.columns, records, actor=actor)


def _turning(page: Page[Record], address: Address) -> dict[str, str]:
    return {
        "previous": address.to(address.setup, before=str(page.previous)) if page.previous else "",
        "next": address.to(address.setup, after=str(page.next)) if page.next else "",
    }


def _addresses(address: Address) -> dict[str, Any]:
    query = address.query(address.setup)
    return {
        "query": query,
        "add_filter": filter_address(address, ""),
        "choose_columns": f"{address.path}columns/?{query}",
        "search_fields": address.fields("q"),
    }


def _headings(listing: Listing, address: Address) -> list[Heading]:
    title = _heading(listing, address, listing.spec.entry.label, "title", is_number=False)
    others = [_column_heading(listing, address, column) for column in listing.columns]
    names = [column.name for column in listing.columns]
    totals = [replace(one, is_total=name == listing.spec.total) for one, name in zip(others, names, strict=True)]
    return [title, *totals]


def _column_heading(listing: Listing, address: Address, column: Column) -> Heading:
    can_sort = column.order is not None and (column.order.is_indexed or not listing.tally.is_more)
    if not can_sort:
        return Heading(column.label, column.is_number, "", "")
    return _heading(listing, address, column.label, column.name, is_number=column.is_number)


def _heading(listing: Listing, address: Address, label: Any, name: str, *, is_number: bool) -> Heading:
    is_current = listing.order.field == name
    falling = listing.order.descending if is_current else not is_number
    state = ("descending" if listing.order.descending else "ascending") if is_current else ""
    return Heading(label, is_number, address.ordered_by(name if falling else f"-{name}"), state)
