"""JSON as the arguments of verbs: each value read by its field, every mistake told at once."""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.fields import NOT_PROVIDED
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.arguments import argument_fields
from rapport.governance.columns import column_of, comparable, stored_form
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import Link, ValueProblem

from .collections import Collection, OfferedVerb
from .problems import Mistake, wrong_values
from .reading import ALWAYS
from .values import parsed

Values = dict[str, Any]


@dataclass(frozen=True)
class VerbArguments:
    """What a verb takes: its own arguments, and the fields it may set along."""

    own: tuple[Field, ...]
    facts: Mapping[str, Field]

    @property
    def all(self) -> dict[str, Field]:
        """Every argument by name."""
        return {**self.facts, **{field.name: field for field in self.own}}


def creatable_fields(collection: Collection, actor: Actor) -> dict[str, Field]:
    """The fields that may be given to a new record; what every record must have may always be."""
    own = collection.entry.readable_by(actor)
    editable = collection.entry.editable_by(actor)
    return {name: field for name, field in own.items() if _is_writable(field, editable) or _is_needed(field)}


def changeable_fields(collection: Collection, actor: Actor) -> dict[str, Field]:
    """The fields that may be changed."""
    editable = collection.entry.editable_by(actor)
    return {name: field for name, field in editable.items() if field.editable and name not in ALWAYS}


def _is_writable(field: Field, editable: Mapping[str, Field]) -> bool:
    return field.name in editable and (field.form or field.editable) and field.name not in ALWAYS


def _is_needed(field: Field) -> bool:
    return field.form and field.mandatory is not None


def read_new(collection: Collection, body: Mapping[str, Any], actor: Actor) -> Values:
    """The values of a new record; raises `ApiProblem` naming each mistake."""
    fields = creatable_fields(collection, actor)
    values, mistakes = _read(fields, body, collection.model)
    mistakes += list(_missing(collection, values, mistakes))
    if mistakes:
        raise wrong_values(mistakes)
    return values


def read_changes(collection: Collection, body: Mapping[str, Any], actor: Actor) -> Values:
    """The values to change; raises `ApiProblem` naming each mistake."""
    values, mistakes = _read(changeable_fields(collection, actor), body, collection.model)
    if mistakes:
        raise wrong_values(mistakes)
    return values


def _read(
    fields: Mapping[str, Field], body: Mapping[str, Any], model: type[Record] | None
) -> tuple[Values, list[Mistake]]:
    values: Values = {}
    mistakes: list[Mistake] = []
    for name, raw in body.items():
        field = fields.get(name)
        if field is None:
            mistakes.append(Mistake(_("There is no field “%(name)s” to set here.") % {"name": name[:60]}, f"/{name}"))
            continue
        try:
            value = parsed(field, raw)
            values[name] = value if model is None else stored_form(model, field, value)
        except ValueProblem as problem:
            mistakes.append(Mistake(str(problem), f"/{name}"))
    return values, mistakes


def _missing(collection: Collection, values: Values, mistakes: Iterable[Mistake]) -> Iterable[Mistake]:
    """The mandatory fields that have no value and get none by themselves."""
    told = {mistake.pointer for mistake in mistakes}
    known = {**values, **{column_of(collection.model, name).attname: value for name, value in values.items()}}
    for name, field in collection.entry.fields.items():
        is_empty = comparable(values.get(name)) is None
        if is_empty and field.is_mandatory(known) and f"/{name}" not in told and not _has_default(collection, name):
            yield Mistake(_("This is needed. Fill it in."), f"/{name}")


def _has_default(collection: Collection, name: str) -> bool:
    column = column_of(collection.model, name)
    return column.default is not NOT_PROVIDED and column.default not in ("", None)


def verb_arguments(collection: Collection, offered: OfferedVerb, actor: Actor) -> VerbArguments:
    """What a verb may be given by this actor."""
    own = argument_fields(collection.model, offered.name) or ()
    method = inspect.unwrap(getattr(collection.model, offered.name))
    takes_more = any(one.kind is one.VAR_KEYWORD for one in inspect.signature(method).parameters.values())
    sets = entry_of(offered.declared.sets or collection.record_type)
    editable = sets.editable_by(actor) if takes_more else {}
    taken = {field.name for field in own}
    if offered.declared.sets:
        taken |= {name for name, field in editable.items() if _leads_to(field, collection.record_type)}
    facts = {name: field for name, field in editable.items() if field.editable and name not in taken}
    return VerbArguments(own, facts)


def _leads_to(field: Field, record_type: str) -> bool:
    """Whether it links to the record whose verb it is: that link is made by the verb."""
    return isinstance(field.domain, Link) and field.domain.target == record_type


def read_arguments(collection: Collection, offered: OfferedVerb, body: Mapping[str, Any], actor: Actor) -> Values:
    """The arguments of a verb; raises `ApiProblem` naming each mistake."""
    arguments = verb_arguments(collection, offered, actor)
    own = {field.name: field for field in arguments.own}
    values, mistakes = _read(own, {name: raw for name, raw in body.items() if name not in arguments.facts}, None)
    facts, more = _read(
        arguments.facts,
        {name: raw for name, raw in body.items() if name in arguments.facts},
        RECORD_TYPES[offered.declared.sets or collection.record_type],
    )
    told = [*mistakes, *more]
    given = {name for name, value in values.items() if value is not None}
    missing = [field for field in arguments.own if field.mandatory is not None and field.name not in given]
    pointers = {mistake.pointer for mistake in told}
    told += [
        Mistake(_("This is needed. Fill it in."), f"/{one.name}") for one in missing if f"/{one.name}" not in pointers
    ]
    if told:
        raise wrong_values(told)
    return {name: value for name, value in values.items() if value is not None} | facts
