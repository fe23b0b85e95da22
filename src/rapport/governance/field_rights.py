"""Field rights: which fields may be hidden at all, and that nobody sets by name what a rule locks for their role."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.verbs import GATES, Call
from rapport.identity.models import FieldRight, FieldRule

from .dictionary import Field, RecordTypeEntry, always, entries

_STRUCTURE = frozenset({"link", "about", "attendees"})


def hideable_fields(entry: RecordTypeEntry) -> Mapping[str, Field]:
    """The fields of a type that can be hidden from a role: all but those that pages, titles or rights rest on.

    Links can't: who sees the record at their other end is told by that record's own visibility.
    """
    named = fields_read(entry.model.title_of)
    return {name: field for name, field in entry.fields.items() if _can_be_hidden(field, named)}


def _can_be_hidden(field: Field, named: frozenset[str]) -> bool:
    """Of an e-mail address a title tells only what stands before the @, and that only where there is no name."""
    in_title = field.name in named and field.domain.kind != "emails"
    return not (in_title or field.always_seen or field.mandatory is always or field.domain.kind in _STRUCTURE)


@cache
def fields_read(function: Callable[[Mapping[str, Any]], object]) -> frozenset[str]:
    """The fields that a function of a record's values (title, search text) asks for."""
    asked = _Asked()
    function(asked)
    return frozenset(name.removesuffix("_id") for name in asked.names)


class _Asked(dict[str, Any]):
    """Values of an empty record, which remember what they were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, _otherwise: Any = None) -> Any:
        """Nothing, whatever is asked for."""
        self.names.add(name)
        return None


def refuse_locked_fields(call: Call) -> None:
    """Raise `Forbidden` when the call sets a field that is hidden from the actor or that it may only read."""
    if not call.actor.locked_fields:
        return
    for record_type in filter(None, (call.subject.record_type, call.verb.sets)):
        for field in _locked_among(call, record_type):
            if not _is_needed_to_create(call, field):
                words = {"field": field.label}
                raise Forbidden(_("You may not set “%(field)s”. Leave it out, or ask an administrator.") % words)


def _locked_among(call: Call, record_type: str) -> Iterator[Field]:
    entry = entries().get(record_type)
    for name, _value in call.arguments:
        field_name = name.removesuffix("_id")
        if entry and field_name in entry.fields and f"{record_type}.{field_name}" in call.actor.locked_fields:
            yield entry.fields[field_name]


def _is_needed_to_create(call: Call, field: Field) -> bool:
    """What every record must have is filled in by whoever makes it, and only then."""
    return call.verb.name.endswith(".create") and field.mandatory is always


def refuse_impossible_rules(call: Call) -> None:
    """Raise `Problem` for a rule on a field that does not exist, or that hides what must be seen."""
    if call.verb.name not in ("fieldrule.create", "fieldrule.change"):
        return
    given = dict(call.arguments)
    rule = call.subject if isinstance(call.subject, FieldRule) else FieldRule()
    for_type, name, right = (given.get(key, getattr(rule, key)) for key in ("for_type", "field", "right"))
    entry = entries().get(for_type)
    field = entry.fields.get(name) if entry else None
    if entry is None or field is None:
        raise Problem(_("There is no such field. Choose one of the dictionary."))
    if right == FieldRight.HIDDEN and name not in hideable_fields(entry):
        words = {"field": field.label}
        raise Problem(_("“%(field)s” can't be hidden: titles, pages or rights rest on it. Make it read-only.") % words)


def searched_fields(model: type[Record]) -> frozenset[str]:
    """The fields that records of a type are found by, besides their title."""
    return fields_read(model.search_text_of)


GATES.extend([refuse_locked_fields, refuse_impossible_rules])
