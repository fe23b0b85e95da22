"""The kind of a record type: what imports know of it beyond the dictionary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from rapport.governance.dictionary import Field

Values = dict[str, Any]


@dataclass(frozen=True)
class Companion:
    """A record written beside a row's own, such as the line of an opportunity; `values` without its id."""

    record_type: str
    values: Values


@dataclass
class Context:
    """What hooks may ask while rows are written: who owns what, titles of linked records, and the import's options."""

    teams_of_users: Mapping[UUID, UUID | None] = field(default_factory=dict)
    titles: Mapping[UUID, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


Complete = Callable[[Values, Values, Context], list[Companion]]


def _nothing(_values: Values, _own: Values, _context: Context) -> list[Companion]:
    return []


@dataclass(frozen=True)
class Kind:
    """What imports know of a record type.

    `identities` are columns that tell records apart, besides the external id: `name`, `mail`, `domain` or a column.
    `complete` gets the columns to write, the values of the fields only imports know (by name; links as ids) and the
    context just before a record is created; it may fill columns and returns the companions. `offer` gives the columns
    of a record made from its name alone. `titles_of` are record types whose titles `complete` wants to know.
    """

    record_type: str
    title_field: str = "name"
    identities: tuple[str, ...] = ("name",)
    names: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    left_out: frozenset[str] = frozenset()
    complete: Complete = _nothing
    offer: Callable[[str, Context], Values] | None = None
    title_made_from: tuple[str, ...] = ()

    @cached_property
    def fields_by_name(self) -> dict[str, Field]:
        """The fields that only imports know."""
        return {entry.name: entry for entry in self.fields}


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known."""
    _KINDS[kind.record_type] = kind
    return kind


def kind_of(record_type: str) -> Kind:
    """The kind of a record type; a plain one when no file describes it."""
    if not _KINDS:
        package = import_module("rapport.integrations.importing.kinds")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    return _KINDS.get(record_type) or Kind(record_type)
