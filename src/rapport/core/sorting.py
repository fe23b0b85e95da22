"""Sort keys: names reduced to lower case without accents, kept by the database beside the names themselves.

The database may collate by code point, which puts "Émile" after "Zoé"; and a keyset page needs an indexed column.
"""

from django.db import models
from django.db.models.functions import Concat


class Sortable(models.Func):
    """Text as it is sorted: lower case, no accents; the same text as `search.normalise` gives, spaces apart."""

    template = "lower(regexp_replace(normalize(%(expressions)s, NFKD), U&'[\\0300-\\036F]', '', 'g'))"
    output_field = models.TextField()


def sort_key(*columns: str) -> models.GeneratedField:
    """A stored column that sorts by these columns one after the other; index it together with `id`."""
    text = Concat(*_separated(columns)) if len(columns) > 1 else models.F(columns[0])
    return models.GeneratedField(expression=Sortable(text), output_field=models.TextField(), db_persist=True)


def _separated(columns: tuple[str, ...]) -> "list[models.F | models.Value]":
    parts: list[models.F | models.Value] = []
    for column in columns:
        parts += [models.F(column), models.Value(" ")]
    return parts[:-1]
