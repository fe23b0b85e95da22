"""The facts of a record: each field with its value, where the value leads, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.activities.about import titles_of
from rapport.activities.domains import AboutRecords
from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.columns import column_of, comparable
from rapport.governance.dictionary import Field
from rapport.governance.domains import Addresses, ContactPoints, Link
from rapport.governance.domains.contact_lists import one_line
from rapport.quality.imputing.reading import estimates_of
from rapport.web.estimates.shown import Shown
from rapport.web.places import record_address

from .lookup import hidden_links
from .origins import Origin, origins_of
from .page import RecordPage
from .values import fact_in_words, shortened

_SCHEMES = {"email": "mailto:", "emails": "mailto:", "phone": "tel:", "phones": "tel:", "url": ""}


@dataclass(frozen=True)
class Part:
    """One piece of a value: text, the address it leads to, and its kind (of an e-mail: work, private)."""

    text: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Fact:
    """One field of a record as it is shown."""

    field: Field
    text: str
    parts: tuple[Part, ...]
    edit: str
    origin: Origin | None
    is_missing: bool
    estimated: Shown | None = None

    @property
    def id(self) -> str:
        """The id of its element."""
        return f"fact-{self.field.name}"

    @property
    def has_links(self) -> bool:
        """Whether its value leads somewhere, so that pressing it can't mean editing."""
        return any(part.href for part in self.parts)

    @property
    def is_plain(self) -> bool:
        """Whether it is one piece of text."""
        return len(self.parts) <= 1 and not self.has_links

    @property
    def is_web_address(self) -> bool:
        """Whether its value leads out of the product."""
        return self.field.domain.kind == "url"

    @property
    def is_blank(self) -> bool:
        """Whether it is empty and may stay so."""
        return not self.parts and not self.is_missing and self.estimated is None

    @cached_property
    def hint(self) -> str:
        """Where the value comes from, in a sentence."""
        return self.origin.sentence if self.origin and self.text else ""


def facts_of(page: RecordPage, record: Record, actor: Actor) -> list[Fact]:
    """All facts of a record; empty ones that nobody here may fill are left out."""
    readable, editable = page.entry.readable_by(actor), page.entry.editable_by(actor)
    fields = [field for field in page.facts(record) if field.name in readable]
    may_change = page.may(actor, "change", record)
    hidden = hidden_links(record, fields, actor)
    origins = origins_of(record)
    facts = [
        _fact(
            page,
            record,
            field,
            origins,
            editable=may_change and field.editable and field.name in editable,
            hidden=field.name in hidden,
        )
        for field in fields
    ]
    return [fact for fact in _with_estimates(record, facts) if fact.text or fact.edit or fact.estimated]


def _with_estimates(record: Record, facts: list[Fact]) -> list[Fact]:
    """Empty facts with what they probably are; nothing is asked where nothing of it is estimated."""
    empty = {fact.field.name for fact in facts if not fact.parts}
    estimates = estimates_of(record.record_type, [record.pk], empty)
    return [
        replace(fact, estimated=Shown(found, fact.field))
        if (found := estimates.get((record.pk, fact.field.name)))
        else fact
        for fact in facts
    ]


def worked_out_facts(page: RecordPage, record: Record, actor: Actor) -> list[tuple[Field, str]]:
    """What follows from the fields of a form, in words, as it stands before a change."""
    fields = [field for field in page.entry.readable_by(actor).values() if field.worked_out]
    return [(field, fact_in_words(field, record)) for field in fields]


def fact_of(page: RecordPage, record: Record, field: Field, actor: Actor) -> Fact:
    """One fact, as it stands after an edit."""
    editable = field.editable and field.name in page.entry.editable_by(actor) and page.may(actor, "change", record)
    hidden = field.name in hidden_links(record, [field], actor)
    shown = _fact(page, record, field, origins_of(record), editable=editable, hidden=hidden)
    return _with_estimates(record, [shown])[0]


def _fact(
    page: RecordPage, record: Record, field: Field, origins: Mapping[str, Origin], *, editable: bool, hidden: bool
) -> Fact:
    parts = (Part(_("hidden from you")),) if hidden else tuple(parts_of(field, record))
    column = column_of(type(record), field.name)
    return Fact(
        field=field,
        text=", ".join(part.text for part in parts),
        parts=parts,
        edit=f"{page.address(record)}edit/{field.name}/" if editable and not hidden else "",
        origin=origins.get(column.attname),
        is_missing=not parts and field.is_mandatory(record.__dict__),
    )


def parts_of(field: Field, record: Record) -> list[Part]:
    """The pieces of a value, none when it is empty."""
    value = getattr(record, field.name)
    if comparable(value) is None:
        return []
    domain = field.domain
    if isinstance(domain, Link):
        return [Part(value.title, record_address(domain.target, value.pk))]
    if isinstance(domain, AboutRecords):
        return _subjects(value)
    if isinstance(domain, ContactPoints):
        return [_contact(domain, entry) for entry in value]
    if isinstance(domain, Addresses):
        return [Part(one_line(entry)) for entry in value]
    text = fact_in_words(field, record)
    return [Part(text if domain.kind == "long_text" else shortened(text), _href(domain.kind, value))]


def _subjects(value: Any) -> list[Part]:
    """What an activity is about; whoever sees the activity sees all of it."""
    titles = titles_of(UUID(stored["id"]) for stored in value)
    named = [(stored["type"], UUID(stored["id"])) for stored in value]
    return [Part(titles[key], record_address(record_type, key)) for record_type, key in named if key in titles]


def _contact(domain: ContactPoints, entry: Mapping[str, Any]) -> Part:
    kind = str(domain.kinds.get(entry.get("kind", ""), ""))
    return Part(domain.each.display(entry["value"]), _href(domain.kind, entry["value"]), kind)


def _href(kind: str, value: Any) -> str:
    scheme = _SCHEMES.get(kind)
    if scheme is None:
        return ""
    address = str(value).replace(" ", "") if scheme == "tel:" else str(value)
    return f"{scheme}{address}" if scheme or address.startswith(("http://", "https://")) else ""
