"""The verb: the only way a record changes.

Around each verb call, once and in this order: actor required, permission, gates, transaction, body,
event, reactions. A verb called within a verb is part of the outer one's event.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .actors import Actor, current_actor
from .concealing import conceal, make_whole
from .events import collect
from .problems import Forbidden
from .reactions import schedule_reactions
from .work import Work, work_under_way, working

if TYPE_CHECKING:
    from .records import Record

Body = TypeVar("Body", bound=Callable[..., Any])
Label = str | Promise


class Risk(StrEnum):
    """What a verb can do at worst."""

    READ = "read"
    REVERSIBLE = "reversible"
    IRREVERSIBLE = "irreversible"
    EXTERNAL = "external"


@dataclass(frozen=True)
class Verb:
    """A registered verb of one record type.

    `sets` is another type whose fields its arguments name, if any; `in_batches` that one call is a part of something
    greater, which is undone as a whole or not at all.
    """

    name: str
    label: Label
    past: Label
    risk: Risk
    permission: str
    meaning: str
    sets: str = ""
    in_batches: bool = False


@dataclass(frozen=True)
class Call:
    """One verb call, as gates see it before anything is done."""

    verb: Verb
    actor: Actor
    subject: "Record | type[Record]"
    arguments: tuple[tuple[str, Any], ...]


VERBS: dict[str, Verb] = {}
GATES: list[Callable[[Call], None]] = []


def verb(
    *,
    label: Label,
    past: Label,
    risk: Risk = Risk.REVERSIBLE,
    permission: str = "",
    sets: str = "",
    in_batches: bool = False,
) -> Callable[[Body], Body]:
    """Make a method (or a class method, decorated outside) of a record a verb.

    It needs the permission of its own name, or `permission`; one that begins with "." is of the record's own type.
    `sets` is the record type whose fields its arguments name, besides the record's own. With `in_batches` its events
    are undone with their whole batch only.
    """

    def decorate(body: Body) -> Body:
        perform = _performing(body)
        perform.__verb__ = (label, past, risk, permission, sets, in_batches)  # type: ignore[attr-defined]
        return cast("Body", perform)

    return decorate


def _performing(body: Callable[..., Any]) -> Callable[..., Any]:
    """The method with all that stands around it: rights, gates, the transaction and its event."""

    @wraps(body)
    def perform(subject: Any, /, *args: Any, **kwargs: Any) -> Any:
        declared = VERBS[f"{subject.record_type}.{body.__name__}"]
        actor = current_actor()
        authorise(actor, declared, subject)
        if work_under_way():
            return body(subject, *args, **kwargs)
        call = Call(declared, actor, subject, (*_named(body, args), *kwargs.items()))
        for gate in GATES:
            gate(call)
        return _do(call, lambda: body(subject, *args, **kwargs))

    return perform


def _named(body: Callable[..., Any], args: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Arguments given by position, with their names; the first of a verb is its subject."""
    return zip(body.__code__.co_varnames[1:], args, strict=False)


def _do(call: Call, body: Callable[[], Any]) -> Any:
    subject = call.subject
    with transaction.atomic():
        with working(Work(call.verb.name, call.actor)) as work:
            if not isinstance(subject, type):
                subject.lock()
            for given in _records(call):
                make_whole(given)
            result = body()
        told = result if isinstance(subject, type) and hasattr(result, "record_type") else subject
        event = work.write_event(told, reason=str(dict(call.arguments).get("reason") or ""))
        schedule_reactions(event)
    collect(event)
    _conceal_again(call, result)
    return result


def _conceal_again(call: Call, result: Any) -> None:
    """What the verb read anew and made is shown to the actor as if it had loaded it."""
    if call.actor.hidden_fields:
        for shown in (call.subject, result):
            if isinstance(shown, models.Model):
                conceal(cast("Record", shown), call.actor)
        for given in _records(call):
            conceal(given, call.actor)


def _records(call: Call) -> "list[Record]":
    """The records given to the verb."""
    return [cast("Record", value) for _name, value in call.arguments if isinstance(value, models.Model)]


def authorise(actor: Actor, declared: Verb, subject: "Record | type[Record]") -> None:
    """Raise `Forbidden` unless the actor may do this to this record."""
    allowed = actor.may(declared.permission)
    if allowed and not isinstance(subject, type) and not subject._state.adding:
        allowed = subject.may_be_changed_by(actor)
    if not allowed:
        raise Forbidden(_("You may not do this: “%(verb)s”. Ask an administrator.") % {"verb": declared.label})


def register_verbs(model: "type[Record]") -> None:
    """Register each verb that a concrete record type has or inherits."""
    for name in dir(model):
        declared = getattr(getattr(model, name, None), "__verb__", None)
        if declared is None:
            continue
        label, past, risk, permission, sets, in_batches = declared
        full_name = f"{model.record_type}.{name}"
        meaning = (getattr(model, name).__doc__ or "").strip()
        needed = f"{model.record_type}{permission}" if permission.startswith(".") else permission or full_name
        VERBS[full_name] = Verb(full_name, label, past, risk, needed, meaning, sets, in_batches)
