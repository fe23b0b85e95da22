"""Field rights: which fields may be hidden at all, and that nobody sets by name what a rule locks for their role."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from rapport.core.asked import fields_asked
from rapport.core.concealing import can_be_blank
from rapport.core.problems import Forbidden, Problem
from rapport.core.verbs import GATES, Call
from rapport.identity.models import FieldRight, FieldRule

from .dictionary import Field, RecordTypeEntry, always, entries
from .domains import Currency

_STRUCTURE = frozenset({"link", "about", "attendees"})


def hideable_fields(entry: RecordTypeEntry) -> Mapping[str, Field]:
    """The fields of a type that can be hidden from a role: all but those that pages, titles or rights rest on.

    Links can't: who sees the record at their other end is told by that record's own visibility.
    """
    named = fields_asked(entry.model.title_of)
    columns = {column.name: column for column in entry.model._meta.concrete_fields}
    return {
        name: field
        for name, field in entry.fields.items()
        if _can_be_hidden(field, named) and (name not in columns or can_be_blank(columns[name]))
    }


def _can_be_hidden(field: Field, named: frozenset[str]) -> bool:
    """E-mail addresses name only those who have no name: they can be hidden all the same."""
    in_title = field.name in named and field.domain.kind != "emails"
    is_structure = field.domain.kind in _STRUCTURE or isinstance(field.domain, Currency)  # sums tell of currencies
    return not (in_title or field.always_seen or field.mandatory is always or is_structure)


def refuse_locked_fields(call: Call) -> None:
    """Raise `Forbidden` when the call sets a field that is hidden from the actor or that it may only read."""
    if not call.actor.locked_fields:
        return
    for record_type in filter(None, (call.subject.record_type, call.verb.sets)):
        for field in _locked_among(call, record_type):
            words = {"field": field.label}
            raise Forbidden(_("You may not set “%(field)s”. Leave it out, or ask an administrator.") % words)


def _locked_among(call: Call, record_type: str) -> Iterator[Field]:
    entry = entries().get(record_type)
    if entry is None:
        return
    is_new = call.verb.name == f"{record_type}.create"
    allowed = entry.fillable_by(call.actor) if is_new else entry.editable_by(call.actor)
    for name, _value in call.arguments:
        field = entry.fields.get(name) or entry.fields.get(name.removesuffix("_id"))
        if field is not None and field.name not in allowed:
            yield field


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


GATES.extend([refuse_locked_fields, refuse_impossible_rules])
