"""The schemas of records: as they are read, made and changed, and what verbs take."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.governance.dictionary import Field
from rapport.governance.domains import Choice, Domain, Several

from ..collections import Collection, OfferedVerb
from ..reading import readable_fields
from ..values import LISTS, REFERENCE, Schema, object_schema, schema_of
from ..writing import changeable_fields, creatable_fields, verb_arguments

_MANY_OPTIONS = 40


class Schemas:
    """The named schemas of one document, made as they are needed."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.named: dict[str, Schema] = {"Reference": REFERENCE, **_COMMON}

    def record(self, collection: Collection) -> Schema:
        """A record as it is read; with `fields=`, only some members are there."""
        name = class_name(collection)
        if name not in self.named:
            members = {**_ALWAYS, "type": {"const": collection.record_type}}
            for field in readable_fields(collection, self.actor).values():
                members[field.name] = {
                    **self._value(field, nullable=field.domain.kind not in LISTS),
                    "title": str(field.label),
                }
            if collection.record_type == "webhook":
                members["secret"] = {"type": "string", "description": _("Only in the answers that give a secret.")}
            schema = object_schema(members, required=("id",))
            self.named[name] = {**schema, "title": name, "description": str(collection.entry.meaning)}
        return _ref(name)

    def creation(self, collection: Collection) -> Schema:
        """What a new record may be given."""
        fields = creatable_fields(collection, self.actor)
        return self._writable(f"New{class_name(collection)}", fields)

    def change(self, collection: Collection) -> Schema:
        """What may be changed of a record."""
        return self._writable(f"{class_name(collection)}Change", changeable_fields(collection, self.actor))

    def row(self, collection: Collection) -> Schema:
        """A row of a bulk request: with an id a change, without one a new record."""
        fields = {**changeable_fields(collection, self.actor), **creatable_fields(collection, self.actor)}
        name = f"{class_name(collection)}Row"
        self._writable(name, fields)
        self.named[name]["properties"]["id"] = {"type": "string", "format": "uuid"}
        return _ref(name)

    def arguments(self, collection: Collection, offered: OfferedVerb) -> Schema:
        """What a verb may be given."""
        arguments = verb_arguments(collection, offered, self.actor)
        needed = tuple(field.name for field in arguments.own if field.mandatory is not None)
        words = "".join(part.capitalize() for part in offered.name.split("_"))
        return self._writable(f"{class_name(collection)}{words}", arguments.all, required=needed)

    def _writable(self, name: str, fields: Mapping[str, Field], *, required: tuple[str, ...] = ()) -> Schema:
        members = {
            field.name: {**self._value(field, nullable=field.name not in required), "title": str(field.label)}
            for field in fields.values()
        }
        self.named[name] = {**object_schema(members, required=required), "title": name}
        return _ref(name)

    def _value(self, field: Field, *, nullable: bool) -> Schema:
        schema = self._domain(field.domain)
        described = {"description": str(field.meaning)} if field.meaning else {}
        if not nullable:
            return {**schema, **described}
        if "$ref" in schema or "enum" in schema:
            return {"anyOf": [schema, {"type": "null"}], **described}
        return {**schema, "type": [schema["type"], "null"], **described}

    def _domain(self, domain: Domain) -> Schema:
        """Long lists of options are named once."""
        schema = schema_of(domain)
        if isinstance(domain, Several):
            return {**schema, "items": self._domain(domain.each)}
        if isinstance(domain, Choice) and len(schema["enum"]) > _MANY_OPTIONS:
            name = f"{type(domain).__name__}Code"
            self.named[name] = {**schema, "title": name, "description": domain.standard}
            return _ref(name)
        return schema


def class_name(collection: Collection) -> str:
    """The name of a type's schema: "Organisation", "PriceList"."""
    from django.utils.translation import override

    with override("en"):
        words = str(collection.entry.label).replace("-", " ").split()
    return (
        "".join(word[:1].upper() + word[1:] for word in words if word.isalnum() and word.isascii())
        or collection.record_type
    )


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(kind: str, **more: Any) -> Schema:
    return {"type": [kind, "null"], **more}


