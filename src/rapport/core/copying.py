"""`COPY`: the fastest way of many rows into a table."""

from collections.abc import Iterable, Sequence

from django.db import connection


def copy_rows(table: str, columns: Iterable[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows into a table by `COPY`, the fastest way in; in the current transaction."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        raw = cursor.cursor
        with (
            connection.wrap_database_errors,
            raw.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
