"""One record: made, read, changed, deleted, and its verbs."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.core.records import Record
from rapport.core.verbs import VERBS

from ..bodies import object_body, optional_object
from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import Parameters
from ..problems import ApiProblem, not_found
from ..reading import shape_of
from ..telling_again import seen_ids
from ..versions import etag_of, is_known, require_version
from ..writing import read_arguments, read_changes, read_new
from .finding import collection_for, record_for


def create(call: Call, collection: str) -> HttpResponse:
    """Make a record."""
    found = collection_for(call.actor, collection)
    Parameters(call.request, known=())
    need(call, found, "create")
    made = found.model.create(**read_new(found, object_body(call.request), call.actor))
    return _answer(call, found, made, status=201)


def read(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """One record, or 304 when the caller has this version already."""
    found = collection_for(call.actor, collection)
    asked = Parameters(call.request, known=("fields",))
    shape = shape_of(found, call.actor, names=asked.names("fields"))
    record = record_for(call.actor, found, record_id)
    headers = {"ETag": etag_of(record), "Cache-Control": "private, no-cache"}
    if is_known(record, call.headers):
        return HttpResponse(status=304, headers=headers)
    return as_json(shape.one(record), headers=headers)


def change(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """Change some fields of a record."""
    found, record = _to_change(call, collection, record_id, "change")
    body = object_body(call.request)
    record.change(**read_changes(found, body, call.actor))
    return _answer(call, found, record)


def remove(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """Delete a record; the event in `Rapport-Event` can be undone."""
    _found, record = _to_change(call, collection, record_id, "remove")
    record.remove()
    return HttpResponse(status=204)


def perform(call: Call, collection: str, record_id: UUID, verb: str) -> HttpResponse:
    """Do a verb of a record."""
    found = collection_for(call.actor, collection)
    offered = found.verb(verb)
    if offered is None:
        raise not_found()
    Parameters(call.request, known=())
    record = record_for(call.actor, found, record_id, lock=True)
    require_version(record, call.headers)
    if not call.actor.may(offered.declared.permission):
        raise _refusal(offered.declared.label)
    arguments = read_arguments(found, offered, optional_object(call.request), call.actor)
    result = getattr(record, offered.name)(**arguments)
    return _answer(call, found, record, made=_named(call, list(_records_in(result))))


def _to_change(call: Call, collection: str, record_id: UUID, action: str) -> tuple[Collection, Record]:
    """The record, locked until the answer, if it is still in the version the caller knows."""
    found = collection_for(call.actor, collection)
    Parameters(call.request, known=())
    record = record_for(call.actor, found, record_id, lock=True)
    require_version(record, call.headers)
    need(call, found, action)
    return found, record


def need(call: Call, collection: Collection, action: str) -> None:
    """Raise `ApiProblem` 403 unless the caller may do this in the collection."""
    if not collection.may(call.actor, action):
        declared = VERBS.get(f"{collection.record_type}.{action}")
        raise _refusal(declared.label if declared else action)


def _refusal(label: object) -> ApiProblem:
    return ApiProblem(403, _("You may not do this: “%(verb)s”. Ask an administrator.") % {"verb": label})


def _answer(
    call: Call, collection: Collection, record: Record, *, status: int = 200, made: list[Any] | None = None
) -> HttpResponse:
    """The record as it is now; null if the caller sees it no longer (it may have been given away)."""
    now = collection.model.objects.visible_to(call.actor).filter(pk=record.pk).first()
    shown = shape_of(collection, call.actor).one(now) if now is not None else None
    if shown is not None and (secret := getattr(record, "shown_once", "")):
        shown["secret"] = secret
    headers = {"ETag": etag_of(now)} if now is not None else {}
    if status == 201:
        headers["Location"] = f"{call.request.path}/{record.pk}"
    answer = shown if made is None else {"record": shown, "made": made}
    if answer is None:
        answer = {"id": str(record.pk), "type": record.record_type}
    return as_json(answer, status=status, headers=headers)


def _named(call: Call, made: Sequence[Record]) -> list[dict[str, str]]:
    """Records by type, id and title; without a title where the caller may not see them."""
    seen = seen_ids(call.actor, [(one.record_type, one.pk) for one in made])
    return [{"type": one.record_type, "id": str(one.pk), "title": one.title if one.pk in seen else ""} for one in made]


def _records_in(result: Any) -> Iterator[Record]:
    """The records that a verb gave back."""
    if isinstance(result, Record):
        yield result
    elif is_dataclass(result) and not isinstance(result, type):
        for part in fields(result):
            yield from _records_in(getattr(result, part.name))
