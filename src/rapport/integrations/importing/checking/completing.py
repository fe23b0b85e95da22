"""Bringing a row's values into the shape of its record: columns, a name, and what each record must have."""

from collections.abc import Iterator, Mapping
from typing import Any

from rapport.core.clock import now, today
from rapport.governance.dictionary import Field
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.importing.targets import Importable
from rapport.integrations.models import Action

_LONGEST_NAME = 200


def columns_of(target: Importable, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column instead of field; see `column_of`."""
    return {column_of(target, name): value for name, value in values.items()}


def column_of(target: Importable, name: str) -> str:
    """The column of a field; `~` and the name for a field that only imports know."""
    column = target.column(name)
    return f"~{name}" if column is None else str(column.attname)


def adjust(target: Importable, item: Candidate, findings: Findings) -> None:
    """Let the record type conclude what it must from the row's values, and tell what it concluded."""
    for field, sentence in target.kind.adjust(item.values).items():
        findings.add_conclusion(item, field, sentence)
    item.title = target.model.title_of(item.values)


def complete(target: Importable, item: Candidate, findings: Findings) -> None:
    """A new record needs a name and all that is mandatory; a row that lacks it is rejected with the reason."""
    if item.action is not Action.CREATE:
        return
    _make_name(target, item, findings)
    _note_today(target, item, findings)
    found = {mapped.field.name for mapped, _text, _reading in item.draft.findings}
    given = {*item.draft.links, *found}
    lacking = [str(field.label) for field in _lacking(target, item) if field.name not in given]
    if lacking:
        item.reject(f"The row lacks what each record needs: {', '.join(lacking)}.")


def _make_name(target: Importable, item: Candidate, findings: Findings) -> None:
    field, made_from = target.kind.title_field, target.kind.title_made_from
    if not made_from or field not in target.fields or item.values.get(field):
        return
    parts = [item.draft.links.get(name) or str(item.values.get(name) or "") for name in made_from]
    named = " – ".join(part for part in parts if part) or item.key.partition(":")[2]
    item.values[field] = item.title = named[:_LONGEST_NAME]
    findings.add_conclusion(item, field, f"The rows have no name; it was made from {' and '.join(made_from)}.")


def _note_today(target: Importable, item: Candidate, findings: Findings) -> None:
    """A day that is missing and that each record has becomes the day of the import: that is told, too."""
    for field in target.fields.values():
        column = target.column(field.name)
        if column is not None and column.default in (today, now) and column.attname not in item.values:
            findings.add_conclusion(item, field.name, "Rows that don't say when get the day of the import.")


def _lacking(target: Importable, item: Candidate) -> Iterator[Field]:
    for field in target.fields.values():
        if not field.is_mandatory(item.values):
            continue
        column = target.column(field.name)
        has_default = column is not None and column.has_default()
        if not has_default and item.values.get(column_of(target, field.name)) in (None, "", []):
            yield field
