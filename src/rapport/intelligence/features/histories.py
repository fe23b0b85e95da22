"""Sources of what the history says a record held, and small tables that hold at all times."""

from collections.abc import Mapping

from rapport.core.records import RECORD_TYPES

from .sources import HISTORY, NUMBER, TEXT, Belongs, Source

_DAYS = "extract(epoch FROM {moment}) / 86400"


def days(moment: str) -> str:
    """SQL: a moment as days since 1970."""
    return _DAYS.format(moment=moment)


def history_of(record_type: str, columns: Mapping[str, str], *, belongs_to: Belongs = "record_id") -> Source:
    """What the columns of a record type held since when, from its changes; `columns` are column by name.

    The present is read from the rows themselves: it is what the changes come to.
    """
    told = ", ".join(_told(column) for column in columns.values())
    held = ", ".join(f"r.{column}::text" for column in columns.values())
    return Source(
        f"{record_type}_history",
        select=(
            f"SELECT c.record_id, {days('e.at')}, {told}, c.id, c.operation = 'create'"
            " FROM core_change c JOIN core_event e ON e.id = c.event_id"
            f" WHERE c.record_type = '{record_type}' AND c.operation <> 'remove' {{among}}"
        ),
        now=(
            f"SELECT c.record_id, {days('c.created_at')}, {held.replace('r.', 'c.')}, 0, true"
            f" FROM (SELECT r.id AS record_id, r.* FROM {_table(record_type)} r) c WHERE true {{among}}"
        ),
        belongs_to=belongs_to,
        columns={**dict.fromkeys(columns, TEXT), **HISTORY},
        key="c.record_id",
    )


def _told(column: str) -> str:
    """What a change says of a column; '' where it was emptied, nothing where it wasn't touched."""
    return f"coalesce(c.after ->> '{column}', CASE WHEN c.after ? '{column}' THEN '' END)"


def _table(record_type: str) -> str:
    return RECORD_TYPES[record_type]._meta.db_table


RATES = Source(
    "rates",
    select="SELECT code, 0, CASE WHEN is_base THEN 1 ELSE rate END FROM catalog_currency",
    belongs_to="",
    columns={"rate": NUMBER},
)
FAMILIES = Source(
    "families",
    select="SELECT id, 0, family FROM catalog_product WHERE family <> ''",
    belongs_to="",
    columns={"family": TEXT},
)
