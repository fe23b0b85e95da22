"""The parts that operations are put together from: parameters, answers, refusals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..problems import CONTENT_TYPE, TITLES
from ..values import Schema

Operation = dict[str, Any]
Paths = Iterator[tuple[str, str, Operation]]

_LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
_HEADERS: Mapping[str, Schema] = {
    "ETag": {"description": _("The version of the record."), "schema": {"type": "string"}},
    "Location": {"description": _("Where the new record is."), "schema": {"type": "string"}},
    "Link": {"description": _("The next page, if there is one."), "schema": {"type": "string"}},
    "Rapport-Event": {"description": _("What undo is asked with."), "schema": {"type": "integer"}},
    "Retry-After": {"description": _("Seconds to wait."), "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": _("How to show a token."), "schema": {"type": "string"}},
    **{name: {"description": _("How often this token may ask."), "schema": {"type": "integer"}} for name in _LIMITS},
}
ALWAYS_REFUSED = (401, 403, 404, 422, 429)
WRITING_REFUSED = (400, 409, 411, 412, 413, 415)


def operation(
    identifier: str,
    summary: str,
    *,
    tag: str,
    answers: Mapping[int, Schema],
    parameters: Sequence[Schema] = (),
    body: Schema | None = None,
    refused: Sequence[int] = (),
    description: str = "",
) -> Operation:
    """One operation; `body` is its whole request body object."""
    found: Operation = {"operationId": identifier, "summary": summary, "tags": [tag], "parameters": list(parameters)}
    if description:
        found["description"] = description
    if body is not None:
        found["requestBody"] = body
    refusals = {status: _refusal(status) for status in sorted({*ALWAYS_REFUSED, *refused})}
    found["responses"] = {str(status): answer for status, answer in {**answers, **refusals}.items()}
    return found


def answer(description: str, schema: Schema | None, *headers: str) -> Schema:
    """A successful answer, with a body of this schema if it has one."""
    shown: Schema = {"description": description, "headers": {name: _header(name) for name in (*headers, *_LIMITS)}}
    if schema is not None:
        shown["content"] = {"application/json": {"schema": schema}}
    return shown


def _header(name: str) -> Schema:
    """A header of answers, described in the active language."""
    return {**_HEADERS[name], "description": str(_HEADERS[name]["description"])}


def _refusal(status: int) -> Schema:
    headers = {401: ("WWW-Authenticate",), 412: ("ETag",), 429: ("Retry-After", *_LIMITS)}.get(status, ())
    content = {CONTENT_TYPE: {"schema": ref("Problem")}}
    shown = {name: _header(name) for name in headers}
    return {"description": str(TITLES[status]), "headers": shown, "content": content}


def ref(name: str) -> Schema:
    """A schema by name."""
    return {"$ref": f"#/components/schemas/{name}"}


def json_of(schema: Schema, *, required: bool = True) -> Schema:
    """A JSON request body."""
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def query(name: str, description: str, schema: Schema, **more: Any) -> Schema:
    """A parameter after the question mark."""
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def header(name: str, description: str, schema: Schema) -> Schema:
    """A request header."""
    return {"name": name, "in": "header", "description": description, "schema": schema}


def in_path(name: str, description: str, schema: Schema) -> Schema:
    """A part of the address."""
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_UUID: Schema = {"type": "string", "format": "uuid"}
_ETAGS: Schema = {"type": "string", "pattern": r'^"[0-9a-f]{1,20}"$'}
RECORD_ID = in_path("id", "The record.", _UUID)
IF_MATCH = header("If-Match", "Do it only if the record still is in this version (its ETag); otherwise 412.", _ETAGS)
IF_NONE_MATCH = header("If-None-Match", "Answer 304 if the record still is in this version.", {"type": "string"})
KEY_SCHEMA: Schema = {"type": "string", "pattern": "^[!-~]{1,255}$"}
IDEMPOTENCY_KEY = header(
    "Idempotency-Key", "A name of your own for this request: sent again, it has no second effect.", KEY_SCHEMA
)
FIELDS = query(
    "fields", "Only these fields, separated by commas.", {"type": "string", "pattern": "^[a-z0-9_]+(,[a-z0-9_]+)*$"}
)


def limit(most: int, usual: int) -> Schema:
    """How many at once."""
    return query("limit", "How many at once.", {"type": "integer", "minimum": 1, "maximum": most, "default": usual})
