"""`./rapport forecast FILE --date D --value V [--series S] --horizon N`: what regular series will do."""

import json
import math
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.cli.tables import (
    ReadTable,
    UnreadableTable,
    days_in,
    demand_columns,
    left_out,
    names_in,
    numbers_in,
    read_table,
    refusing_bad_input,
    tell_what_is_left_out,
    write_table,
)

if TYPE_CHECKING:
    from rapport.intelligence.series import Evaluation, Panel
    from rapport.intelligence.series.evaluation import Figures

_FREQUENCIES = ("day", "workday", "week", "month", "quarter", "year")
_SHOWN = 0.02


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a table with a line a period: CSV, XLSX or JSON")
    parser.add_argument("--date", required=True, metavar="COLUMN", help="the period: its first day, a month, a week …")
    parser.add_argument("--value", required=True, metavar="COLUMN", help="what is to be foreseen; lines are summed")
    parser.add_argument(
        "--series", default="", metavar="A,B", help="which series a line is of; several from large to small"
    )
    parser.add_argument("--horizon", required=True, type=int, metavar="N", help="how many periods to foresee")
    parser.add_argument("--frequency", choices=_FREQUENCIES, help="how long a period is (found out by itself)")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the forecast with its intervals there")
    parser.add_argument("--seed", type=int, default=1, help="for all that is drawn at random (1)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")


def _run(options: Namespace) -> int:
    from rapport.intelligence.series import evaluate

    begun = perf_counter()
    if not 1 <= options.horizon <= 1_000:
        raise UnreadableTable("--horizon takes a number of periods from 1 to 1000.")
    panel = _panel(options)
    if panel.is_last_left_out:
        say(f"The newest {panel.frequency} isn't over yet and is left out.")
    evaluation = evaluate(panel, options.horizon, seed=options.seed, tell=say)
    if options.out:
        say("The coming periods")
        head = ("series", options.date, "expected", "low 80 %", "high 80 %", "low 95 %", "high 95 %")
        write_table(options.out, head, _lines(panel, evaluation, options))
    told = _as_json(options.file.name, panel, evaluation, options.horizon)
    told["seconds"] = round(perf_counter() - begun, 2)
    answer(json.dumps(told, ensure_ascii=False, allow_nan=False) if options.json else _as_text(told))
    return 0


def _panel(options: Namespace) -> "Panel":
    from rapport.intelligence.series import Frequency, panel_of

    table = read_table(options.file)
    tell_what_is_left_out(table)
    levels = names_in(table, options.series)
    demand_columns(table, [options.date, options.value, *levels])
    return panel_of(
        days_in(table, options.date),
        numbers_in(table, options.value),
        _names(table, levels),
        frequency=Frequency(options.frequency) if options.frequency else None,
    )


def _names(table: ReadTable, levels: list[str]) -> list[str]:
    from rapport.intelligence.series.totals import JOIN

    if not levels:
        return ["all"] * len(table.lines)
    return [
        JOIN.join((text or "").strip() or "(none)" for text in texts)
        for texts in zip(*(table.columns[name] for name in levels), strict=True)
    ]


def _lines(panel: "Panel", evaluation: "Evaluation", options: Namespace) -> Iterator[list[object]]:
    from rapport.intelligence.series import forecast

    found = forecast(panel, options.horizon, evaluation.past, seed=options.seed)
    ends = [found.low[80], found.high[80], found.low[95], found.high[95]]
    for row, name in enumerate(found.names):
        for step, day in enumerate(found.days):
            yield [name, day, *(_cell(float(one[row, step])) for one in (found.expected, *ends))]


def _cell(number: float) -> object:
    return "" if math.isnan(number) else round(number, 4)


def _as_json(name: str, panel: "Panel", evaluation: "Evaluation", horizon: int) -> dict[str, Any]:
    return {
        "file": name,
        "rows_left_out": panel.lines_left_out,
        "series": len(panel.names),
        "periods": panel.values.shape[1],
        "frequency": str(panel.frequency),
        "season": panel.frequency.season,
        "gaps_filled": panel.filled,
        "unfinished_period_left_out": panel.is_last_left_out,
        "horizon": horizon,
        "origins": len(evaluation.trials),
        "overall": _figures(evaluation.overall),
        "rolling": _figures(evaluation.rolling),
        "compared": {name: _rounded(100 * wape) for name, wape in evaluation.compared.items()},
        "algorithm": "combination",
        "weights": {name: round(weight, 4) for name, weight in evaluation.weights.items()},
        "totals": evaluation.way,
        "verdict": str(evaluation.verdict),
        "reason": evaluation.reason,
    }


def _figures(figures: "Figures") -> dict[str, Any]:
    return {
        "wape": _rounded(100 * figures.wape),
        "wape_seasonal_naive": _rounded(100 * figures.wape_naive),
        "mase": _rounded(figures.mase),
        "mase_seasonal_naive": _rounded(figures.mase_naive),
        "wape_of_totals": _rounded(100 * figures.wape_of_totals),
        "coverage": {str(level): _rounded(share) for level, share in figures.coverage.items()},
    }


def _rounded(number: float) -> float | None:
    return None if math.isnan(number) else round(number, 4)


def _as_text(told: dict[str, Any]) -> str:
    lines = [
        "{series} series of {periods} periods of a {frequency}, {horizon} of them foreseen.".format(**told),
        *left_out(told["rows_left_out"], "without a date or a number, or of the period that isn't over"),
        "",
        f"{'':<24}{'WAPE':>11}{'naive':>11}{'MASE':>8}{'naive':>8}{'80 % held':>11}{'95 % held':>11}",
        _line("newest periods", told["overall"]),
        _line("mean over origins", told["rolling"]),
        "",
        "Combined, by {} origins before the newest: ".format(max(told["origins"] - 1, 0)) + _mixture(told["weights"]),
        "Verdict: {verdict} ({reason}).".format(**told),
    ]
    return "\n".join(lines)


def _line(label: str, figures: dict[str, Any]) -> str:
    shares = [figures["coverage"][level] for level in ("80", "95")]
    shown = [
        *(_shown(figures[key], ".2f", " %", 11) for key in ("wape", "wape_seasonal_naive")),
        *(_shown(figures[key], ".2f", "", 8) for key in ("mase", "mase_seasonal_naive")),
        *(_shown(None if share is None else 100 * share, ".1f", " %", 11) for share in shares),
    ]
    return f"{label:<24}{''.join(shown)}"


def _shown(number: float | None, form: str, unit: str, width: int) -> str:
    return f" {'-' if number is None else format(number, form) + unit:>{width - 1}}"


def _mixture(weights: dict[str, float]) -> str:
    heavy = sorted(weights.items(), key=lambda item: -item[1])
    named = [f"{name} {100 * weight:.0f} %" for name, weight in heavy if weight >= _SHOWN]
    return ", ".join(named) + "." if named else "all forecasters alike."


COMMAND = Command(
    "forecast",
    "foresees regular series, and tells how far to trust it",
    refusing_bad_input(_run),
    _arguments,
    Needs.DJANGO,
)
