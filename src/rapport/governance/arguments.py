"""The arguments of a verb as fields of a form, read from its signature."""

import inspect
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.records import RECORD_TYPES, Record

from .dictionary import Field, always, entries
from .domains import (
    Boolean,
    Choice,
    Date,
    DateTime,
    DecimalNumber,
    Domain,
    Integer,
    Link,
    LongText,
    Text,
)

LONG = frozenset({"reason", "minutes", "text", "note", "comment", "summary", "answer", "explanation"})
WORDS: Mapping[str, str | Promise] = {
    "reason": _("Reason"),
    "minutes": _("Minutes"),
    "until": _("Until"),
    "to": _("To whom"),
    "into": _("Into"),
    "starts_at": _("New start"),
    "ends_at": _("End"),
    "note": _("Note"),
    "text": _("Text"),
    "comment": _("Comment"),
    "on": _("On"),
    "at": _("When"),
    "day": _("Day"),
    "stage": _("Stage"),
    "owner": _("Owner"),
    "person": _("Person"),
    "organisation": _("Organisation"),
    "product": _("Product"),
    "quantity": _("Quantity"),
    "amount": _("Amount"),
    "competitor": _("Competitor"),
    "category": _("Category"),
    "user": _("With a person"),
    "team": _("With a team"),
    "may_edit": _("May edit"),
    "other": _("With which one"),
    "take": _("Fields to take over"),
}

_SIMPLE: Mapping[type, Callable[[], Domain]] = {
    bool: Boolean,
    int: Integer,
    Decimal: DecimalNumber,
    datetime: DateTime,
    date: Date,
}


@cache
def argument_fields(model: type[Record], verb: str) -> tuple[Field, ...] | None:
    """A field for each argument of the verb; None when one that is needed can't be asked for."""
    method = getattr(model, verb)
    try:
        # Record types may be named before they are defined: verbs of a record may take its parts.
        hints = get_type_hints(inspect.unwrap(method), localns={kind.__name__: kind for kind in RECORD_TYPES.values()})
    except NameError:  # named for the type checker only: nothing that a form or a program could give
        return None
    fields = []
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        field = _field(model, parameter, hints.get(parameter.name))
        if field is not None:
            fields.append(field)
        elif parameter.default is parameter.empty:
            return None
    return tuple(fields)


def _field(model: type[Record], parameter: inspect.Parameter, hint: Any) -> Field | None:
    is_needed = parameter.default is parameter.empty
    entry = entries().get(model.record_type)
    known = entry.fields.get(parameter.name) if entry else None
    domain = known.domain if known else _domain(parameter.name, hint)
    if domain is None:
        return None
    label = known.label if known else WORDS.get(parameter.name, parameter.name.replace("_", " ").capitalize())
    meaning = known.meaning if known else ""
    return Field(parameter.name, label, domain, meaning, mandatory=always if is_needed else None)


def _domain(name: str, hint: Any) -> Domain | None:
    kind = _without_none(hint)
    if not isinstance(kind, type):
        return None
    if issubclass(kind, Record):
        return Link(kind.record_type)
    if issubclass(kind, TextChoices):
        return Choice(dict(kind.choices))
    if issubclass(kind, str):
        return LongText(4_000) if name in LONG else Text(300)
    return next((make() for known, make in _SIMPLE.items() if issubclass(kind, known)), None)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return hint
