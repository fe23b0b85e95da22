"""What is told again of a kept answer: what the caller may see by now, and nothing else of it.

Where rights are as they were, that is the whole answer. A record that may no longer be seen is told by type and id,
as it is when somebody gives it away; a field that is hidden by now is left out, a link to what is hidden is null.
Secrets are told once, in the first answer. Each function takes the call, the kept document, the parts of the address.
"""

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.concealing import tells_of
from rapport.core.records import RECORD_TYPES, Record

from .bodies import object_body
from .collections import Collection, collection_named, collection_of
from .problems import ApiProblem
from .problems import as_json as problem_json
from .reading import ALWAYS, hidden_links_among, readable_fields, shape_of

if TYPE_CHECKING:
    from .calls import Call

Document = dict[str, Any]


def nothing(_call: "Call", _kept: Document, **_address: Any) -> Document:
    """What no other function knows how to tell again."""
    return {}


def record(call: "Call", kept: Document, **_address: Any) -> Document:
    """A record."""
    return _record(call.actor, kept) or {name: kept[name] for name in ("id", "type")}


def outcome(call: "Call", kept: Document, **_address: Any) -> Document:
    """What became of a verb: the record, and what was made."""
    shown = kept["record"] and _record(call.actor, kept["record"])
    return {"record": shown, "made": _without_hidden_titles(call.actor, kept["made"])}


def rows(call: "Call", kept: Document, *, collection: str) -> Document:
    """What became of each row of many."""
    found = collection_named(collection)
    given = [row.get("id") if isinstance(row, dict) else None for row in object_body(call.request)["rows"]]
    ids = [row.get("id") or _id(raw) for row, raw in zip(kept["rows"], given, strict=True)]
    seen = _seen(call.actor, found, [UUID(one) for one in ids if one]) if found else set()
    told = [
        _row(call.actor, found, row, is_seen=one is None or UUID(one) in seen)
        for row, one in zip(kept["rows"], ids, strict=True)
    ]
    return {**kept, "rows": told}


def conflicts(call: "Call", kept: Document, **_address: Any) -> Document:
    """What undo left alone."""
    told = [one for one in kept["conflicts"] if tells_of(call.actor, one["type"], one["field"])]
    return {**kept, "conflicts": _without_hidden_titles(call.actor, told)}


def delivery(call: "Call", kept: Document, *, record_id: UUID, **_address: Any) -> Document:
    """A delivery of a webhook."""
    found = collection_of("webhook")
    is_seen = found is not None and bool(_seen(call.actor, found, [record_id]))
    return kept if is_seen else {name: kept[name] for name in ("id", "event", "type")}


def _without_hidden_titles(actor: Actor, named: Iterable[Document]) -> list[Document]:
    """Records named by type, id and title; the title is empty where the actor may not see the record."""
    named = list(named)
    seen = seen_ids(actor, [(one["type"], UUID(one["id"])) for one in named])
    return [one if UUID(one["id"]) in seen else {**one, "title": ""} for one in named]


def seen_ids(actor: Actor, named: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Of records named by type and id, those that the actor may see."""
    by_type: dict[str, list[UUID]] = {}
    for record_type, key in named:
        by_type.setdefault(record_type, []).append(key)
    models = {name: RECORD_TYPES[name] for name in by_type if name in RECORD_TYPES}
    return {key for name, model in models.items() for key in _visible(actor, model, by_type[name])}


def _visible(actor: Actor, model: type[Record], keys: Several[UUID]) -> set[UUID]:
    return set(model.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _seen(actor: Actor, found: Collection, keys: Several[UUID]) -> set[UUID]:
    return _visible(actor, found.model, keys) if found.may_read(actor) else set()


def _record(actor: Actor, kept: Document) -> Document | None:
    """The kept record without what may not be seen by now; None if that is all of it."""
    found = collection_of(kept["type"])
    now = found.model.objects.visible_to(actor).filter(pk=kept["id"]).first() if found else None
    if found is None or now is None or not found.may_read(actor):
        return None
    if _conceals_texts(found.model):
        return shape_of(found, actor).one(now)
    readable = readable_fields(found, actor)
    told = {name: value for name, value in kept.items() if name in ALWAYS or name in readable}
    return told | dict.fromkeys(hidden_links_among(readable.values(), told, actor))


def _conceals_texts(model: type[Record]) -> bool:
    """Whether its values tell of other records in words: what they say now is told."""
    return bool(vars(Record)["conceal_for"].__func__ is not getattr(model.conceal_for, "__func__", None))


def _row(actor: Actor, found: Collection | None, row: Document, *, is_seen: bool) -> Document:
    problem = row.get("problem")
    if found is not None and is_seen and (problem is None or _tells_nothing_hidden(actor, found, problem)):
        return row
    bare = {name: row[name] for name in ("status", "id") if name in row}
    return bare | ({"problem": problem_json(ApiProblem(row["status"]))} if problem else {})


def _tells_nothing_hidden(actor: Actor, found: Collection, problem: Mapping[str, Any]) -> bool:
    pointers = {one.get("pointer", "").partition("/")[2] for one in problem.get("errors", ())}
    known = set(found.entry.fields)
    return not (pointers & known) - set(found.entry.readable_by(actor))


def _id(raw: object) -> str | None:
    try:
        return str(UUID(raw)) if isinstance(raw, str) else None
    except ValueError:
        return None