_UUID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_ALWAYS: Mapping[str, Schema] = {
    "id": _UUID,
    "type": {"type": "string"},
    "title": {"type": "string"},
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
}
_NAMED = object_schema(
    {"type": {"type": "string"}, "id": _UUID, "title": {"type": "string"}}, required=("type", "id", "title")
)
_MISTAKE = object_schema(
    {"detail": {"type": "string"}, "pointer": {"type": "string"}, "parameter": {"type": "string"}}, required=("detail",)
)
_PROBLEM = object_schema(
    {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": _MISTAKE},
    },
    required=("type", "title", "status"),
)
_HISTORY_MEMBERS: Mapping[str, Schema] = {
    "event": {"type": "integer"},
    "at": _MOMENT,
    "verb": {"type": "string"},
    "by": {"type": "string"},
    "by_kind": {"type": "string"},
    "source": {"type": "string"},
    "operation": {"type": "string", "enum": ["create", "change", "remove"]},
    "before": _nullable("object"),
    "after": _nullable("object"),
    "is_undone": {"type": "boolean"},
    "may_undo": {"type": "boolean"},
}
_ESTIMATE_MEMBERS: Mapping[str, Schema] = {
    "field": {"type": "string"},
    "value": {"type": ["string", "number"]},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "method": {"type": "string"},
    "neighbours": {"type": "array", "items": _UUID},
    "made_at": _MOMENT,
    "expires_at": _MOMENT,
}
_EXPECTATION_MEMBERS: Mapping[str, Schema] = {
    "outlook": {"type": "string"},
    "value": _nullable("number"),
    "low": _nullable("number"),
    "high": _nullable("number"),
    "withheld": {"type": "string", "enum": ["", "too_few", "no_signal", "unlike"]},
    "detail": {"type": "object"},
    "version": _nullable("integer"),
    "as_of": _MOMENT,
}
_TIMELINE_MEMBERS: Mapping[str, Schema] = {
    "at": _MOMENT,
    "kind": {"type": "string"},
    "by": {"type": "string"},
    "about": {"type": "array", "items": _NAMED},
    "id": _nullable("string", format="uuid"),
    "title": {"type": "string"},
    "event": _nullable("integer"),
    "verb": _nullable("string"),
}
_BULK_ROW = object_schema(
    {"status": {"type": "integer"}, "id": _UUID, "etag": {"type": "string"}, "problem": _ref("Problem")},
    required=("status",),
)
_CONFLICT = object_schema(
    {"type": {"type": "string"}, "id": _UUID, "field": {"type": "string"}, "reason": {"type": "string"}},
    required=("type", "id", "field", "reason"),
)
_HIT = object_schema({**_NAMED["properties"], "score": {"type": "number"}}, required=("type", "id", "title", "score"))


def _list_of(item: Schema) -> Schema:
    return object_schema({"items": {"type": "array", "items": item}}, required=("items",))


_TEXTS = ("key", "source", "kind", "todo", "why", "day", "money", "per_hour")
_NEXT_ACTION_MEMBERS: Mapping[str, Schema] = {
    **{name: {"type": "string"} for name in _TEXTS},
    **{name: {"type": "integer"} for name in ("place", "minutes")},
    **{name: {"type": "number"} for name in ("propensity", "chance", "effect")},
    "is_measured": {"type": "boolean"},
    "record": _ref("RecordName"),
}
_NEXT_ACTION = object_schema(_NEXT_ACTION_MEMBERS, required=tuple(_NEXT_ACTION_MEMBERS))
_DELIVERY_MEMBERS: Mapping[str, Schema] = {
    "id": _UUID,
    "event": {"type": "integer"},
    "type": {"type": "string"},
    "at": _MOMENT,
    "state": {"type": "string", "enum": ["waiting", "delivered", "parked", "skipped"]},
    "attempts": {"type": "integer"},
    "tried_at": _nullable("string", format="date-time"),
    "next_at": _nullable("string", format="date-time"),
    "status": _nullable("integer"),
    "answer": {"type": "string"},
}
_COMMON: Mapping[str, Schema] = {
    "Problem": _PROBLEM,
    "RecordName": _NAMED,
    "Count": object_schema(
        {"value": {"type": "integer"}, "is_exact": {"type": "boolean"}}, required=("value", "is_exact")
    ),
    "HistoryEntry": object_schema(_HISTORY_MEMBERS, required=tuple(_HISTORY_MEMBERS)),
    "HistoryPage": object_schema(
        {"items": {"type": "array", "items": _ref("HistoryEntry")}, "next": _nullable("integer")},
        required=("items", "next"),
    ),
    "Estimates": _list_of(object_schema(_ESTIMATE_MEMBERS, required=tuple(_ESTIMATE_MEMBERS))),
    "Expectations": _list_of(object_schema(_EXPECTATION_MEMBERS, required=tuple(_EXPECTATION_MEMBERS))),
    "TimelineItem": object_schema(_TIMELINE_MEMBERS, required=tuple(_TIMELINE_MEMBERS)),
    "TimelinePage": object_schema(
        {"items": {"type": "array", "items": _ref("TimelineItem")}, "next": _nullable("string")},
        required=("items", "next"),
    ),
    "BulkOutcome": object_schema(
        {
            "rows": {"type": "array", "items": _BULK_ROW},
            "created": {"type": "integer"},
            "changed": {"type": "integer"},
            "failed": {"type": "integer"},
        },
        required=("rows", "created", "changed", "failed"),
    ),
    "UndoOutcome": object_schema(
        {"event": {"type": "integer"}, "conflicts": {"type": "array", "items": _CONFLICT}},
        required=("event", "conflicts"),
    ),
    "Delivery": object_schema(_DELIVERY_MEMBERS, required=tuple(_DELIVERY_MEMBERS)),
    "DeliveryPage": object_schema(
        {"items": {"type": "array", "items": _ref("Delivery")}, "next": _nullable("string")}, required=("items", "next")
    ),
    "SearchHits": _list_of(_HIT),
    "NextActions": object_schema(
        {
            "items": {"type": "array", "items": _NEXT_ACTION},
            "order": {"type": "string"},
            "currency": {"type": "string"},
        },
        required=("items", "order", "currency"),
    ),
    "Me": object_schema(
        {
            "user": object_schema(
                {"id": _UUID, "name": {"type": "string"}, "email": _nullable("string")}, required=("id", "name")
            ),
            "role": {"type": "string"},
            "token": object_schema(
                {
                    "name": {"type": "string"},
                    "scopes": {"type": "array", "items": {"type": "string"}},
                    "expires_at": _nullable("string", format="date-time"),
                }
            ),
            "collections": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        required=("user", "role", "token", "collections"),
    ),
}
