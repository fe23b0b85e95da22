"""The verbs offered on a record's page, and the small form that asks for each one's arguments.

What a verb needs is read from its signature: an argument named like a field of the type is asked like that field,
others by their annotation. A page may declare an `Action` to choose words, icon, order, arguments or when to offer it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import VERBS, Risk, Verb
from rapport.governance.arguments import argument_fields
from rapport.governance.dictionary import Field, always, entry_of
from rapport.governance.domains import Text

from .reach import reaches

STANDARD = frozenset({"create", "change", "remove"})


def _always(_record: Any) -> bool:
    return True


def _the_result(result: Any) -> Record | None:
    return result if isinstance(result, Record) else None


def _nothing(_record: Any, _asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Action:
    """A verb as it is offered on a page.

    `applies` tells from the record whether it makes sense now. `arguments` are the fields of its form; `ask` adds those
    that depend on the record and on what is answered so far; `hidden` names arguments that the page knows already.
    `given` fills the form. With `in_head` false it is offered elsewhere on the page only, by a panel. `hint` says in a
    sentence what it does. `leads_to` picks from the verb's result the record whose page comes next, if any.
    """

    verb: str
    icon: str = ""
    tone: str = ""
    arguments: tuple[Field, ...] | None = None
    ask: Callable[[Any, Mapping[str, Any]], tuple[Field, ...]] | None = None
    hidden: tuple[str, ...] = ()
    applies: Callable[[Any], bool] = _always
    given: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = _nothing
    in_head: bool = True
    hint: str | Promise = ""
    leads_to: Callable[[Any], Record | None] = _the_result
    declared: Verb | None = None

    @property
    def label(self) -> str:
        """The verb in a word."""
        return str(self.declared.label) if self.declared else self.verb

    @property
    def asks(self) -> bool:
        """Whether it needs a form before it can be done."""
        return bool(self.arguments) or self.ask is not None

    def fields(self, record: Record, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """What its form asks for, given the answers so far."""
        more = self.ask(record, answers) if self.ask else ()
        return (*(self.arguments or ()), *more)

    @property
    def is_final(self) -> bool:
        """Whether it can't be undone."""
        return self.declared is not None and self.declared.risk is not Risk.REVERSIBLE


def offered_actions(
    model: type[Record], record: Record, actor: Actor, *, declared: Sequence[Action], hidden: Sequence[str]
) -> list[Action]:
    """The actions that make sense for the record and that the actor may do."""
    known = {action.verb: action for action in declared}
    names = [*known, *(name for name in verb_names(model) if name not in known and name not in hidden)]
    found = [completed(model, known.get(name, Action(name))) for name in names]
    offered = [action for action in found if action and action.applies(record) and _may(action, record, actor)]
    return [action for action in offered if not _needs_what_is_locked(action, model, actor)]


def fillable(action: Action, fields: Iterable[Field], model: type[Record], actor: Actor) -> tuple[Field, ...]:
    """Of the fields that an action asks for, those that the actor may set."""
    if not actor.locked_fields:
        return tuple(fields)
    types = (model.record_type, action.declared.sets if action.declared else "")
    left = [field for field in fields if not any(f"{kind}.{field.name}" in actor.locked_fields for kind in types)]
    unread = _unread_domains(model, actor)
    return tuple(replace(field, domain=Text(300)) if id(field.domain) in unread else field for field in left)


def _unread_domains(model: type[Record], actor: Actor) -> set[int]:
    """The domains of hidden fields: an argument that goes into one of them is asked without its known values."""
    entry = entry_of(model.record_type)
    readable = entry.readable_by(actor)
    return {id(field.domain) for name, field in entry.fields.items() if name not in readable}


def _needs_what_is_locked(action: Action, model: type[Record], actor: Actor) -> bool:
    """Whether it can't be done without setting a field that is locked for the actor."""
    asked = action.arguments or ()
    left = fillable(action, asked, model, actor)
    return any(field.mandatory is always and field not in left for field in asked)


def verb_names(model: type[Record]) -> list[str]:
    """The verbs of single records of a type, beside the standard ones."""
    prefix = f"{model.record_type}."
    names = [name.removeprefix(prefix) for name in VERBS if name.startswith(prefix)]
    return [name for name in names if name not in STANDARD and inspect.isfunction(getattr(model, name, None))]


def completed(model: type[Record], action: Action) -> Action | None:
    """The action with its verb and arguments; None when there is no such verb or its arguments can't be asked for."""
    declared = VERBS.get(f"{model.record_type}.{action.verb}")
    if declared is None:
        return None
    arguments = action.arguments
    if arguments is None:
        arguments = argument_fields(model, action.verb)
    return None if arguments is None else replace(action, declared=declared, arguments=arguments)


def _may(action: Action, record: Record, actor: Actor) -> bool:
    assert action.declared is not None
    return actor.may(action.declared.permission) and reaches(record, actor)
