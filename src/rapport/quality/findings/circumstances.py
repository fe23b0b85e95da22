"""What stands around a finding: whose record it is, where the value came from, how much business hangs on it."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Sum

from rapport.catalog.queries import current_rates
from rapport.core.records import Record
from rapport.governance.columns import column_of
from rapport.identity.models import OwnedRecord
from rapport.pipeline.models import Opportunity, Status

from ..ruling import Rule

Key = tuple[UUID, str, str]
_LONGEST_SOURCE = 80
_THROUGH = {"organisation": "organisation_id", "person": "person_id"}
_SOURCES = """
SELECT DISTINCT ON (wanted.record_id, wanted.name) wanted.record_id, wanted.field,
    CASE WHEN event.verb LIKE 'import.%%' THEN 'import' ELSE event.source END
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS wanted(record_id, field, name)
JOIN core_change AS change ON change.record_id = wanted.record_id
    AND (change.after ? wanted.name OR change.operation = 'create')
JOIN core_event AS event ON event.id = change.event_id
ORDER BY wanted.record_id, wanted.name, change.id DESC
"""


@dataclass
class Circumstances:
    """By record: owner and team, values, business at stake; by record and field: the source."""

    owners: dict[UUID, tuple[UUID | None, UUID | None]] = field(default_factory=dict)
    values: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    at_stake: dict[UUID, Decimal] = field(default_factory=dict)
    sources: dict[tuple[UUID, str], str] = field(default_factory=dict)

    def source(self, record_id: UUID, name: str) -> str:
        """Where the value came from; for an empty one, where the record did."""
        return self.sources.get((record_id, name), "")[:_LONGEST_SOURCE]

    def imprint(self, model: type[Record], record_id: UUID, name: str) -> str:
        """A short mark of the value, by which a change of it is noticed."""
        value = self.values.get(record_id, {}).get(column_of(model, name).attname) if name else None
        return hashlib.blake2b(orjson.dumps(value, default=str), digest_size=12).hexdigest()


def circumstances_of(model: type[Record], ids: Collection[UUID], new: Mapping[Key, Rule]) -> Circumstances:
    """Ask for all of it, with few questions however many records; sources only of what is `new`."""
    around = Circumstances()
    if not ids:
        return around
    rows = model._base_manager.filter(pk__among=list(ids)).order_by()
    for values in rows.values():
        around.values[values["id"]] = {**values, **(values.get("attributes") or {})}
    owned = issubclass(model, OwnedRecord)
    around.owners = {
        key: (values["owner_id"], values["team_id"]) if owned else (None, None) for key, values in around.values.items()
    }
    around.at_stake = _at_stake(model, around.values)
    around.sources = _sources(model, new)
    return around


def _sources(model: type[Record], new: Iterable[Key]) -> dict[tuple[UUID, str], str]:
    wanted = {(record_id, name) for record_id, _rule, name in new}
    if not wanted:
        return {}
    columns = {name: column_of(model, name).attname if name else "" for _record_id, name in wanted}
    rows = [(record_id, name, columns[name]) for record_id, name in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES, [list(part) for part in zip(*rows, strict=True)])
        return {(record_id, name): source for record_id, name, source in cursor.fetchall()}


def _at_stake(model: type[Record], values: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, Decimal]:
    """A record's own amount in the base currency; for organisations and people, their open opportunities."""
    rates = current_rates()
    found: dict[UUID, Decimal] = defaultdict(Decimal)
    through = _THROUGH.get(model.record_type)
    if through:
        rows = Opportunity._base_manager.filter(**{f"{through}__in": list(values)}, status=Status.OPEN).order_by()
        for key, currency, amount in rows.values_list(through, "currency").annotate(Sum("amount")):
            found[key] += rates.in_base(amount or Decimal(0), currency) or 0
        return found
    for key, row in values.items():
        if row.get("amount") and "currency" in row:
            found[key] = round(rates.in_base(row["amount"], row["currency"] or "") or Decimal(0), 2)
    return found
