"""What a change in the history says, as far as somebody may read it."""

from collections.abc import Mapping
from typing import Any

from rapport.core.actors import Actor

from .dictionary import Field, RecordTypeEntry
from .domains import Link


def readable_changes(actor: Actor, entry: RecordTypeEntry, stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values by field, from values by column as history keeps them; links only where no rule hides their targets."""
    if stored is None:
        return None
    known: dict[str, str] = {}
    for name, field in entry.readable_by(actor).items():
        known |= _columns(name, field, actor)
    return {known[name]: value for name, value in stored.items() if name in known}


def _columns(name: str, field: Field, actor: Actor) -> dict[str, str]:
    if not isinstance(field.domain, Link):
        return {name: name}
    return {} if field.domain.model.restricts(actor) else {f"{name}_id": name, name: name}
