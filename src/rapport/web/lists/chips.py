"""The filters of a list as chips: what each says, how it is taken off or changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from rapport.governance.selection import Condition, Matched, Misfit

from .listing import Listing
from .setup import Address


@dataclass(frozen=True)
class Chip:
    """One filter; `problem` says why it was not understood. The rest are words and addresses."""

    field: str
    operator: str
    value: str
    remove: str
    edit: str
    joiner: str = ""
    problem: str = ""


def chips_of(listing: Listing, address: Address) -> list[Chip]:
    """All filters in order, with the words between them."""
    chips: list[Chip] = []
    any_of = listing.setup.selection.any_of
    for group in listing.matches:
        for position, item in enumerate(group):
            joiner = _("or") if (position > 0) is not any_of else _("and")
            chips.append(_chip(item, address, joiner if chips else ""))
    return chips


def _chip(item: Matched | Misfit, address: Address, joiner: str) -> Chip:
    condition = item.condition
    remove = address.without(condition)
    if isinstance(item, Misfit):
        return Chip(condition.field[:40], condition.operator[:40], "", remove, "", joiner, item.reason)
    return Chip(
        field=str(item.field.label),
        operator=str(item.operator.label),
        value=item.words,
        remove=remove,
        edit=filter_address(address, condition.field, edit=condition),
        joiner=joiner,
    )


def turned_round(listing: Listing, address: Address) -> str:
    """The list with "and" and "or" exchanged; empty where there is nothing to join."""
    selection = listing.setup.selection
    if len(selection.conditions) < 2:
        return ""
    return address.with_selection(replace(selection, any_of=not selection.any_of))


def filter_address(
    address: Address, field: str, *, edit: Condition | None = None, beside: Condition | None = None
) -> str:
    """Where a filter is asked for: `edit` the one to change, `beside` the one it is an alternative to."""
    asked = {"field": field, "edit": _position(address, edit), "beside": _position(address, beside)}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"{address.path}filter/?{address.query(address.setup)}" + (f"&{query}" if query else "")


def _position(address: Address, condition: Condition | None) -> str:
    conditions: Sequence[Condition] = address.setup.selection.conditions
    return "" if condition is None else str(conditions.index(condition))
