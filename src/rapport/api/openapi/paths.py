"""The operations of each collection, and those of the whole."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.governance.selection import operators_for
from rapport.governance.selection.conditions import LONGEST_CONDITION, MOST_CONDITIONS
from rapport.governance.selection.fields import selectable_fields

from ..collections import Collection
from ..endpoints.bulk import MOST as MOST_ROWS
from ..endpoints.lists import MOST, USUAL
from ..parameters import LONGEST_SEARCH
from ..values import Schema, object_schema
from .operations import (
    FIELDS,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    RECORD_ID,
    WRITING_REFUSED,
    Operation,
    Paths,
    answer,
    json_of,
    limit,
    operation,
    query,
    ref,
)
from .schemas import Schemas
from .special import chance_paths, delivery_paths, estimate_paths, file_paths, outlook_paths

_CURSOR = query("cursor", "Where to go on: `next` of the page before.", {"type": "string", "maxLength": 2_000})


def paths_of(collection: Collection, actor: Actor, schemas: Schemas) -> Paths:
    """What the actor may ask of one collection."""
    base, many = f"/{collection.name}", collection.name.replace("-", "_")
    yield base, "get", _list(collection, actor, schemas, many)
    if collection.record_type == "file":
        yield from file_paths(collection, actor, schemas)
    elif collection.may(actor, "create"):
        yield base, "post", _create(collection, schemas, many)
        if collection.may(actor, "change"):
            yield f"{base}/bulk", "post", _bulk(collection, schemas, many)
    yield from _record_paths(collection, actor, schemas, base, many)
    if collection.record_type == "webhook":
        yield from delivery_paths(collection, actor)


def _record_paths(collection: Collection, actor: Actor, schemas: Schemas, base: str, many: str) -> Paths:
    one, tag = f"{base}/{{id}}", str(collection.entry.plural)
    record = schemas.record(collection)
    shown = {200: answer(_("The record."), record, "ETag"), 304: {"description": _("Nothing has changed.")}}
    parameters = [RECORD_ID, FIELDS, IF_NONE_MATCH]
    yield one, "get", operation(f"read_{many}", _("Read one"), tag=tag, answers=shown, parameters=parameters)
    writing = [RECORD_ID, IF_MATCH, IDEMPOTENCY_KEY]
    if collection.may(actor, "change"):
        changed = {200: answer(_("The record as it is now."), record, "ETag", "Rapport-Event")}
        body = json_of(schemas.change(collection))
        yield (
            *(one, "patch"),
            operation(
                *(f"change_{many}", _("Change one")),
                tag=tag,
                answers=changed,
                parameters=writing,
                body=body,
                refused=WRITING_REFUSED,
            ),
        )
    if collection.may(actor, "remove"):
        gone = {204: answer(_("It is deleted."), None, "Rapport-Event")}
        yield (
            *(one, "delete"),
            operation(
                *(f"delete_{many}", _("Delete one")), tag=tag, answers=gone, parameters=writing, refused=WRITING_REFUSED
            ),
        )
    yield from _past_paths(one, tag, many)
    yield from estimate_paths(collection, one, tag, many)
    yield from chance_paths(collection, one, tag, many)
    yield from outlook_paths(collection, one, tag, many)
    yield from _verb_paths(collection, actor, schemas, one, many)


def _past_paths(one: str, tag: str, many: str) -> Paths:
    before = query(
        "before", "Only what came before this event.", {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    )
    yield (
        *(f"{one}/history", "get"),
        operation(
            *(f"history_of_{many}", _("What was changed, by whom")),
            tag=tag,
            answers={200: answer(_("The newest first."), ref("HistoryPage"))},
            parameters=[RECORD_ID, limit(200, 50), before],
        ),
    )
    kinds = query(
        "kinds", "Only these kinds, such as mail,event.", {"type": "string", "pattern": "^[a-z0-9_]+(,[a-z0-9_]+)*$"}
    )
    words = query("q", "Only what holds these words.", {"type": "string", "maxLength": LONGEST_SEARCH})
    yield (
        *(f"{one}/timeline", "get"),
        operation(
            *(f"timeline_of_{many}", _("What happened around it")),
            tag=tag,
            answers={200: answer(_("The newest first."), ref("TimelinePage"))},
            parameters=[RECORD_ID, kinds, words, limit(100, 30), _CURSOR],
        ),
    )


def _verb_paths(collection: Collection, actor: Actor, schemas: Schemas, one: str, many: str) -> Paths:
    outcome = object_schema(
        {
            "record": {"anyOf": [schemas.record(collection), {"type": "null"}]},
            "made": {"type": "array", "items": ref("RecordName")},
        },
        required=("record", "made"),
    )
    for offered in collection.verbs():
        if actor.may(offered.declared.permission):
            arguments = schemas.arguments(collection, offered)
            needed = bool(schemas.named[arguments["$ref"].rpartition("/")[2]].get("required"))
            yield (
                *(f"{one}/{offered.written}", "post"),
                operation(
                    *(f"{offered.name}_{many}", str(offered.declared.label)),
                    tag=str(collection.entry.plural),
                    answers={200: answer(_("What became of it."), outcome, "ETag", "Rapport-Event")},
                    parameters=[RECORD_ID, IF_MATCH, IDEMPOTENCY_KEY],
                    body=json_of(arguments, required=needed),
                    refused=WRITING_REFUSED,
                    description=offered.declared.meaning,
                ),
            )


def _list(collection: Collection, actor: Actor, schemas: Schemas, many: str) -> Operation:
    page = object_schema(
        {
            "items": {"type": "array", "items": schemas.record(collection)},
            "next": {"type": ["string", "null"]},
            "count": ref("Count"),
        },
        required=("items", "next"),
    )
    return operation(
        *(f"list_{many}", _("List")),
        tag=str(collection.entry.plural),
        answers={200: answer(_("One page."), page, "Link")},
        parameters=[*_selecting(collection, actor), FIELDS, limit(MOST, USUAL), _CURSOR],
        description=str(collection.entry.meaning),
    )


def _selecting(collection: Collection, actor: Actor) -> Iterator[Schema]:
    usable = selectable_fields(collection.record_type, actor)
    told = "; ".join(
        f"`{name}`: {', '.join(one.key for one in operators_for(field))}" for name, field in usable.items()
    )
    filters: Schema = {
        "type": "array",
        "maxItems": MOST_CONDITIONS,
        "items": {"type": "string", "maxLength": LONGEST_CONDITION},
    }
    yield query(
        "filter",
        f"`field:operator:value`, several values with `|` between them; may be repeated. Operators by field: {told}.",
        filters,
        style="form",
        explode=True,
    )
    yield query(
        "match", "Whether all filters must hold, or any.", {"type": "string", "enum": ["all", "any"], "default": "all"}
    )
    yield query("q", "Only records that hold these words.", {"type": "string", "maxLength": LONGEST_SEARCH})
    yield query(
        "sort",
        "`field`, or `-field` for the other way round; `title` and `id` always work.",
        {"type": "string", "maxLength": 100},
    )
    yield query("include", "`count` adds how many there are, up to 10,000.", {"type": "string", "enum": ["count"]})


def _create(collection: Collection, schemas: Schemas, many: str) -> Operation:
    made = answer(_("The new record."), schemas.record(collection), "ETag", "Location", "Rapport-Event")
    return operation(
        *(f"create_{many}", _("Make one")),
        tag=str(collection.entry.plural),
        answers={201: made},
        parameters=[IDEMPOTENCY_KEY],
        body=json_of(schemas.creation(collection)),
        refused=WRITING_REFUSED,
    )


def _bulk(collection: Collection, schemas: Schemas, many: str) -> Operation:
    rows = {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": schemas.row(collection)}
    whole = object_schema({"rows": rows, "all_or_nothing": {"type": "boolean", "default": False}}, required=("rows",))
    return operation(
        *(f"write_many_{many}", _("Make and change many")),
        tag=str(collection.entry.plural),
        answers={200: answer(_("What became of each row."), ref("BulkOutcome"), "Rapport-Event")},
        parameters=[IDEMPOTENCY_KEY],
        body=json_of(whole),
        refused=WRITING_REFUSED,
        description="Rows with an `id` change that record, rows without one make a new one.",
    )
