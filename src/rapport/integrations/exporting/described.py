"""The dictionary as it goes with an export: what each field means, for whoever reads the files later."""

from typing import Any

import orjson

from rapport.core.actors import Actor
from rapport.governance.dictionary import Field, entry_of


def dictionary_of(actor: Actor, record_types: tuple[str, ...]) -> bytes:
    """The record types with the fields that the actor may read, as JSON."""
    content = {name: _described(actor, name) for name in record_types}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def _described(actor: Actor, record_type: str) -> dict[str, Any]:
    entry = entry_of(record_type)
    fields = {name: _field(field) for name, field in entry.readable_by(actor).items()}
    return {"label": str(entry.label), "plural": str(entry.plural), "meaning": str(entry.meaning), "fields": fields}


def _field(field: Field) -> dict[str, Any]:
    described = {
        "label": str(field.label),
        "meaning": str(field.meaning),
        "domain": field.domain.kind,
        "standard": field.domain.standard,
        "personal": field.personal.value,
        "mandatory": field.mandatory is not None,
        "own": field.own,
        "links_to": getattr(field.domain, "target", ""),
    }
    return {name: value for name, value in described.items() if value not in ("", False)}
