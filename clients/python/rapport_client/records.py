"""What all collections can do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypedDict, TypeVar, cast

from .connection import Connection, Query

RecordT = TypeVar("RecordT")
NewT = TypeVar("NewT")
ChangeT = TypeVar("ChangeT")


class Reference(TypedDict):
    """Another record."""

    type: str
    id: str


@dataclass(frozen=True)
class Page(Generic[RecordT]):
    """Some records, and the cursor of those that follow."""

    items: list[RecordT]
    next: str | None
    count: int | None = None


@dataclass(frozen=True)
class Versioned(Generic[RecordT]):
    """A record with its version, to be given back when it is changed."""

    record: RecordT
    etag: str


@dataclass(frozen=True)
class Outcome(Generic[RecordT]):
    """What became of a record by a verb, what else was made, and the event that `undo` takes back."""

    record: RecordT | None
    made: list[Reference]
    event: int | None


class ReadOnlyCollection(Generic[RecordT]):
    """Records that are read."""

    path: str
    kind: type[RecordT]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self,
        *,
        filter: Sequence[str] = (),  # noqa: A002 - the name of the parameter
        match: str | None = None,
        q: str | None = None,
        sort: str | None = None,
        fields: Sequence[str] = (),
        limit: int | None = None,
        cursor: str | None = None,
        count: bool = False,
    ) -> Page[RecordT]:
        """One page of a list; filters are written `field:operator:value`."""
        given: dict[str, str | Sequence[str] | None] = {
            "filter": list(filter) or None,
            "match": match,
            "q": q,
            "sort": sort,
            "cursor": cursor,
            "fields": ",".join(fields) or None,
            "limit": str(limit) if limit else None,
            "include": "count" if count else None,
        }
        query: Query = {name: value for name, value in given.items() if value is not None}
        told = self._connection.ask("GET", self.path, query=query).json()
        return Page([self._made(one) for one in told["items"]], told["next"], told.get("count", {}).get("value"))

    def each(self, **selection: Any) -> Iterator[RecordT]:
        """Every record of a list, page by page; takes what `page` takes."""
        cursor: str | None = None
        while True:
            page = self.page(**{**selection, "cursor": cursor})
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def read(self, key: str) -> RecordT:
        """One record."""
        return self.read_version(key).record

    def read_version(self, key: str) -> Versioned[RecordT]:
        """One record with its version."""
        response = self._connection.ask("GET", f"{self.path}/{key}")
        return Versioned(self._made(response.json()), response.headers["ETag"])

    def history(self, key: str) -> list[dict[str, Any]]:
        """The newest changes of one record."""
        return cast("list[dict[str, Any]]", self._connection.ask("GET", f"{self.path}/{key}/history").json()["items"])

    def timeline(self, key: str) -> list[dict[str, Any]]:
        """The newest that happened around one record."""
        return cast("list[dict[str, Any]]", self._connection.ask("GET", f"{self.path}/{key}/timeline").json()["items"])

    def _made(self, told: Mapping[str, Any]) -> RecordT:
        known = {one.name for one in fields(cast("Any", self.kind))}
        more = {name: value for name, value in told.items() if name not in known}
        make = cast("Callable[..., RecordT]", self.kind)
        return make(**{name: value for name, value in told.items() if name in known}, more=more)

    def _do(self, key: str, verb: str, arguments: object, etag: str | None) -> Outcome[RecordT]:
        response = self._connection.ask(
            "POST", f"{self.path}/{key}/{verb}", body={} if arguments is None else arguments, etag=etag
        )
        told, event = response.json(), response.headers.get("Rapport-Event")
        record = self._made(told["record"]) if told["record"] else None
        return Outcome(record, told["made"], int(event) if event else None)


class Collection(ReadOnlyCollection[RecordT], Generic[RecordT, NewT, ChangeT]):
    """Records that are read, made, changed and deleted."""

    def create(self, values: NewT) -> RecordT:
        """Make a record."""
        return self._made(self._connection.ask("POST", self.path, body=values).json())

    def change(self, key: str, values: ChangeT, *, etag: str | None = None) -> RecordT:
        """Change a record; with an `etag` only if it is still in that version, otherwise `Problem` 412."""
        return self._made(self._connection.ask("PATCH", f"{self.path}/{key}", body=values, etag=etag).json())

    def delete(self, key: str, *, etag: str | None = None) -> None:
        """Delete a record."""
        self._connection.ask("DELETE", f"{self.path}/{key}", etag=etag)

    def write_many(self, rows: Sequence[NewT | ChangeT], *, all_or_nothing: bool = False) -> list[dict[str, Any]]:
        """Make a record of each row without an id, change that of each row with one; tells what became of each."""
        body = {"rows": list(rows), "all_or_nothing": all_or_nothing}
        told = self._connection.ask("POST", f"{self.path}/bulk", body=body).json()
        return cast("list[dict[str, Any]]", told["rows"])
