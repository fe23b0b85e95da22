"""Many records at once by one statement: a template written again and again, with other values in some columns."""

from collections.abc import Mapping

from django.db import connection

from rapport.core.records import Record


def copy_many(template: Record, made: Mapping[str, str], made_from: str) -> None:
    """One record for each row of `made_from`; `made` says by column what differs, as SQL.

    No event is written: what is measured on such records doesn't read their history, or makes it by itself.
    """
    meta = template._meta
    columns = [str(field.column) for field in meta.concrete_fields if not field.generated]
    values = ", ".join(made.get(column, f"template.{column}") for column in columns)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} template, {made_from}"  # noqa: S608
            " WHERE template.id = %s",
            [template.pk],
        )
