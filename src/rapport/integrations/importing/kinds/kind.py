"""The kind of a record type: what imports know of it beyond the dictionary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from rapport.governance.dictionary import Field

Values = dict[str, Any]


@dataclass(frozen=True)
class Offer:
    """A record to be made from its name: the how-manieth of how many of its type, in the order they appear in."""

    name: str
    place: int = 1
    among: int = 1


def _nothing(_values: Values) -> Mapping[str, str]:
    return {}


def _nothing_to_tell(_offer: Offer) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """What imports know of a record type.

    `identities` are columns that tell records apart, besides the external id: `name`,
    `mail`, `domain`, `code` or a column.
    An identity such as `price_list_id+product_id` is those columns together; `country?` among them may be empty.
    `also` names fields whose values other systems put into another one: {"stage": "status"} when a stage may be called
    “Won”. `adjust` completes the columns of a row (with `~name` for the fields only imports know) and says in
    sentences, by field, what it concluded. `offer` gives the columns of a record made from its name alone, `tell_offer`
    says what was assumed for it; `title_made_from` are the fields that a missing name is made from.
    """

    record_type: str
    title_field: str = "name"
    identities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    left_out: frozenset[str] = frozenset()
    also: Mapping[str, str] = field(default_factory=dict)
    adjust: Callable[[Values], Mapping[str, str]] = _nothing
    offer: Callable[[Offer], Values] | None = None
    tell_offer: Callable[[Offer], str] = _nothing_to_tell
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
