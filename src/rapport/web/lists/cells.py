"""The cells of a list, written as text by plain functions: a page has hundreds of them.

Everything that comes from a record is escaped here; nothing else may be put into a row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Amount, ContactPoints
from rapport.governance.domains.contact_lists import one_line
from rapport.quality.models import Estimate
from rapport.web.estimates.shown import Shown
from rapport.web.places import record_address
from rapport.web.ui import formats
from rapport.web.ui.escaping import escape
from rapport.web.ui.tags import avatar

from .columns import Column, linked_target
from .linked import ABOUT

Show = Callable[[Any], str]
Tones = Mapping[str, Mapping[str, str]]

_LONGEST = 120
_SCHEMES = {"emails": "mailto:", "phones": "tel:", "email": "mailto:", "phone": "tel:"}


@dataclass(frozen=True)
class Known:
    """What was fetched for all cells at once: titles of linked records by id, those the reader may see; colours;
    estimates of empty cells by record and field.
    """

    titles: Mapping[UUID, str] = field(default_factory=dict)
    tones: Tones = field(default_factory=dict)
    estimates: Mapping[tuple[UUID, str], Estimate] = field(default_factory=dict)


def inside_of(column: Column, known: Known) -> Show:
    """The function that writes the inside of a column's cells from a record, with no query of its own."""
    described = column.field
    if described.is_link:
        return _linked(described, known.titles)
    if isinstance(described.domain, Amount):
        return _amount(described)
    if described.name in known.tones:
        return _state(described, known.tones[described.name])
    name, kind = described.name, described.domain.kind
    write = _about(known.titles) if kind == ABOUT else _WRITERS.get(kind, _text)(described)
    if any(estimated == name for _key, estimated in known.estimates):
        return lambda record: _of_value(getattr(record, name), write) or _estimated(described, record, known)
    return lambda record: _of_value(getattr(record, name), write)


def _estimated(described: Field, record: Record, known: Known) -> str:
    """A guess, dotted and called one."""
    found = known.estimates.get((record.pk, described.name))
    if found is None:
        return ""
    shown = Shown(found, described)
    return f'<span class="estimate">{escape(shown.text)}</span> <span class="faint small">{escape(shown.note)}</span>'


def _of_value(value: Any, write: Show) -> str:
    return "" if value is None or value in ("", []) else write(value)


def _text(field: Field) -> Show:
    display = field.domain.display

    def write(value: Any) -> str:
        text = display(value)
        return escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…")

    once = cache(write)  # few values differ on a page where they are choices
    return lambda value: once(value) if type(value) is str else write(value)


def _about(titles: Mapping[UUID, str]) -> Show:
    """The records that an activity is about, those that only follow from others left out."""

    def write(stored: Sequence[Mapping[str, str]]) -> str:
        named = [(entry["type"], UUID(entry["id"])) for entry in stored if not entry.get("implied")]
        links = [_named(kind, key, titles[key]) for kind, key in named if key in titles]
        return f"<span>{', '.join(links)}</span>" if len(links) > 1 else "".join(links)

    return write


def _named(record_type: str, key: UUID, title: str) -> str:
    address = record_address(record_type, key)
    return f'<a href="{address}">{escape(title)}</a>' if address else escape(title)


def _number(_field: Field) -> Show:
    reader = formats.reader()
    return lambda value: escape(reader.number(value))


def _percentage(field: Field) -> Show:
    return lambda value: escape(field.domain.display(value))


def _year(_field: Field) -> Show:
    return lambda value: str(int(value))


def _day(_field: Field) -> Show:
    reader = formats.reader()

    def write(value: date) -> str:
        return f'<time datetime="{value.isoformat()}">{escape(reader.day(value))}</time>'

    return write


def _moment(_field: Field) -> Show:
    reader = formats.reader()

    def write(value: datetime) -> str:
        exact = escape(reader.moment(value))
        return f'<time datetime="{value.isoformat()}" title="{exact}">{escape(reader.ago(value))}</time>'

    return write


def _contacts(field: Field) -> Show:
    domain = field.domain
    assert isinstance(domain, ContactPoints)
    scheme = _SCHEMES.get(domain.kind, "")

    def write(entries: Sequence[Mapping[str, str]]) -> str:
        value = entries[0]["value"]
        more = f' <span class="faint">+{len(entries) - 1}</span>' if len(entries) > 1 else ""
        return _leading(scheme, value, domain.each.display(value)) + more

    return write


def _contact(field: Field) -> Show:
    scheme = _SCHEMES[field.domain.kind]
    return lambda value: _leading(scheme, value, field.domain.display(value))


def _leading(scheme: str, value: str, shown: str) -> str:
    address = value.replace(" ", "") if scheme == "tel:" else value
    return f'<a href="{escape(scheme + address)}">{escape(shown)}</a>'


def _url(_field: Field) -> Show:
    def write(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https"):
            return escape(value)
        return f'<a href="{escape(value)}" rel="noopener noreferrer">{escape(parts.netloc.removeprefix("www."))}</a>'

    return write


def _addresses(_field: Field) -> Show:
    return lambda entries: escape(one_line(entries[0]))


def _amount(field: Field) -> Show:
    domain, reader = field.domain, formats.reader()
    assert isinstance(domain, Amount)

    def write(record: Record) -> str:
        value = getattr(record, field.name)
        if value is None:
            return ""
        currency = domain.currency or getattr(record, domain.currency_field, "") or settings.BASE_CURRENCY
        return escape(reader.money(value, currency))

    return write


def _state(field: Field, tones: Mapping[str, str]) -> Show:
    name, display = field.name, field.domain.display

    @cache
    def badge(value: str) -> str:
        tone = tones.get(value, "")
        classes = f"badge badge-{tone}" if tone else "badge"
        return f'<span class="{classes}">{escape(display(value))}</span>'

    return lambda record: badge(value) if (value := getattr(record, name)) else ""


def _linked(field: Field, titles: Mapping[UUID, str]) -> Show:
    target, column = linked_target(field), f"{field.name}_id"
    write = _LINKS.get(target)

    @cache
    def link(key: UUID | None) -> str:
        if key is None or key not in titles:
            return ""
        return write(titles[key]) if write else _named(target, key, titles[key])

    return lambda record: link(getattr(record, column))


def _person(name: str) -> str:
    return f'<span class="mention-chip">{avatar(name, size="small")}{escape(name)}</span>'


def _badge(title: str) -> str:
    return f'<span class="badge">{escape(title)}</span>'


_LINKS: Mapping[str, Callable[[str], str]] = {"user": _person, "stage": _badge}
_WRITERS: Mapping[str, Callable[[Field], Show]] = {
    "integer": _number,
    "decimal": _number,
    "amount": _number,
    "percentage": _percentage,
    "year": _year,
    "date": _day,
    "datetime": _moment,
    "contact_points": _contacts,
    "emails": _contacts,
    "phones": _contacts,
    "email": _contact,
    "phone": _contact,
    "url": _url,
    "addresses": _addresses,
}
