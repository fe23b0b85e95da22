"""Reading moments from the database: hundreds a page, which Django's own way takes a regular expression each for."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader, get_adapters_template


class Moments(BaseTzLoader):  # type: ignore[misc]
    """A `timestamptz` as a moment in UTC, which is the zone of all our connections."""

    timezone = UTC

    def load(self, data: Any) -> Any:
        """Python reads what the database writes; other than that are years before 1 or after 9999 and other zones."""
        try:
            moment = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data)
        return moment if moment.tzinfo is UTC else super().load(data)


def read_moments_quickly() -> None:
    """For all connections of this process that are made from now on."""
    get_adapters_template(True, UTC).register_loader("timestamptz", Moments)  # noqa: FBT003 - Django's order
