"""What is special about the list of one record type; everything else follows from the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record
from rapport.governance.dictionary import RecordTypeEntry, entries, entry_of
from rapport.web.places import SLUGS, list_address

Label = str | Promise


@dataclass(frozen=True)
class BuiltInView:
    """A view that ships with the product; `query` is a list's query string."""

    key: str
    label: Label
    query: str


@dataclass(frozen=True)
class ListSpec:
    """The list of one record type.

    `columns` come after the title, which is always first; empty: those that the dictionary shows in lists.
    `said_by_title` are fields that the title tells already. `total` is an amount added up at the foot. `tones` colour
    the values of fields that are states. `teaches` says to somebody with an empty list what belongs in it.
    """

    record_type: str
    columns: tuple[str, ...] = ()
    order: str = "title"
    views: tuple[BuiltInView, ...] = ()
    total: str = ""
    said_by_title: tuple[str, ...] = ("name",)
    teaches: Label = ""
    has_avatar: bool = False
    tones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def entry(self) -> RecordTypeEntry:
        """The dictionary's entry of the type."""
        return entry_of(self.record_type)

    @property
    def model(self) -> type[Record]:
        """The record type."""
        return self.entry.model

    @property
    def path(self) -> str:
        """The list's address."""
        return list_address(self.record_type)


_SPECS: dict[str, ListSpec] = {}


def register(spec: ListSpec) -> None:
    """Give a record type a list."""
    _SPECS[spec.record_type] = spec


def lists() -> dict[str, ListSpec]:
    """The lists of all types that are described and have a place, by type."""
    from . import kinds  # noqa: F401 - registers, and needs this module

    return {name: _SPECS.get(name) or _plain(name) for name in SLUGS if name in entries()}


def _plain(record_type: str) -> ListSpec:
    """The list of a type for which nothing special is said."""
    entry = entry_of(record_type)
    said = tuple(name for name in ("name", "subject") if name in entry.fields)
    every = BuiltInView("all", _("All"), "")
    return ListSpec(record_type, views=(every,), said_by_title=said, teaches=entry.meaning)
