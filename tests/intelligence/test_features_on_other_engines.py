"""Features are defined once: another engine works out from the same tables what DuckDB does."""

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from rapport.intelligence.features.computing import asked_of, run, sources_of
from rapport.intelligence.features.own import OwnFeature
from rapport.intelligence.features.sources import CASE_COLUMNS, CASES, FLAG, TEXT, WHOLE, Columns
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Prediction

_CASES, _RECORDS, _ROWS = 60, 20, 300
_SPARK_ABSENT = "Spark isn't installed: pip install 'rapport-crm[spark]' (and Java 17) runs the same features there."

Tables = Mapping[str, pa.Table]


_OWN = (("number", ""), ("amount", ""), ("amount", "EUR"), ("boolean", ""), ("choice", ""), ("date", ""))


def _with_own_fields(prediction: Prediction) -> Prediction:
    """With one of each kind that is a feature."""
    told = [
        OwnFeature(prediction.record_type, f"own_{number}", kind, f"My {kind}", currency)
        for number, (kind, currency) in enumerate(_OWN)
    ]
    return prediction.with_own(told)


@pytest.fixture(params=[*sorted(predictions()), "own fields of win_probability"])
def prediction(request: pytest.FixtureRequest) -> Prediction:
    name = request.param.removeprefix("own fields of ")
    return predictions()[name] if name == request.param else _with_own_fields(predictions()[name])


def _tables(prediction: Prediction) -> Tables:
    """Facts made up for every source, with gaps, and cases at any moment."""
    dice = random.Random(5)
    found = {CASES: _cases(dice)}
    for name, source in sources_of(prediction.groups).items():
        found[name] = _rows(source.all_columns, dice, small=not source.belongs_to)
    return found


def _cases(dice: random.Random) -> pa.Table:
    rows = [
        (n, _key(dice), _key(dice), as_of := dice.uniform(400, 900), as_of - dice.uniform(1, 300))
        for n in range(_CASES)
    ]
    return _table(CASE_COLUMNS, rows)


def _rows(columns: Columns, dice: random.Random, *, small: bool) -> pa.Table:
    makers = [_maker(name, kind, dice) for name, kind in columns.items()]
    rows = [tuple(make(number) for make in makers) for number in range(_RECORDS if small else _ROWS)]
    return _table(columns, [(f"key-{row}", *given[1:]) for row, given in enumerate(rows)] if small else rows)


def _maker(name: str, kind: str, dice: random.Random) -> Callable[[int], Any]:
    if name == "key":
        return lambda _row: _key(dice)
    if name == "change":
        return lambda row: row
    if name == "at":
        return lambda _row: dice.uniform(0, 1_000)
    words = ("", "meeting", "mail", "12", "3.5", "key-3", "true")
    made: dict[str, Callable[[], Any]] = {
        TEXT: lambda: dice.choice(words),
        FLAG: lambda: dice.random() < 0.5,
        WHOLE: lambda: dice.randrange(9),
    }
    make = made.get(kind, lambda: dice.uniform(1, 900))
    may_be_missing = name not in {"is_first", "won", "came_in", "amount", "position", "person"}
    return lambda _row: None if may_be_missing and dice.random() < 0.2 else make()


def _key(dice: random.Random) -> str:
    return f"key-{dice.randrange(_RECORDS)}"


def _table(columns: Columns, rows: list[tuple[Any, ...]]) -> pa.Table:
    schema = pa.schema({name: pa.type_for_alias(kind) for name, kind in columns.items()})
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)],
        schema=schema,
    )


def _by_duckdb(prediction: Prediction, tables: Tables) -> list[dict[str, Any]]:
    return run(prediction.sql, tables, prediction.groups).to_pylist()


def _assert_alike(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    assert len(found) == len(expected) == _CASES
    told = 0
    for mine, theirs in zip(expected, found, strict=True):
        for name, value in mine.items():
            told += value is not None
            assert theirs[name] == (pytest.approx(value, rel=1e-9) if isinstance(value, float) else value), name
    assert told > _CASES


def test_polars_works_out_the_same_features_as_duckdb(prediction: Prediction) -> None:
    import ibis

    tables = _tables(prediction)
    engine = ibis.polars.connect()
    for name, table in tables.items():
        engine.create_table(name, table)
    found = engine.to_pyarrow(asked_of(prediction.groups)).select(list(prediction.features)).to_pylist()
    _assert_alike(found, _by_duckdb(prediction, tables))


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Spark on this machine alone."""
    pytest.importorskip("pyspark", reason=_SPARK_ABSENT)
    from pyspark.sql import SparkSession

    told = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("spark")),
    }
    builder = SparkSession.builder.master("local[1]").appName("features")
    session = builder.config(map=told).getOrCreate()
    yield session
    session.stop()


@pytest.mark.slow
def test_spark_works_out_the_same_features_as_duckdb(prediction: Prediction, spark: Any, tmp_path: Path) -> None:
    import ibis

    tables = _tables(prediction)
    engine = ibis.pyspark.connect(spark)
    for name, table in tables.items():
        spark.createDataFrame(table).createOrReplaceTempView(name)
    found = engine.to_pyarrow(asked_of(prediction.groups)).select(list(prediction.features)).to_pylist()
    _assert_alike(found, _by_duckdb(prediction, tables))
