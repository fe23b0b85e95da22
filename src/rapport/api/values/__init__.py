"""Between JSON and the values of fields: for each kind of value domain its schema, how it is written and read.

What is read is checked strictly, so that the schema tells the truth; then the domain itself has the last word.
"""

from typing import Any

from rapport.governance.dictionary import Field
from rapport.governance.domains import Domain

from .kind import Kind, Schema, Write, refuse
from .lists import LISTS, REFERENCE, checked_object, object_schema
from .single import SINGLE, TEXT, check_id, write_moment

__all__ = [
    "LISTS",
    "REFERENCE",
    "Kind",
    "Schema",
    "check_id",
    "checked_object",
    "kind_of",
    "object_schema",
    "parsed",
    "refuse",
    "schema_of",
    "write_moment",
    "writer_of",
]

_KINDS = {**SINGLE, **LISTS}


def schema_of(domain: Domain) -> Schema:
    """The JSON schema of a value of the domain."""
    return kind_of(domain).schema(domain)


def writer_of(domain: Domain) -> Write:
    """How a stored value becomes JSON; nothing becomes null."""
    return kind_of(domain).write


def parsed(field: Field, raw: Any) -> Any:
    """The value to store for what came as JSON; raises `ValueProblem`."""
    if raw is None:
        return field.domain.parse(None)
    return field.domain.parse(kind_of(field.domain).check(field.domain, raw))


def kind_of(domain: Domain) -> Kind:
    """The kind of a domain; one that is unknown here is written and read as text."""
    return _KINDS.get(domain.kind, TEXT)
