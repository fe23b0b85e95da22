"""What records can be called while an import is checked: looked up by id, name, e-mail or web domain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from rapport.core.actors import current_actor
from rapport.core.attributes import spread
from rapport.core.concealing import hidden_columns
from rapport.core.copying import copy_rows
from rapport.core.merging.merger import survivors_of
from rapport.core.records import RECORD_TYPES
from rapport.core.snapshots import recorded_fields
from rapport.integrations.importing.kinds import kind_of
from rapport.integrations.importing.similarity import comparable
from rapport.integrations.models import ExternalLink, Import, KnownKey

_COLUMNS = ("part_of_id", "record_type", "key", "record_id", "title", "file_id", "line")
_BATCH = 5_000
_WAYS = frozenset({"name", "mail", "domain", "code"})
_MAY_BE_EMPTY = "?"
_LONGEST_SAID = 200
# Key by key, so that the index answers however little the database knows yet of a table that is just being filled.
_FIND = """
SELECT known.key, known.record_id, known.title, known.file_id, known.line FROM unnest(%s::text[]) AS asked(key)
CROSS JOIN LATERAL (
    SELECT * FROM integrations_knownkey WHERE part_of_id = %s AND record_type = %s AND key = asked.key ORDER BY id
) AS known
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A record that answers to a key: its id and title, and its file and line when this import brings it."""

    record_id: UUID
    title: str
    file_id: int | None
    line: int | None


class KnownRecords:
    """The keys of one import. Records of the database are read in when a type is first asked for."""

    def __init__(self, subject: Import, *, system: str) -> None:
        self._subject = subject
        self._system = system
        self._loaded: set[str] = set()

    def forget(self) -> None:
        """Drop all keys of the import."""
        KnownKey.objects.filter(part_of=self._subject).delete()

    def find(self, record_type: str, keys: Iterable[str]) -> dict[str, list[Known]]:
        """The records that answer to each key."""
        self._load(record_type)
        found: dict[str, list[Known]] = defaultdict(list)
        wanted = list(dict.fromkeys(keys))
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [wanted, self._subject.pk, record_type])
            for key, record_id, title, file_id, line in cursor.fetchall():
                found[key].append(Known(record_id, title, file_id, line))
        self._find_linked(record_type, [key for key in wanted if key.startswith("id:") and key not in found], found)
        return found

    def _find_linked(self, record_type: str, keys: list[str], found: dict[str, list[Known]]) -> None:
        """Records that an earlier import made from a row with this identifier, if they still exist."""
        links = ExternalLink.objects.filter(record_type=record_type, system=self._system, key__in=one_of(keys))
        record_of = present(links.values_list("key", "record_id")) if keys else {}
        there = existing_rows(record_type, list(record_of.values())) if record_of else {}
        for key, record_id in record_of.items():
            if record_id in there:
                found[key].append(Known(record_id, RECORD_TYPES[record_type].title_of(there[record_id]), None, None))

    def titles(self, record_type: str, *, limit: int) -> list[tuple[str, UUID]]:
        """Titles with their records, to look for one that resembles an unknown name."""
        self._load(record_type)
        rows = KnownKey.objects.filter(part_of=self._subject, record_type=record_type, key__startswith="name:")
        return list(rows.values_list("title", "record_id")[:limit])

    def add(self, record_type: str, rows: Iterable[tuple[str, UUID, str, int | None, int | None]]) -> None:
        """Make (key, record, title, file, line) known."""
        part_of = self._subject.pk
        complete = (
            (part_of, record_type, key[:310], record_id, title[:300], *rest) for key, record_id, title, *rest in rows
        )
        copy_rows(KnownKey._meta.db_table, _COLUMNS, complete)

    def _load(self, record_type: str) -> None:
        if record_type in self._loaded:
            return
        self._loaded.add(record_type)
        for rows in _batches(_keys_in_database(record_type)):
            self.add(record_type, ((key, record_id, title, None, None) for key, record_id, title in rows))


def present(record_of: Iterable[tuple[str, UUID]]) -> dict[str, UUID]:
    """The records that external keys lead to: for one that was merged, the one it is part of now."""
    found = dict(record_of)
    merged = survivors_of(found.values())
    return {key: merged.get(record_id, record_id) for key, record_id in found.items()}


def one_of(texts: Sequence[str]) -> RawSQL:
    """For `__in`: the texts as one parameter, however many they are."""
    return RawSQL("SELECT unnest(%s::text[])", [list(texts)])


def keys_of(
    values: Mapping[str, Any],
    title: str,
    *,
    together: Iterable[tuple[str, ...]] = (),
    doubtful: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """What a record with these column values answers to; `together` are columns that tell it apart as a group, in
    which what still waits for a decision counts as it is.
    """
    name = values.get("name")
    keys = [f"name:{comparable(str(name))}"] if name else []
    if title and title != name and (called := f"name:{comparable(title)}") not in keys:
        keys.insert(0, called)
    keys += [f"mail:{address.lower()}" for address in _addresses(values)]
    if website := values.get("website"):
        keys.append(f"domain:{domain_of(str(website))}")
    keys += [f"code:{comparable(str(code))}" for column in ("number", "code") if (code := values.get(column))]
    return keys + [key for columns in together if (key := _key_of_group({**doubtful, **values}, columns))]


def _key_of_group(values: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    """What columns say together; nothing where one of them is empty that may not be."""
    parts = [str(values.get(column.removesuffix(_MAY_BE_EMPTY)) or "") for column in columns]
    if not all(part or column.endswith(_MAY_BE_EMPTY) for part, column in zip(parts, columns, strict=True)):
        return ""
    said = "|".join(comparable(part) for part in parts)
    return f"{'+'.join(columns)}:{said if len(said) <= _LONGEST_SAID else sha256(said.encode()).hexdigest()}"


def together(identities: Iterable[str]) -> list[tuple[str, ...]]:
    """The identities of a kind that are columns, one or several together."""
    return [tuple(way.split("+")) for way in identities if way not in _WAYS]


def domain_of(address: str) -> str:
    """The domain of a web or e-mail address: "acme.example" for both https://www.acme.example/x and a@acme.example."""
    host = address.rpartition("@")[2] if "@" in address else address.partition("://")[2] or address
    return host.partition("/")[0].partition(":")[0].lower().removeprefix("www.")


