"""Links to rows of the same file, or of a file that comes later: resolved when every row is staged."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.db import connection, transaction

from rapport.integrations.importing.checking.book import Book
from rapport.integrations.importing.checking.completing import column_of
from rapport.integrations.importing.checking.file_check import Surroundings, row_reader
from rapport.integrations.importing.checking.findings import link_entry
from rapport.integrations.importing.linking import Link, LinkResolver, told_apart
from rapport.integrations.importing.planning import Mapped
from rapport.integrations.importing.targets import Importable, importable
from rapport.integrations.models import ImportFile, StagedRow

_CHUNK = 5_000


class LaterLinks:
    """Resolves what the rows of one file left for later."""

    def __init__(self, file: ImportFile, around: Surroundings) -> None:
        self._file = file
        self._around = around
        self._target: Importable = importable(file.record_type)
        self._book = Book(around.subject)
        reader = row_reader(file)
        self._apart = reader.apart
        self._mapped = {item.field.name: item for item in reader.links if item.link_to in around.deferred}
        self._resolvers = {item.link_to: LinkResolver(item.link_to, around.known) for item in self._mapped.values()}

    def run(self) -> None:
        """Resolve all, chunk by chunk."""
        if self._mapped:
            for rows in self._chunks():
                with transaction.atomic():
                    self._resolve(rows)

    def _chunks(self) -> Iterator[list[StagedRow]]:
        last = 0
        waiting = StagedRow.objects.filter(file=self._file, later__isnull=False).order_by("position")
        while rows := list(waiting.filter(position__gt=last)[:_CHUNK]):
            yield rows
            last = rows[-1].position

    def _resolve(self, rows: Sequence[StagedRow]) -> None:
        addresses: list[tuple[StagedRow, str, str, tuple[str, str]]] = []
        for name, mapped in self._mapped.items():
            asked = [row for row in rows if name in (row.later or {})]
            found = self._resolvers[mapped.link_to].resolve((row.later or {})[name] for row in asked)
            for row in asked:
                text = (row.later or {}).pop(name)
                self._settle(row, mapped, text, found[text], addresses)
        self._book.write()
        for row, name, text, address in addresses:
            row.waits = {**(row.waits or {}), name: [self._book.number(address), text]}
        _save(rows)

    def _settle(self, row: StagedRow, mapped: Mapped, text: str, link: Link, addresses: list[Any]) -> None:
        name, column = mapped.field.name, column_of(self._target, mapped.field.name)
        if link.interpreted and self._apart.has(name, text):
            link = told_apart(link)
        if link.interpreted or not link.record_id:
            entry = link_entry(self._file.pk, mapped, text, link, offered=self._around.offered)
            address = self._book.note(entry, line=row.line)
            if not link.record_id:
                addresses.append((row, name, text, address))
        if link.record_id and link.file_id is None:
            row.values = {**(row.values or {}), column: str(link.record_id)}
        elif link.record_id:
            row.later = {**(row.later or {}), name: [str(link.record_id), link.file_id, link.line]}


def _save(rows: Sequence[StagedRow]) -> None:
    columns: list[Any] = [
        [row.pk for row in rows],
        *([orjson.dumps(getattr(row, name) or None).decode() for row in rows] for name in ("values", "waits", "later")),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE integrations_stagedrow AS old SET values = nullif(new.values, 'null'::jsonb),"
            " waits = nullif(new.waits, 'null'::jsonb), later = nullif(new.later, 'null'::jsonb)"
            " FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::jsonb[]) AS new(id, values, waits, later)"
            " WHERE old.id = new.id",
            columns,
        )
