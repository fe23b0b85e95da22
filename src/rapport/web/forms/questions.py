"""How a field is asked: what the form shows for a stored value, and what it reads from the answer.

Lists (e-mails, phones, addresses) come as columns of equal length: all `emails__kind`, all `emails__value`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Addresses, Choice, ContactPoints, Domain, Several
from rapport.governance.domains.contact_lists import ADDRESS_KINDS, ADDRESS_PARTS

Row = dict[str, str]
Shown = str | list[Row] | Record | None
Posted = MultiValueDict[str, str]

CONTACTS, ADDRESSES, ABOUT, BOXES = "contacts", "addresses", "about", "boxes"
_MOST_BOXES = 40
_INPUTS = {
    "integer": "number",
    "decimal": "number",
    "year": "number",
    "amount": "number",
    "percentage": "number",
    "vat": "text",
    "iban": "text",
}


def input_kind(domain: Domain) -> str:
    """Which input asks for values of this domain: the name of a template in `records/inputs/`."""
    if isinstance(domain, ContactPoints):
        return CONTACTS
    if isinstance(domain, Addresses):
        return ADDRESSES
    if has_boxes(domain):
        return BOXES
    return domain.kind if domain.kind in _OF_THEIR_OWN else _INPUTS.get(domain.kind, "text")


_OF_THEIR_OWN = frozenset(
    {ABOUT, "long_text", "email", "phone", "url", "date", "datetime", "time", "boolean", "choice", "open_list", "link"}
)


def has_boxes(domain: Domain) -> bool:
    """Whether several choices are ticked in boxes: those of a closed list that is not long."""
    return isinstance(domain, Several) and type(domain.each) is Choice and len(domain.each.options) <= _MOST_BOXES


def row_parts(domain: Domain) -> tuple[str, ...]:
    """The columns of a list: kind and value, or kind and the parts of an address; none for single values."""
    if isinstance(domain, ContactPoints):
        return ("kind", "value")
    return ("kind", *ADDRESS_PARTS) if isinstance(domain, Addresses) else ()


def row_kinds(domain: Domain) -> list[tuple[str, str]]:
    """The kinds that the entries of a list may have."""
    kinds = domain.kinds if isinstance(domain, ContactPoints) else ADDRESS_KINDS
    return [(code, str(label)) for code, label in kinds.items()]


def shown_of(field: Field, value: Any) -> Shown:
    """A stored value as the form shows it."""
    if row_parts(field.domain):
        return [{part: str(entry.get(part) or "") for part in row_parts(field.domain)} for entry in value or []]
    if isinstance(value, Record) or value is None:
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return field.domain.export(value)


def is_asked(field: Field, posted: Mapping[str, Any]) -> bool:
    """Whether the answer holds this field at all; what is not asked is never emptied."""
    parts = row_parts(field.domain)
    if parts:
        return any(f"{field.name}__{part}" in posted for part in parts)
    return field.name in posted or f"{field.name}__text" in posted


def answer_of(field: Field, posted: Posted) -> str | list[Row]:
    """What was answered, exactly as typed."""
    parts = row_parts(field.domain)
    if parts:
        return _rows(parts, [posted.getlist(f"{field.name}__{part}") for part in parts])
    if has_boxes(field.domain):
        return ";".join(posted.getlist(field.name))
    if field.domain.kind == ABOUT:
        return " ".join(key for key in posted.getlist(field.name) if key)
    return posted.get(field.name) or ""


def _rows(parts: Sequence[str], columns: Sequence[list[str]]) -> list[Row]:
    longest = max((len(column) for column in columns), default=0)
    padded = [column + [""] * (longest - len(column)) for column in columns]
    rows = [dict(zip(parts, cells, strict=True)) for cells in zip(*padded, strict=True)]
    return [row for row in rows if any(text.strip() for part, text in row.items() if part != "kind")]
