"""The pages that add and change filters and choose columns; each ends in an address of the list."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from rapport.governance.selection import Condition, Misfit, Selection, match, operators_for
from rapport.governance.selection.fields import selectable_fields
from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import whole_number

from .asking import Question, answered
from .chips import filter_address
from .columns import choosable, chosen
from .setup import SIZES, Address
from .spec import ListSpec
from .tabs import Place, place_of
from .views import parameters_of, spec_or_404

UNPROCESSABLE = 422


@dataclass(frozen=True)
class _Asked:
    """Which filter is meant: a field, and the one to change or to stand beside."""

    field: str
    edit: Condition | None
    beside: Condition | None

    def applied(self, selection: Selection, new: Condition) -> Selection:
        """The selection with the new filter in its place."""
        if self.edit is not None:
            return selection.replacing(self.edit, new)
        return selection.joined_to(self.beside, new) if self.beside else selection.with_condition(new)


def _read(request: ActingRequest, record_type: str) -> tuple[ListSpec, Place, _Asked]:
    spec = spec_or_404(record_type, request.actor)
    place = place_of(spec, parameters_of(request.GET), request.actor)
    conditions = place.address.setup.selection.conditions
    edit, beside = (_at(conditions, request.GET.get(name, "")) for name in ("edit", "beside"))
    return spec, place, _Asked(request.GET.get("field", ""), edit, beside)


def _at(conditions: tuple[Condition, ...], text: str) -> Condition | None:
    place = whole_number(text)
    return conditions[place] if place is not None and place < len(conditions) else None


@require_GET
def ask(request: ActingRequest, record_type: str) -> HttpResponse:
    """Ask which field, then how it is compared."""
    spec, place, asked = _read(request, record_type)
    field = selectable_fields(record_type, request.actor).get(asked.field)
    if field is None or not operators_for(field):
        return _ask_field(request, spec, place, asked)
    question = Question(field, asked.edit or Condition(field.name, ""), request.actor)
    beside = filter_address(place.address, "", beside=asked.edit) if asked.edit else ""
    return _ask_value(request, spec, place, question, beside=beside)


def _ask_field(request: ActingRequest, spec: ListSpec, place: Place, asked: _Asked) -> HttpResponse:
    fields = [
        (field, filter_address(place.address, field.name, beside=asked.beside))
        for field in selectable_fields(spec.record_type, request.actor).values()
        if operators_for(field)
    ]
    return render(request, "lists/ask_field.html", {"fields": fields, **_around(spec, place)})


def _ask_value(
    request: ActingRequest, spec: ListSpec, place: Place, question: Question, *, status: int = 200, beside: str = ""
) -> HttpResponse:
    hidden = [(name, request.GET[name]) for name in ("field", "edit", "beside") if name in request.GET]
    context = {
        "question": question,
        "beside": beside,
        "hidden": [*place.address.fields(), *hidden],
        **_around(spec, place),
    }
    return render(request, "lists/ask_value.html", context, status=status)


def _around(spec: ListSpec, place: Place) -> dict[str, Any]:
    return {"spec": spec, "entry": spec.entry, "place": place, "back": str(place.address)}


@require_GET
def apply(request: ActingRequest, record_type: str) -> HttpResponse:
    """Go to the list with the filter asked for; ask again when it makes no sense."""
    spec, place, asked = _read(request, record_type)
    field = selectable_fields(record_type, request.actor).get(asked.field)
    if field is None:
        return redirect(str(place.address))
    group = asked.edit.group if asked.edit else 0
    new = answered(field, parameters_of(request.GET), actor=request.actor, group=group)
    outcome = match(new, record_type, actor=request.actor)
    if isinstance(outcome, Misfit):
        return _ask_value(
            request, spec, place, Question(field, new, request.actor, problem=outcome.reason), status=UNPROCESSABLE
        )
    return redirect(place.address.with_selection(asked.applied(place.address.setup.selection, new)))


@require_GET
def columns(request: ActingRequest, record_type: str) -> HttpResponse:
    """Choose columns and their order: every press shows the choice again, the last one shows the list."""
    spec, place, _asked = _read(request, record_type)
    shown = [column.name for column in chosen(spec, place.address.setup.columns, request.actor)]
    known = choosable(spec, request.actor)
    context = {
        "chosen": [_chosen(known[name].label, shown, position, place.address) for position, name in enumerate(shown)],
        "others": [
            (column.label, _to(place.address, [*shown, name])) for name, column in known.items() if name not in shown
        ],
        "show": place.address.to(replace(place.address.setup, columns=tuple(shown))),
        "sizes": [(size, _sized(place.address, size), size == place.address.setup.size) for size in SIZES],
        "usual": place.address.to(replace(place.address.setup, columns=())),
        **_around(spec, place),
    }
    return render(request, "lists/choose_columns.html", context)


def _sized(address: Address, size: int) -> str:
    return address.to(replace(address.setup, size=size))


def _chosen(label: Any, shown: list[str], position: int, address: Address) -> dict[str, Any]:
    """One chosen column: its name, and the addresses that move it or take it away."""
    without = [name for name in shown if name != shown[position]]
    earlier = [*without[: max(position - 1, 0)], shown[position], *without[max(position - 1, 0) :]]
    later = [*without[: position + 1], shown[position], *without[position + 1 :]]
    return {
        "label": label,
        "earlier": _to(address, earlier) if position else "",
        "later": _to(address, later) if position < len(shown) - 1 else "",
        "remove": _to(address, without) if without else "",
    }


def _to(address: Address, names: list[str]) -> str:
    return f"{address.path}columns/?{address.query(replace(address.setup, columns=tuple(names)))}"
