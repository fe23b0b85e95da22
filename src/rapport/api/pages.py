"""The pages that explain the API, written from its own description, for the rights of whoever reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import current_actor

from .collections import Collection, collections
from .openapi import document_for

_SHOWN_OPTIONS = 12


@dataclass(frozen=True)
class ShownValue:
    """A parameter or a member of a body, as the page lists it."""

    name: str
    where: str
    kind: str
    meaning: str
    is_needed: bool


@dataclass(frozen=True)
class ShownOperation:
    """One operation, as the page explains it."""

    identifier: str
    method: str
    path: str
    summary: str
    description: str
    values: tuple[ShownValue, ...]
    statuses: tuple[tuple[str, str], ...]


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, and how to begin."""
    readable = [found for found in collections() if found.may_read(current_actor())]
    address = request.build_absolute_uri("/api/v1")
    general = _operations(document_for(current_actor()), "")
    return render(request, "api/overview.html", {"collections": readable, "base": address, "operations": general})


@require_GET
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    """Every operation of one collection, with examples."""
    found = next((one for one in collections() if one.name == collection), None)
    if found is None or not found.may_read(current_actor()):
        raise Http404
    document = document_for(current_actor())
    context = {
        "collection": found,
        "operations": _operations(document, f"/{found.name}"),
        "base": request.build_absolute_uri("/api/v1"),
        "example": _example(found, document),
    }
    return render(request, "api/collection.html", context)


@require_GET
def document(_request: HttpRequest) -> HttpResponse:
    """The description for programs, of what this user may do."""
    content = orjson.dumps(document_for(current_actor()), option=orjson.OPT_INDENT_2)
    return HttpResponse(content, content_type="application/json")


def _operations(document: Mapping[str, Any], base: str) -> list[ShownOperation]:
    """Those of one collection; without a base, those of none."""
    named = {f"/{found.name}" for found in collections()}
    return [
        _shown(document, path, method, operation)
        for path, methods in document["paths"].items()
        if (f"/{path.split('/')[1]}" == base if base else f"/{path.split('/')[1]}" not in named)
        for method, operation in methods.items()
    ]


def _shown(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> ShownOperation:
    parameters = [
        ShownValue(one["name"], one["in"], _kind(one["schema"]), one.get("description", ""), one.get("required", False))
        for one in operation["parameters"]
    ]
    return ShownOperation(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        (*parameters, *_members(document, operation)),
        tuple((status, answer["description"]) for status, answer in operation["responses"].items()),
    )


def _members(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[ShownValue]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(document, content["schema"])
        needed = schema.get("required", [])
        for name, member in schema.get("properties", {}).items():
            meaning = member.get("description", "") or member.get("title", "")
            yield ShownValue(name, "body", _kind(member), meaning, name in needed)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0])
    if "enum" in schema:
        options = [str(option) for option in schema["enum"]]
        return ", ".join(options[:_SHOWN_OPTIONS]) + (" …" if len(options) > _SHOWN_OPTIONS else "")
    kind = schema.get("type", "")
    word = kind[0] if isinstance(kind, list) else kind
    if word == "array":
        return f"[{_kind(schema['items'])}]"
    return f"{word} ({schema['format']})" if "format" in schema else str(word)


def _example(found: Collection, document: Mapping[str, Any]) -> str:
    """A small body that makes a record of this type, as JSON."""
    schema = document["components"]["schemas"].get(f"New{_class(document, found)}")
    if schema is None:
        return ""
    names = [name for name, field in found.entry.fields.items() if field.mandatory is not None]
    texts = {name: _sample(schema["properties"].get(name, {})) for name in names or list(schema["properties"])[:1]}
    return orjson.dumps(texts).decode()


def _class(document: Mapping[str, Any], found: Collection) -> str:
    items = document["paths"][f"/{found.name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return str(items["properties"]["items"]["items"]["$ref"].rpartition("/")[2])


def _sample(schema: Mapping[str, Any]) -> Any:
    kind = _kind(schema)
    if "uuid" in kind:
        return "01941b2e-0000-7000-8000-000000000000"
    if kind.startswith("["):
        return []
    samples = {"integer": 1, "boolean": True, "string (date)": "2026-03-31", "CurrencyCode": "EUR", "CountryCode": "PT"}
    return samples.get(kind, "…")
