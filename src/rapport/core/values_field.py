"""The column of a record for values under names: empty in most rows, and read with each of them."""

from typing import Any

from django.db import models


class ValuesField(models.JSONField):
    """A JSON column that knows nothing and no values at sight; to migrations it is a plain one."""

    def deconstruct(self) -> Any:
        """As Django's own field, which it is in the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The values, a new dictionary for each row."""
        if value is None:
            return None
        return {} if value == "{}" else super().from_db_value(value, expression, connection)
