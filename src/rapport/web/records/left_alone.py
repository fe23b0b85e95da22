"""What an undo left alone, in words: which record, which of its fields, and why."""

from collections.abc import Iterable

from rapport.core.actors import Actor
from rapport.core.labelled import labelled
from rapport.core.undo import Conflict, Named, named_for
from rapport.governance.dictionary import entries


def left_alone_in_words(actor: Actor, conflicts: Iterable[Conflict]) -> list[str]:
    """“Acme · Industry: changed since; its value was kept”; the type stands for a title the actor may not see."""
    return [_in_words(named) for named in named_for(actor, conflicts)]


def _in_words(named: Named) -> str:
    conflict = named.conflict
    entry = entries().get(conflict.record_type)
    field = entry.fields.get(conflict.field.removesuffix("_id")) if entry else None
    name = named.title or str(entry.label if entry else conflict.record_type)
    return labelled(f"{name} · {field.label}" if field else name, conflict.said)
