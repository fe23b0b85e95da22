"""Weighing pairs: how much each field speaks for or against two records being the same (by Splink, on DuckDB)."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException, SplinkException

from .blocking import MOST_PAIRS_A_ROW, Blocks, blocks_of
from .columns import Column, Kind
from .pairs import FieldWeight, Pair

_FEW_ENOUGH = 0.01  # pairs less likely than this are not looked at
_SAMPLED_PAIRS = 1_000_000
_LEARNING_ROUNDS = 4
_SHARE_FOUND_BY_TWO_FIELDS = 0.8  # of all duplicates, those that agree in two telling fields; a start for learning
_SHARE = "_probability_two_random_records_match"
_ROW = "row_number"


def scored_pairs(columns: Sequence[Column], *, border: int | None, seed: int) -> list[Pair]:
    """The pairs that may be the same; with a `border` only those with one row on either side of it.

    None where nothing can be learned: no two rows agree in more than chance would have it.
    """
    names = {column.name: f"c{number}" for number, column in enumerate(columns)}
    blocks = blocks_of(columns)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        linker = _linker(connection, columns, names, blocks, border)
        _learn(linker, blocks, names, seed=seed, height=len(columns[0].values))
        try:
            scored = linker.inference.predict(threshold_match_probability=_FEW_ENOUGH).as_duckdbpyrelation()
        except SplinkException:  # weights that are no numbers
            return []
        return sorted(_pairs(scored, names), key=lambda pair: (-pair.weight, pair.left, pair.right))


def _linker(
    connection: duckdb.DuckDBPyConnection,
    columns: Sequence[Column],
    names: Mapping[str, str],
    blocks: Blocks,
    border: int | None,
) -> Linker:
    height = len(columns[0].values)
    table = pa.table(
        {_ROW: list(range(height))} | {names[column.name]: pa.array(column.values, pa.string()) for column in columns}
    )
    interface = DuckDBAPI(connection)
    parts = [table] if border is None else [table.slice(0, border), table.slice(border)]
    settings = SettingsCreator(
        link_type="dedupe_only" if border is None else "link_only",
        unique_id_column_name=_ROW,
        comparisons=[_comparison(names[column.name], column.kind) for column in columns],
        blocking_rules_to_generate_predictions=[_rule(rule, names) for rule in blocks.rules],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )
    return Linker([interface.register(part) for part in parts], settings, log_level=logging.CRITICAL)


def _comparison(name: str, kind: Kind) -> Any:
    """Equal (rarer values count more), nearly equal, somewhat like, or different."""
    if kind is Kind.CATEGORY:
        return comparisons.ExactMatch(name)
    equal = levels.ExactMatchLevel(name, term_frequency_adjustments=True)
    grades: list[Any] = [levels.NullLevel(name), equal, *_near(name, kind), levels.ElseLevel()]
    return comparisons.CustomComparison(output_column_name=name, comparison_levels=grades)


def _near(name: str, kind: Kind) -> list[Any]:
    if kind is Kind.CODE:
        return [levels.DamerauLevenshteinLevel(name, 1), levels.DamerauLevenshteinLevel(name, 2)]
    return [levels.JaroWinklerLevel(name, 0.92), levels.JaroWinklerLevel(name, 0.8)]


def _rule(columns: Sequence[Column], names: Mapping[str, str]) -> Any:
    return block_on(*(names[column.name] for column in columns))


def _learn(linker: Linker, blocks: Blocks, names: Mapping[str, str], *, seed: int, height: int) -> None:
    """Learn the weights: how often fields agree by chance, and, by expectation maximisation, among the same."""
    sure = [_rule(two, names) for two in combinations(blocks.telling, 2)] or [_rule(blocks.rules[0], names)]
    linker.training.estimate_probability_two_random_records_match(sure[:10], recall=_SHARE_FOUND_BY_TWO_FIELDS)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS, seed=seed)
    learnable = blocks.telling if len(names) > 1 else []  # agreeing in the only column leaves nothing to compare
    for rule in ([column] for column in learnable[:_LEARNING_ROUNDS]):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(_rule(rule, names))
        except (EMTrainingException, SplinkException, ValueError):
            continue  # too few pairs agree in this field, or all look alike; others teach enough
    _stay_plausible(linker, height)


def _stay_plausible(linker: Linker, height: int) -> None:
    """Where learning says that nearly any two rows are the same, or says nothing, assume one double for two rows.

    That happens in tables whose columns tell each other, such as town and postal code, and hold nothing besides.
    """
    learned: Any = vars(linker)["_settings_obj"]  # Splink tells and takes it nowhere else
    share = getattr(learned, _SHARE)
    if not 0 < share * (height - 1) / 2 <= MOST_PAIRS_A_ROW:  # not a number fails this too
        setattr(learned, _SHARE, 1 / height)


def _pairs(scored: duckdb.DuckDBPyRelation, names: Mapping[str, str]) -> Iterator[Pair]:
    place = {name: position for position, name in enumerate(scored.columns)}
    weights = {
        field: [place[kind + name] for kind in ("mw_", "mw_tf_adj_") if kind + name in place]
        for field, name in names.items()
    }
    for row in scored.fetchall():
        left, right = row[place[f"{_ROW}_l"]], row[place[f"{_ROW}_r"]]
        fields = [
            FieldWeight(field, round(sum(row[position] or 0.0 for position in positions), 2))
            for field, positions in weights.items()
        ]
        yield Pair(
            min(left, right), max(left, right), row[place["match_probability"]], row[place["match_weight"]], fields
        )
