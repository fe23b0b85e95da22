"""Derived values: what follows from other values of a record, or from its children; kept beside it, never told.

They stand in one column that history and undo leave alone, since they follow from what history tells. A higher layer
says how they are worked out from a row (`derive_by`), which is done with every write of it, and what of the rest must
follow when a verb has written all it writes (`SETTLERS`).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from .snapshots import to_json

if TYPE_CHECKING:
    from .records import Record
    from .work import Work

Derived = dict[str, Any]
Deriver = Callable[[Mapping[str, Any], Derived | None], Derived | None]

SETTLERS: "list[Callable[[Work], None]]" = []
_DERIVERS: "dict[type[Record], Deriver]" = {}


def derive_by(model: "type[Record]", deriver: Deriver | None) -> None:
    """Work out the derived values of a type by this function of a row and of what it had; by none with None."""
    if deriver is None:
        _DERIVERS.pop(model, None)
    else:
        _DERIVERS[model] = deriver


def has_derived(model: "type[Record]") -> bool:
    """Whether records of the type have derived values at present."""
    return model in _DERIVERS


def worked_out(model: "type[Record]", row: Mapping[str, Any], known: Derived | None) -> Derived | None:
    """The derived values of a row, given with all its recorded columns, that had those known; None for none."""
    deriver = _DERIVERS.get(model)
    return known if deriver is None else deriver(row, known)


def settle(work: "Work") -> None:
    """Bring up to date what follows from the rows of a verb in other rows; called once, before its event is written."""
    for settler in SETTLERS:
        settler(work)


def keep_derived(model: "type[Record]", values: Mapping[UUID, Derived | None]) -> None:
    """Write the derived values of locked rows, and nothing else of them."""
    if not values:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    texts = [None if derived is None else to_json(derived).decode() for derived in values.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS old SET derived = new.derived::jsonb"  # noqa: S608
            " FROM unnest(%s::uuid[], %s::text[]) AS new(id, derived) WHERE old.id = new.id",
            [list(values), texts],
        )
