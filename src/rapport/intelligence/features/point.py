"""The point in time: the only way from features to sources, through which nothing is seen that came later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr.types import Table, Value

from .sources import Source


@dataclass(frozen=True)
class Point:
    """The cases, and the sources as far as they held at the moment of each."""

    cases: Table
    tables: Mapping[str, Table]
    sources: Mapping[str, Source]

    def until(self, name: str) -> Table:
        """The rows of a source beside the case they belong to, with its `case`, `as_of` and `began`."""
        rows = self._beside(name)
        return rows.filter(rows.at <= rows.as_of)

    def told(self, name: str, columns: Iterable[str], *, steady: Iterable[str] = ()) -> Table:
        """What the history of a source says each column held at the moment of the case: `case` and the columns.

        A record brought in from elsewhere has no history before that: of its columns only those that are `steady`,
        which nobody fills in later because of how a case ended, are then told, as they were when it came in.
        """
        rows = self._beside(name)
        held = rows.at <= rows.as_of
        fixed = set(steady)

        def value(column: str) -> Value:
            told: Any = rows[column]
            last = told.argmax(rows.change, where=held & told.notnull())
            first = told.argmin(rows.change, where=rows.is_first & told.notnull())
            return (ibis.coalesce(last, first) if column in fixed else last).nullif("")

        return rows.group_by("case").aggregate(**{column: value(column) for column in columns})

    def small(self, name: str) -> Table:
        """A source that holds at all times, such as what currencies are worth."""
        return self.tables[name]

    def _beside(self, name: str) -> Table:
        rows = self.tables[name]
        cases = self.cases.select("case", "as_of", "began", belongs=self.sources[name].belongs_to)
        return cases.inner_join(rows, cases.belongs == rows.key)
