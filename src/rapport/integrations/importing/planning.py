"""One row understood: from cells to the columns to write, with what waits for a decision and what is kept aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapport.activities.domains import AboutRecords
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link as LinkDomain
from rapport.integrations.importing.apart import Apart
from rapport.integrations.importing.guessing.notation import Notation
from rapport.integrations.importing.guessing.targets import EXTERNAL_ID
from rapport.integrations.importing.targets import Importable, may_fill
from rapport.integrations.importing.values import ColumnReader, Reading
from rapport.integrations.models import DecisionKind


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column of a file that goes into a field."""

    index: int
    column: str
    field: Field
    link_to: str = ""


@dataclass(slots=True)
class Draft:
    """A row on its way: its values by field, what has to be decided about them, and texts of links by field."""

    values: dict[str, Any] = field(default_factory=dict)
    findings: list[tuple[Mapped, str, Reading]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    rejected: str = ""

    @property
    def doubtful(self) -> dict[str, str]:
        """What fields will say that wait for a decision, as far as can be told before it."""
        waiting = (one for one in self.findings if one[2].kind not in (None, DecisionKind.SAME, DecisionKind.BAD))
        return {mapped.field.name: reading.takes or text for mapped, text, reading in waiting}


class RowReader:
    """Reads the rows of one file by its mapping."""

    def __init__(
        self,
        subject: Importable,
        *,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        notations: Mapping[str, Notation],
        apart: Apart,
    ) -> None:
        self.apart = apart
        positions = {column: index for index, column in enumerate(columns)}
        mapped = [
            _mapped(positions[column], column, subject.fields[name])
            for column, name in mapping.items()
            if name in subject.fields and column in positions and may_fill(subject.record_type, name)
        ]
        self.links = [item for item in mapped if item.link_to]
        self.several = [item for item in mapped if isinstance(item.field.domain, AboutRecords)]
        self._texts = (*self.links, *self.several)
        self.external_id = next((positions[c] for c, name in mapping.items() if name == EXTERNAL_ID), None)
        self.unmapped = [(index, column) for column, index in positions.items() if column not in mapping]
        self._values = [
            (item, ColumnReader(item.field, notations.get(item.column, Notation()), apart=apart))
            for item in mapped
            if not item.link_to and item not in self.several
        ]

    def read(self, cells: Sequence[str], extra: Mapping[str, str]) -> Draft:
        """What the cells of one row say."""
        draft = Draft()
        self._read_values(cells, draft)
        for item in self._texts:
            text = " ".join(cells[item.index].split())
            if text:
                draft.links[item.field.name] = text
        if self.unmapped:
            draft.kept = {column: cells[index] for index, column in self.unmapped if cells[index].strip()}
        if extra:
            draft.kept.update(extra)
        return draft

    def _read_values(self, cells: Sequence[str], draft: Draft) -> None:
        for item, reader in self._values:
            reading = reader.read(cells[item.index])
            if reading.kind is not None:
                draft.findings.append((item, cells[item.index].strip(), reading))
                if reading.kind is not DecisionKind.SAME:
                    continue
            if reading.value is not None:
                _put(draft.values, item.field.name, reading.value)


def _mapped(index: int, column: str, field: Field) -> Mapped:
    return Mapped(index, column, field, field.domain.target if isinstance(field.domain, LinkDomain) else "")


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    """Set a value; two columns of one list field (two e-mail columns) add up."""
    if name in values and isinstance(value, list) and isinstance(values[name], list):
        values[name] = values[name] + [entry for entry in value if entry not in values[name]]
    else:
        values[name] = value
