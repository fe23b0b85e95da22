"""Finding what an address is about: a collection the caller may read, a record it may see."""

from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.merging.merger import survivor_of
from rapport.core.records import Record

from ..collections import Collection, collection_named
from ..problems import ApiProblem, not_found


def collection_for(actor: Actor, name: str) -> Collection:
    """The collection; raises `ApiProblem` 404 when there is none, 403 when the caller reads nothing of it."""
    found = collection_named(name)
    if found is None:
        raise not_found()
    if not found.may_read(actor):
        raise ApiProblem(403, _("Your role or this token may not read these records. Ask an administrator."))
    return found


def record_for(actor: Actor, collection: Collection, record_id: UUID, *, lock: bool = False) -> Record:
    """The record; raises `ApiProblem` 404 alike for one that does not exist and one that may not be seen.

    With `lock` it is read as it is once everybody else has finished with it, and kept so until the transaction ends.
    """
    rows = collection.model.objects.visible_to(actor).filter(pk=record_id)
    record = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if record is None:
        raise _merged_away(actor, collection, record_id) or not_found()
    return record


def _merged_away(actor: Actor, collection: Collection, record_id: UUID) -> ApiProblem | None:
    """Where the record went that was merged into one which the caller may see."""
    into = survivor_of(record_id)
    if into is None or not collection.model.objects.visible_to(actor).filter(pk=into).exists():
        return None
    detail = _("This record was merged into another one. Ask for that.")
    location = f"/api/v1/{collection.name}/{into}"
    return ApiProblem(301, detail, headers={"Location": location}, more={"merged_into": str(into)})
