"""`./rapport evaluate FILE --target COLUMN`: what a prediction learned from a table would be worth."""

import json
import math
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.cli.tables import (
    ReadTable,
    UnreadableTable,
    demand_columns,
    names_in,
    read_table,
    refusing_bad_input,
    tell_what_is_left_out,
)

if TYPE_CHECKING:
    from rapport.intelligence.tabular import Column, Evaluation, Target, TimeOrder
    from rapport.intelligence.tabular.columns import Floats
    from rapport.intelligence.tabular.evaluation import Trial
    from rapport.intelligence.tabular.measures import Booleans


_NAMED = 8


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a table: CSV, XLSX or JSON")
    parser.add_argument("--target", required=True, metavar="COLUMN", help="the column to foresee: yes or no")
    parser.add_argument("--positive", default="", metavar="VALUE", help="which of its values is the yes")
    parser.add_argument("--drop", default="", metavar="A,B", help="columns to leave out")
    parser.add_argument("--keep", default="", metavar="A,B", help="columns to trust though they look like leakage")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--date", default="", metavar="COLUMN", help="when each row began: also learn by time")
    order.add_argument("--ordered", action="store_true", help="the rows stand in the order of time, the oldest first")
    parser.add_argument("--folds", type=int, default=5, help="how many random parts are foreseen in turn (5)")
    parser.add_argument("--seed", type=int, default=1, help="for all that is drawn at random (1)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")


def _run(options: Namespace) -> int:
    from rapport.intelligence.tabular import evaluate

    begun = perf_counter()
    if not 2 <= options.folds <= 50:
        raise UnreadableTable("--folds takes a number from 2 to 50.")
    table = read_table(options.file)
    tell_what_is_left_out(table)
    target, columns, order = _asked(table, options)
    _tell_what_counts_as_no(target)
    if not columns:
        raise UnreadableTable(f"Beside “{options.target}” no column is left to learn from. Drop fewer.")
    cases = _without_copies(columns, target.yes[target.known], order)
    if cases.copies:
        say(f"{cases.copies} rows are copies of others and are left out: who has seen one knows the other.")
    evaluation = evaluate(
        cases.columns,
        cases.yes,
        order=cases.order,
        folds=options.folds,
        seed=options.seed,
        keep=names_in(table, options.keep),
        tell=say,
    )
    told = _as_json(evaluation, target, cases, options.file.name) | {"seconds": round(perf_counter() - begun, 2)}
    answer(json.dumps(told, ensure_ascii=False, allow_nan=False) if options.json else _as_text(told))
    return 0


def _asked(table: ReadTable, options: Namespace) -> "tuple[Target, list[Column], TimeOrder | None]":
    """The answers, the columns to learn from and the order, of the rows whose answer is known."""
    import numpy as np

    from rapport.intelligence.tabular import ColumnKind, TimeOrder, columns_of, target_of
    from rapport.intelligence.tabular.columns import column_of

    dropped = names_in(table, options.drop)
    demand_columns(table, [options.target, options.date, *dropped, *names_in(table, options.keep)])
    target = target_of(options.target, table.columns[options.target], positive=options.positive)
    rows = [row for row, known in enumerate(target.known.tolist()) if known]
    left_out = {options.target, options.date, *dropped}
    read = columns_of(
        {name: [values[row] for row in rows] for name, values in table.columns.items() if name not in left_out}
    )
    if options.ordered:
        return target, read, TimeOrder(np.arange(len(rows)))
    if not options.date:
        return target, read, None
    began = column_of(options.date, [table.columns[options.date][row] for row in rows])
    if began.kind is ColumnKind.CONSTANT:
        raise UnreadableTable(f"All rows say the same in “{options.date}”: that is no order in time. Leave --date out.")
    if began.numbers is None:
        raise UnreadableTable(f"“{options.date}” holds neither dates nor numbers. Write dates as 2026-11-22.")
    if began.kind is ColumnKind.DATE:
        read = [_since(column, began.numbers) for column in read]
    order = np.argsort(began.numbers, kind="stable")[: int(np.isfinite(began.numbers).sum())]
    if len(order) < len(rows):
        say(f"{len(rows) - len(order)} rows have no readable “{options.date}”; they take no part in the trial by time.")
    return target, read, TimeOrder(order)


@dataclass(frozen=True)
class _Cases:
    """What is learned from: columns, answers, shape (rows,), and the order; `copies` rows were left out of them."""

    columns: "list[Column]"
    yes: "Booleans"
    order: "TimeOrder | None"
    copies: int