def _addresses(values: Mapping[str, Any]) -> Iterator[str]:
    if values.get("email"):
        yield str(values["email"])
    for entry in values.get("emails") or ():
        if isinstance(entry, dict) and entry.get("value"):
            yield str(entry["value"])


def _keys_in_database(record_type: str) -> Iterator[tuple[str, UUID, str]]:
    model = RECORD_TYPES[record_type]
    names = [field.attname for field in recorded_fields(model)]
    actor = current_actor()
    hidden = set(hidden_columns(model, actor.hidden_fields))
    groups = [
        columns
        for columns in together(kind_of(record_type).identities)
        if not hidden.intersection(column.removesuffix(_MAY_BE_EMPTY) for column in columns)
    ]
    rows = model.objects.visible_to(actor).order_by().values(*names)
    for values in rows.iterator(chunk_size=_BATCH):
        title = model.title_of(values)
        told = {name: value for name, value in values.items() if name not in hidden}
        for key in keys_of(told, title, together=groups):
            yield key, values["id"], title


def _batches(rows: Iterator[tuple[str, UUID, str]]) -> Iterator[list[tuple[str, UUID, str]]]:
    batch: list[tuple[str, UUID, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def existing_rows(record_type: str, record_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The columns of these records, as far as they exist and the actor may see them."""
    model = RECORD_TYPES[record_type]
    names = [field.attname for field in recorded_fields(model)]
    rows = model.objects.visible_to(current_actor()).filter(pk__in=record_ids).values(*names)
    return {row["id"]: spread(row) for row in rows}
