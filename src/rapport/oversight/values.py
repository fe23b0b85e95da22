"""What a machine gives must be what the dictionary takes: said when it proposes, not only when a person accepts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.verbs import Call
from rapport.governance.arguments import argument_fields
from rapport.governance.columns import column_of
from rapport.governance.dictionary import Field, entries, entry_of
from rapport.governance.domains import ValueProblem

from .calls import stored_values

_BY_RECORD = "correct_several"


def refuse_misfits(call: Call) -> None:
    """Raise `ValueProblem`, naming the field, for a value that it does not take, or that is needed and missing."""
    known = _known(call)
    for name, given in call.arguments:
        field = known.get(name) or known.get(name.removesuffix("_id"))
        if field is not None:
            for value in _values(call, given):
                _refuse_misfit(call, field, value)


def _known(call: Call) -> dict[str, Field]:
    """The verb's own arguments, and the fields that it may set, by name."""
    types = [name for name in (call.verb.sets, call.subject.record_type) if name in entries()]
    fields = {name: field for record_type in types for name, field in entries()[record_type].fields.items()}
    own = argument_fields(RECORD_TYPES[call.subject.record_type], _name(call)) or ()
    return {**fields, **{field.name: field for field in own}}


def _name(call: Call) -> str:
    return call.verb.name.partition(".")[2]


def _values(call: Call, given: Any) -> Iterable[Any]:
    return given.values() if _name(call) == _BY_RECORD and isinstance(given, Mapping) else [given]


def _refuse_misfit(call: Call, field: Field, value: Any) -> None:
    try:
        is_empty = not isinstance(value, Record) and _is_empty(call, field, value)
    except (Problem, ValidationError) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise ValueProblem(_("“%(field)s”: %(reason)s") % {"field": field.label, "reason": reason}) from error
    if is_empty and field.is_mandatory(dict(_facts(call))):
        raise ValueProblem(_("“%(field)s” is needed; it can't be emptied.") % {"field": field.label})


def _is_empty(call: Call, field: Field, value: Any) -> bool:
    """Whether there is nothing in the value; raises for one that the field, or its column, does not take."""
    parsed = field.domain.parse(value)
    if parsed in (None, []):
        return True
    model = RECORD_TYPES[call.subject.record_type]
    if not field.is_link and field == entry_of(model.record_type).fields.get(field.name):
        column_of(model, field.name).clean(parsed, None)
    return False


def _facts(call: Call) -> Iterator[tuple[str, Any]]:
    """What the record would be: its columns with the arguments."""
    if not isinstance(call.subject, type):
        yield from stored_values(call.subject).items()
    yield from call.arguments