def _without_copies(columns: "list[Column]", yes: "Booleans", order: "TimeOrder | None") -> _Cases:
    import numpy as np

    from rapport.intelligence.tabular import TimeOrder
    from rapport.intelligence.tabular.copies import copied_rows

    copies = copied_rows(columns, yes)
    if not copies.any():
        return _Cases(columns, yes, order, 0)
    kept = np.flatnonzero(~copies)
    if order is not None:
        place = np.cumsum(~copies) - 1
        order = TimeOrder(place[[row for row in order.rows.tolist() if not copies[row]]])
    return _Cases([column.rows(kept) for column in columns], yes[kept], order, int(copies.sum()))


def _tell_what_counts_as_no(target: "Target") -> None:
    """Where there are more than two answers: one that only says that nothing is known yet is better left out."""
    if len(target.others) > 1:
        named = ", ".join(f"“{answer}” ({rows} rows)" for answer, rows in islice(target.others.items(), _NAMED))
        say(f"These count as no: {named}. Take rows out of the file whose answer isn't known yet.")


def _since(column: "Column", began: "Floats") -> "Column":
    """Other dates as days since the case began: which day it was teaches nothing of days to come."""
    from rapport.intelligence.tabular import ColumnKind

    if column.kind is not ColumnKind.DATE or column.numbers is None:
        return column
    return replace(column, numbers=column.numbers - began)


def _as_json(evaluation: "Evaluation", target: "Target", cases: _Cases, name: str) -> dict[str, Any]:
    suspected = {suspicion.column: suspicion for suspicion in evaluation.estimator.leakage}
    told: dict[str, Any] = {
        "file": name,
        "target": target.name,
        "positive": target.positive,
        "rows": len(cases.yes),
        "positives": int(cases.yes.sum()),
        "copies_left_out": cases.copies,
        "counted_as_no": dict(islice(target.others.items(), _NAMED)),
        "rows_without_target": int((~target.known).sum()),
        "columns": {column.name: str(column.kind) for column in cases.columns},
        "overall": _trial(evaluation.overall),
    }
    if evaluation.by_time:
        told["by_time"] = _trial(evaluation.by_time)
    return told | {
        "folds": [_trial(fold) for fold in evaluation.folds],
        "verdict": str(evaluation.decisive.verdict),
        "reason": evaluation.decisive.reason,
        "algorithm": evaluation.estimator.algorithm,
        "members": list(evaluation.estimator.members),
        "compared": {one.name: round(one.log_loss, 5) for one in evaluation.estimator.compared},
        "suspected_leakage": list(suspected),
        "leakage": [{"column": one.column, "auc_alone": one.alone, "reason": one.reason} for one in suspected.values()],
    }


def _trial(trial: "Trial") -> dict[str, Any]:
    measures = trial.measures
    return {
        "rows": measures.rows,
        "positives": measures.positives,
        "roc_auc": _figure(measures.roc_auc),
        "pr_auc": _figure(measures.pr_auc),
        "brier": _figure(measures.brier),
        "brier_of_base_rate": _figure(trial.base_rate_brier),
        "ece": _figure(measures.ece),
        "lift": {str(share): _figure(lift) for share, lift in measures.lift.items()},
        "verdict": str(trial.verdict),
        "reason": trial.reason,
        "algorithm": trial.algorithm,
        "suspected_leakage": list(trial.leakage),
        "seconds": trial.seconds,
    }


def _figure(number: float) -> float | None:
    return None if math.isnan(number) else round(number, 5)


def _as_text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['rows']} rows, {told['positives']} of them “{told['positive']}” in “{told['target']}”.",
        "",
        f"{'':<10}{'ROC-AUC':>9}{'PR-AUC':>9}{'Brier':>9}{'ECE':>9}{'lift 20 %':>11}  algorithm",
        *(_line(label, told[key]) for label, key in (("random", "overall"), ("by time", "by_time")) if key in told),
        "",
        f"Verdict: {told['verdict']} ({told['reason']}).",
    ]
    if told["leakage"]:
        lines += ["", "Left out, for they seem to be filled after the answer was known (--keep NAME trusts one):"]
        lines += [f"  {one['column']}: {one['reason']}" for one in told["leakage"]]
    return "\n".join(lines)


def _line(label: str, trial: dict[str, Any]) -> str:
    figures = "".join(f"{trial[key]:>9.3f}" if trial[key] is not None else f"{'-':>9}" for key in _SHOWN)
    return f"{label:<10}{figures}{trial['lift']['20'] or 0:>11.2f}  {trial['algorithm']}"


_SHOWN = ("roc_auc", "pr_auc", "brier", "ece")


COMMAND = Command(
    "evaluate",
    "tells what a prediction learned from a table is worth",
    refusing_bad_input(_run),
    _arguments,
    Needs.DJANGO,
)
