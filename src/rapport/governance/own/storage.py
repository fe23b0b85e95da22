"""How the values of each kind of own field are kept in JSON, and how the database reads them back typed.

Every expression is immutable, so that an index can be made of it: days and moments are compared as ISO 8601 text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models


class IsoText(models.Field):  # type: ignore[type-arg]
    """Values compared by the database as text whose order is theirs."""

    def __init__(self, read: Callable[[str], Any], write: Callable[[Any], str]) -> None:
        self.read, self.write = read, write
        super().__init__(null=True)

    def db_type(self, connection: Any) -> str:
        """Text."""
        return "text"

    def to_python(self, value: Any) -> Any:
        """The value a text stands for."""
        return self.read(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """The text a value is compared as."""
        return value if value is None or isinstance(value, str) else self.write(value)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """The value behind the text that the database gave."""
        return None if value is None else self.read(value)


@dataclass(frozen=True)
class Storage:
    """One way to keep a value: `sql` reads it typed; `write` and `read` go between Python and JSON."""

    sql: str
    output: "models.Field[Any, Any]"
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


def _iso_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _iso_time(value: time) -> str:
    return value.isoformat(timespec="minutes")


def _decimal(value: Any) -> str:
    return str(value if isinstance(value, Decimal) else Decimal(str(value)))


_TEXT = "({column} ->> '{key}')"

TEXT = Storage(_TEXT, models.TextField(null=True), str, _as_it_is)
NUMBER = Storage(
    f"({_TEXT}::numeric)", models.DecimalField(max_digits=40, decimal_places=10, null=True), _decimal, Decimal
)
WHOLE = Storage(f"({_TEXT}::bigint)", models.BigIntegerField(null=True), int, int)
YES_NO = Storage("(({column} -> '{key}')::boolean)", models.BooleanField(null=True), bool, bool)
DAY = Storage(_TEXT, IsoText(date.fromisoformat, date.isoformat), date.isoformat, date.fromisoformat)
MOMENT = Storage(_TEXT, IsoText(datetime.fromisoformat, _iso_moment), _iso_moment, datetime.fromisoformat)
TIME = Storage(_TEXT, IsoText(time.fromisoformat, _iso_time), _iso_time, time.fromisoformat)
LINK = Storage(f"({_TEXT}::uuid)", models.UUIDField(null=True), str, UUID)
SEVERAL = Storage("({column} -> '{key}')", models.JSONField(null=True), list, list)
