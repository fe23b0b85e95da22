"""What tells records of the same name apart: the fields in which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.functional import Promise

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.search_entries import normalise
from rapport.web.records.lookup import page_or_404

from .fields import Cell, lines_of

NOTHING = "–"


@dataclass(frozen=True)
class Apart:
    """One field that differs, with its value in each of the records."""

    label: str | Promise
    values: tuple[str, ...]


def apart(actor: Actor, records: Sequence[Record], *, most: int) -> list[Apart]:
    """So many fields in which the records differ, those first that all of them fill; only what the actor reads."""
    page = page_or_404(records[0].record_type)
    lines = lines_of(page, records, records[-1], actor, ())
    contrary = [line for line in lines if line.differs]
    missing = [line for line in lines if not line.differs and not all(cell.parts for cell in line.cells)]
    return [Apart(line.field.label, tuple(map(_text, line.cells))) for line in (*contrary, *missing)[:most]]


def share_a_name(records: Sequence[Record]) -> bool:
    """Whether two of the records can't be told apart by their names."""
    return any(normalise(one.title) == normalise(other.title) for one, other in combinations(records, 2))


def _text(cell: Cell) -> str:
    return ", ".join(part.text for part in cell.parts) or NOTHING
