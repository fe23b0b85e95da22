"""Which record types the API has, under which names, and what an actor may do with each."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import slugify
from django.utils.translation import override

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import VERBS, Verb
from rapport.governance.arguments import argument_fields
from rapport.governance.dictionary import RecordTypeEntry, entries

# Users and teams are looked after by administrators in the browser: a stolen token must not make accounts.
READ_ONLY = frozenset({"user", "team", "stagevisit"})
_BESIDES_IMPORTABLE = frozenset({"file", "notification", "pipeline", "stage", "webhook"})
_STANDARD = frozenset({"create", "change", "remove", "change_several", "remove_several"})
_NOT_MADE_HERE = frozenset({"notification"})
_DONE_BY_RAPPORT = frozenset({"webhook.give_up"})  # what only its own background work has reason to do


@dataclass(frozen=True)
class Collection:
    """The records of one type, as the API offers them."""

    name: str
    entry: RecordTypeEntry

    @property
    def record_type(self) -> str:
        """The record type."""
        return self.entry.record_type

    @property
    def model(self) -> type[Record]:
        """The record type's model."""
        return self.entry.model

    def may_read(self, actor: Actor) -> bool:
        """Whether the actor's role and token let it read any of them at all."""
        return actor.may(f"{self.record_type}.read") or not self.model.restricts(actor)

    def may(self, actor: Actor, action: str) -> bool:
        """Whether the actor may create, change or remove here, rights over each record apart."""
        if self.record_type in READ_ONLY or (self.record_type in _NOT_MADE_HERE and action in _STANDARD):
            return False
        declared = VERBS.get(f"{self.record_type}.{action}")
        return declared is not None and actor.may(declared.permission)

    def verbs(self) -> Iterator["OfferedVerb"]:
        """The verbs of single records, beside creating, changing and deleting, that can be asked for in JSON."""
        if self.record_type in READ_ONLY:
            return
        for declared in list(VERBS.values()):
            record_type, _dot, name = declared.name.partition(".")
            if record_type != self.record_type or name in _STANDARD or declared.name in _DONE_BY_RAPPORT:
                continue
            if _can_be_asked(self.model, name):
                yield OfferedVerb(name, declared)

    def verb(self, written: str) -> "OfferedVerb | None":
        """The verb written so in an address, such as "move-to"."""
        return next((offered for offered in self.verbs() if offered.written == written), None)


@dataclass(frozen=True)
class OfferedVerb:
    """A verb under its name in addresses."""

    name: str
    declared: Verb

    @property
    def written(self) -> str:
        """As it stands in addresses."""
        return self.name.replace("_", "-")


@cache
def _can_be_asked(model: type[Record], name: str) -> bool:
    method = getattr(model, name, None)
    return inspect.isfunction(method) and argument_fields(model, name) is not None


def collections() -> Iterator[Collection]:
    """All collections, by the order of the dictionary."""
    for record_type, entry in list(entries().items()):
        if entry.importable or record_type in _BESIDES_IMPORTABLE:
            yield Collection(_name_of(record_type, entry), entry)


def collection_named(name: str) -> Collection | None:
    """The collection with this name in addresses."""
    return next((found for found in collections() if found.name == name), None)


def collection_of(record_type: str) -> Collection | None:
    """The collection of a record type."""
    return next((found for found in collections() if found.record_type == record_type), None)


_NAMES: dict[str, str] = {}


def _name_of(record_type: str, entry: RecordTypeEntry) -> str:
    """The English plural, as in the addresses of pages: "organisations", "people", "price-lists"."""
    if record_type not in _NAMES:
        with override("en"):
            _NAMES[record_type] = slugify(str(entry.plural)) or record_type
    return _NAMES[record_type]
