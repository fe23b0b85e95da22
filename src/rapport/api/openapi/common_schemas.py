"""The schemas that all descriptions share: problems, pages, histories, deliveries; what is of no single type."""

from collections.abc import Mapping
from typing import Any

from ..values import Schema, object_schema
from .operations import ref


def _nullable(kind: str, **more: Any) -> Schema:
    return {"type": [kind, "null"], **more}


_UUID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
ALWAYS: Mapping[str, Schema] = {
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
_REASON_MEMBERS: Mapping[str, Schema] = {
    "feature": {"type": "string"},
    "label": {"type": "string"},
    "value": {"type": ["number", "string", "null"]},
    "log_odds": {"type": "number"},
    "points": {"type": "number"},
}
_CHANGE_MEMBERS: Mapping[str, Schema] = {"what": {"type": "string"}, "chance": {"type": "number"}}
_SIMILAR_MEMBERS: Mapping[str, Schema] = {"id": _UUID, "title": {"type": "string"}, "came_true": {"type": "boolean"}}


def _objects(members: Mapping[str, Schema]) -> Schema:
    return {"type": "array", "items": object_schema(members, required=tuple(members))}


_CHANCE_MEMBERS: Mapping[str, Schema] = {
    "prediction": {"type": "string"},
    "question": {"type": "string"},
    "chance": _nullable("number"),
    "withheld": {"type": "string", "enum": ["", "too_few", "no_signal", "unlike", "held_back"]},
    "version": _nullable("integer"),
    "as_of": _MOMENT,
    "usual": _nullable("number"),
    "calibration": {"type": ["object", "null"]},
    "reasons": _objects(_REASON_MEMBERS),
    "changes": _objects(_CHANGE_MEMBERS),
    "similar": _objects(_SIMILAR_MEMBERS),
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
    {
        "status": {"type": "integer"},
        "id": _UUID,
        "title": {"type": "string"},
        "etag": {"type": "string"},
        "problem": ref("Problem"),
    },
    required=("status",),
)
_CONFLICT = object_schema(
    {**_NAMED["properties"], "field": {"type": "string"}, "reason": {"type": "string"}},
    required=("type", "id", "title", "field", "reason"),
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
    "record": ref("RecordName"),
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
COMMON: Mapping[str, Schema] = {
    "Problem": _PROBLEM,
    "RecordName": _NAMED,
    "Count": object_schema(
        {"value": {"type": "integer"}, "is_exact": {"type": "boolean"}}, required=("value", "is_exact")
    ),
    "HistoryEntry": object_schema(_HISTORY_MEMBERS, required=tuple(_HISTORY_MEMBERS)),
    "HistoryPage": object_schema(
        {"items": {"type": "array", "items": ref("HistoryEntry")}, "next": _nullable("integer")},
        required=("items", "next"),
    ),
    "Estimates": _list_of(object_schema(_ESTIMATE_MEMBERS, required=tuple(_ESTIMATE_MEMBERS))),
    "Chances": _list_of(object_schema(_CHANCE_MEMBERS, required=tuple(_CHANCE_MEMBERS))),
    "Expectations": _list_of(object_schema(_EXPECTATION_MEMBERS, required=tuple(_EXPECTATION_MEMBERS))),
    "TimelineItem": object_schema(_TIMELINE_MEMBERS, required=tuple(_TIMELINE_MEMBERS)),
    "TimelinePage": object_schema(
        {"items": {"type": "array", "items": ref("TimelineItem")}, "next": _nullable("string")},
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
        {"items": {"type": "array", "items": ref("Delivery")}, "next": _nullable("string")}, required=("items", "next")
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
