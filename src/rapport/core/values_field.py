"""JSON columns that are read with each record of their type: values under names, empty in most rows, and entries."""

from typing import Any

import msgspec
from django.db import models


class _ReadOften(models.JSONField):
    """To migrations it is a plain JSON column."""

    def deconstruct(self) -> Any:
        """As Django's own field, which it is in the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options


class EntriesField(_ReadOften):
    """A list of entries that hold texts: read with one call, where Python's own reader takes a dozen."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The entries, a new list for each row."""
        return (
            msgspec.json.decode(value) if type(value) is str else super().from_db_value(value, expression, connection)
        )


class ValuesField(_ReadOften):
    """A JSON column that knows nothing and no values at sight."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The values, a new dictionary for each row."""
        if value is None:
            return None
        return {} if value == "{}" else super().from_db_value(value, expression, connection)
