"""Many records in one request: each made or changed, or told why not; all of them or none, if so asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.core.events import batch
from rapport.core.records import Record
from rapport.core.sight import titles_seen
from rapport.governance.domains import ValueProblem

from ..bodies import object_body
from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import Parameters
from ..problems import KNOWN, ApiProblem, Mistake, problem_of, wrong_values
from ..problems import as_json as problem_json
from ..values import check_id
from ..versions import etag_of
from ..writing import read_changes, read_new
from .finding import collection_for, record_for
from .records import need

MOST = 1_000
_MEMBERS = frozenset({"rows", "all_or_nothing"})


@dataclass(frozen=True)
class Row:
    """What became of one row; `key` is the id that it gave."""

    status: int
    record: Record | None = None
    problem: ApiProblem | None = None
    key: UUID | None = None

    def as_json(self, titles: Mapping[UUID, str]) -> dict[str, Any]:
        """Its id and version; or its problem, with the id that it gave and the title, where the caller may know it."""
        shown: dict[str, Any] = {"status": self.status}
        if self.record is not None:
            shown |= {"id": str(self.record.pk), "etag": etag_of(self.record)}
        elif self.key is not None:
            shown |= {"id": str(self.key), "title": titles.get(self.key, "")}
        return shown | ({"problem": problem_json(self.problem)} if self.problem else {})


def write_many(call: Call, collection: str) -> HttpResponse:
    """Make a record of each row without an id, change the record of each row with one."""
    found = collection_for(call.actor, collection)
    Parameters(call.request, known=())
    rows, all_or_nothing = _read(object_body(call.request))
    with batch(uuid4()):
        done = _write_all(call, found, rows, all_or_nothing=all_or_nothing)
    failed = sum(row.problem is not None for row in done)
    counts = {"created": _count(done, 201), "changed": _count(done, 200), "failed": failed}
    titles = titles_seen(call.actor, {found.model: [row.key for row in done if row.key is not None]})
    return as_json({"rows": [row.as_json(titles) for row in done], **counts})


def _count(rows: Sequence[Row], status: int) -> int:
    return sum(row.status == status for row in rows)


def _read(body: dict[str, Any]) -> tuple[list[Any], bool]:
    rows, all_or_nothing = body.get("rows"), body.get("all_or_nothing", False)
    unknown = sorted(set(body) - _MEMBERS)
    if unknown or not isinstance(rows, list) or not isinstance(all_or_nothing, bool):
        raise ApiProblem(422, _("Send {“rows”: […], “all_or_nothing”: true or false}."))
    if not 1 <= len(rows) <= MOST:
        raise wrong_values([Mistake(_("Send 1 to %(most)d rows at once.") % {"most": MOST}, "/rows")])
    return rows, all_or_nothing


def _write_all(call: Call, collection: Collection, rows: Sequence[Any], *, all_or_nothing: bool) -> list[Row]:
    done: list[Row] = []
    for number, raw in enumerate(rows):
        row = _attempt(call, collection, raw)
        if row.problem is not None and all_or_nothing:
            raise _undone(row.problem, number)
        done.append(row)
    return done


def _undone(problem: ApiProblem, number: int) -> ApiProblem:
    """The first failure ends everything; its mistakes tell the row."""
    words = {"number": number + 1, "reason": problem.detail}
    detail = _("Nothing was done: row %(number)d was refused. %(reason)s") % words
    mistakes = [Mistake(one.detail, f"/rows/{number}{one.pointer}") for one in problem.mistakes]
    return ApiProblem(problem.status, detail, mistakes or [Mistake(problem.detail, f"/rows/{number}")])


def _attempt(call: Call, collection: Collection, raw: Any) -> Row:
    """One row in a part of the transaction that can be taken back alone."""
    try:
        with transaction.atomic():
            return _write(call, collection, raw)
    except KNOWN as error:
        problem = problem_of(cast("Exception", error))
        return Row(problem.status, problem=problem, key=_key_of(raw))


def _write(call: Call, collection: Collection, raw: Any) -> Row:
    if not isinstance(raw, dict):
        raise ApiProblem(422, _("Send an object here: {…}."))
    if "id" not in raw:
        need(call, collection, "create")
        return Row(201, collection.model.create(**read_new(collection, raw, call.actor)))
    record = record_for(call.actor, collection, _key(raw["id"]), lock=True)
    need(call, collection, "change")
    values = {name: value for name, value in raw.items() if name != "id"}
    record.change(**read_changes(collection, values, call.actor))
    return Row(200, record)


def _key_of(raw: Any) -> UUID | None:
    """The id that a refused row gave, if it is one."""
    try:
        return _key(raw.get("id")) if isinstance(raw, dict) else None
    except ApiProblem:
        return None


def _key(raw: Any) -> UUID:
    try:
        return UUID(check_id(None, raw))
    except ValueProblem as problem:
        raise wrong_values([Mistake(str(problem), "/id")]) from None
