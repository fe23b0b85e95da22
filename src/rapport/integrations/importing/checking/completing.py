"""Bringing a row's values into the shape of its record: columns, a name, and what each record must have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.clock import now, today
from rapport.governance.dictionary import Field, dictionary_cache
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.importing.targets import Importable, importable
from rapport.integrations.models import Action

_LONGEST_NAME = 200


def columns_of(target: Importable, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column instead of field; see `column_of`."""
    columns = target.columns
    return {columns[name]: value for name, value in values.items()}


def column_of(target: Importable, name: str) -> str:
    """The column of a field; `~` and the name for a field that only imports know."""
    return target.columns[name]


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
    needed = _needs(target.record_type)
    for name, column in needed.days:
        if column not in item.values:
            findings.add_conclusion(item, name, _("Rows that don't say when got the day of the import."))
    lacking = [field for field, column in needed.fields if _lacks(item, field, column)]
    if lacking:
        item.reject(_("The row lacks what each record needs: %(fields)s.") % {"fields": _labels(lacking)})


def _make_name(target: Importable, item: Candidate, findings: Findings) -> None:
    field, made_from = target.kind.title_field, target.kind.title_made_from
    if not made_from or field not in target.fields or item.values.get(field):
        return
    parts = [item.draft.links.get(name) or str(item.values.get(name) or "") for name in made_from]
    named = " – ".join(part for part in parts if part) or item.key.partition(":")[2]
    item.values[field] = item.title = named[:_LONGEST_NAME]
    item.called = None
    labels = _labels(target.fields[name] for name in made_from)
    findings.add_conclusion(item, field, _("Rows without a name got one made from: %(fields)s.") % {"fields": labels})


@dataclass(frozen=True)
class _Needs:
    """The fields that can be mandatory, and the days that fill themselves, each with its column."""

    fields: tuple[tuple[Field, str], ...]
    days: tuple[tuple[str, str], ...]


@dictionary_cache
def _needs(record_type: str) -> _Needs:
    target = importable(record_type)
    found = [(field, target.column(field.name)) for field in target.fields.values()]
    mandatory = [
        (field, column_of(target, field.name))
        for field, column in found
        if field.mandatory is not None and not (column is not None and column.has_default())
    ]
    days = [(field.name, column.attname) for field, column in found if column and column.default in (today, now)]
    return _Needs(tuple(mandatory), tuple(days))


def _lacks(item: Candidate, field: Field, column: str) -> bool:
    if item.values.get(column) not in (None, "", []) or field.name in item.draft.links:
        return False
    found = any(mapped.field.name == field.name for mapped, _text, _reading in item.draft.findings)
    return not found and field.is_mandatory({**item.draft.doubtful, **item.values})


def _labels(fields: Iterable[Field]) -> str:
    return ", ".join(str(field.label) for field in fields)
