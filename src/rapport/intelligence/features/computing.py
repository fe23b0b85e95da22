"""From groups of features to a table: the SQL is made by Ibis once, and run by DuckDB on what was pulled."""

from collections.abc import Mapping, Sequence
from threading import local
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from .feature import Group, by_name
from .sources import CASE_COLUMNS, CASES, Source

_OF_THREAD = local()
_FEW = 1_000
"""Cases for which two threads would wait for each other longer than they work."""

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point


def sources_of(groups: Sequence[Group]) -> dict[str, Source]:
    """The sources that groups ask, by name."""
    return {source.name: source for group in groups for source in group.sources}


def sql_of(groups: Sequence[Group], *, dialect: str = "duckdb") -> str:
    """The statement that works all features out, ordered by case; text, so that it can be kept with an estimator."""
    import ibis

    return str(ibis.to_sql(asked_of(groups), dialect=dialect))


def asked_of(groups: Sequence[Group]) -> "Table":
    """All features, ordered by case, asked of tables that are not there yet: of whatever engine Ibis speaks to."""
    point = point_of(groups)
    table = point.cases.select("case")
    for group in groups:
        found = group.compute(point).select("case", *(feature.name for feature in group.features))
        table = table.left_join(found, "case").drop("case_right")
    return table.order_by("case")


def point_of(groups: Sequence[Group]) -> "Point":
    """Where features are asked for, over tables that are not there yet."""
    import ibis

    from .point import Point  # with Ibis, which takes a second or two to load

    sources = sources_of(groups)
    tables = {name: ibis.table(source.all_columns, name=name) for name, source in sources.items()}
    return Point(ibis.table(CASE_COLUMNS, name=CASES), tables, sources)


def pull(groups: Sequence[Group], cases: pa.Table, *, is_now: bool = False, narrow: bool = True) -> dict[str, pa.Table]:
    """The tables that the statement asks for: the cases and the sources, narrowed to the cases' records."""
    tables = {CASES: cases}
    for name, source in sources_of(groups).items():
        is_narrow = source.belongs_to != "" and (narrow or source.reading is not None)
        keys = sorted(set(cases[source.belongs_to].to_pylist()) - {None}) if is_narrow else None
        tables[name] = source.pull(keys, is_now=is_now)
    return tables


def run(sql: str, tables: Mapping[str, pa.Table], groups: Sequence[Group]) -> pa.Table:
    """The features of all cases, in their order; those that a kept statement gives, which may be older than others."""
    engine = _engine()
    engine.execute(f"SET threads = {1 if tables[CASES].num_rows <= _FEW else 2}")
    try:
        for name, table in tables.items():
            engine.register(name, table)
        found: pa.Table = engine.sql(sql).to_arrow_table()
    finally:
        for name in tables:
            engine.unregister(name)
    return found.select([name for name in by_name(tuple(groups)) if name in found.column_names])


def _engine() -> duckdb.DuckDBPyConnection:
    """This thread's own, kept: to open one takes longer than to work out the features of a record."""
    found: duckdb.DuckDBPyConnection | None = getattr(_OF_THREAD, "engine", None)
    if found is None:
        found = _OF_THREAD.engine = duckdb.connect()
    return found
