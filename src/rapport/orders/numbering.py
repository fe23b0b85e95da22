"""Numbers for records that came without one: counted per type, without gaps being promised."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def next_numbers(sequence: str, *, prefix: str, count: int) -> list[str]:
    """The next numbers of a database sequence, such as "T-1001"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [f"{prefix}{number}" for (number,) in cursor.fetchall()]


def number_rows(rows: Sequence[dict[str, Any]], sequence: str, *, prefix: str) -> None:
    """Give a number to each row that has none, in place."""
    waiting = [row for row in rows if not row.get("number")]
    numbers = next_numbers(sequence, prefix=prefix, count=len(waiting)) if waiting else []
    for row, number in zip(waiting, numbers, strict=True):
        row["number"] = number
