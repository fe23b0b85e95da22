"""The operations that only files, webhooks and types with estimated fields have."""

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.intelligence.outlooks import of_type
from rapport.intelligence.predictions import of_type as predictions_of
from rapport.quality.imputing.subjects import estimated_fields

from ..collections import Collection
from ..values import Schema, object_schema
from .operations import (
    IDEMPOTENCY_KEY,
    RECORD_ID,
    WRITING_REFUSED,
    Paths,
    answer,
    in_path,
    limit,
    operation,
    query,
    ref,
)
from .schemas import Schemas


def file_paths(collection: Collection, actor: Actor, schemas: Schemas) -> Paths:
    """Attaching and downloading."""
    binary: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
    tag = str(collection.entry.plural)
    if collection.may(actor, "attach"):
        about = {"type": "array", "items": ref("Reference")}
        form = object_schema({"file": binary, "about": about, "text": {"type": "string"}}, required=("file",))
        content = {"multipart/form-data": {"schema": form, "encoding": {"about": {"contentType": "application/json"}}}}
        made = answer(_("The new record."), schemas.record(collection), "ETag", "Location", "Rapport-Event")
        yield (
            *("/files", "post"),
            operation(
                *("attach_file", _("Attach a document")),
                tag=tag,
                answers={201: made},
                parameters=[IDEMPOTENCY_KEY],
                body={"required": True, "content": content},
                refused=WRITING_REFUSED,
            ),
        )
    whole = {"description": _("The document."), "content": {"*/*": {"schema": binary}}}
    yield (
        *("/files/{id}/content", "get"),
        operation("content_of_file", _("Download a document"), tag=tag, answers={200: whole}, parameters=[RECORD_ID]),
    )


def delivery_paths(collection: Collection, actor: Actor) -> Paths:
    """What was sent to a webhook, and sending it again."""
    uuid: Schema = {"type": "string", "format": "uuid"}
    states: Schema = {"type": "string", "enum": ["waiting", "delivered", "parked", "skipped"]}
    before = query("before", "Only what came before this delivery.", uuid)
    state = query("state", "Only deliveries in this state.", states)
    tag = str(collection.entry.plural)
    yield (
        *("/webhooks/{id}/deliveries", "get"),
        operation(
            *("list_deliveries", _("What was sent, and what was answered")),
            tag=tag,
            answers={200: answer(_("The newest first."), ref("DeliveryPage"))},
            parameters=[RECORD_ID, limit(200, 50), before, state],
        ),
    )
    if collection.may(actor, "change"):
        delivery = in_path("delivery_id", "The delivery.", uuid)
        yield (
            *("/webhooks/{id}/deliveries/{delivery_id}/replay", "post"),
            operation(
                *("replay_delivery", _("Send it again")),
                tag=tag,
                answers={200: answer(_("The delivery, waiting again."), ref("Delivery"))},
                parameters=[RECORD_ID, delivery, IDEMPOTENCY_KEY],
                refused=WRITING_REFUSED,
            ),
        )


def estimate_paths(collection: Collection, one: str, tag: str, many: str) -> Paths:
    """What the empty fields of a record probably hold."""
    if estimated_fields(collection.entry.record_type):
        told = _("Estimates from similar records; the record itself stays empty.")
        yield (
            *(f"{one}/estimates", "get"),
            operation(
                *(f"estimates_of_{many}", _("What its empty fields probably hold")),
                tag=tag,
                answers={200: answer(told, ref("Estimates"))},
                parameters=[RECORD_ID],
            ),
        )


def outlook_paths(collection: Collection, one: str, tag: str, many: str) -> Paths:
    """What is expected of a record."""
    if of_type(collection.entry.record_type):
        told = _("Each with its interval, version and moment; without a number where it is withheld.")
        yield (
            *(f"{one}/outlooks", "get"),
            operation(
                *(f"outlooks_of_{many}", _("What is expected of it")),
                tag=tag,
                answers={200: answer(told, ref("Expectations"))},
                parameters=[RECORD_ID],
            ),
        )


def chance_paths(collection: Collection, one: str, tag: str, many: str) -> Paths:
    """The chances of a record."""
    if predictions_of(collection.entry.record_type):
        told = _("Each from 0 to 1 with its reasons, version and moment; without a number where it is withheld.")
        yield (
            *(f"{one}/chances", "get"),
            operation(
                *(f"chances_of_{many}", _("How likely what is foreseen of it is, and why")),
                tag=tag,
                answers={200: answer(told, ref("Chances"))},
                parameters=[RECORD_ID],
            ),
        )
