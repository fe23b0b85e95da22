"""`./rapport lifetime FILE --customer C --date D --amount A --horizon-weeks N`: what each customer will bring."""

import json
import math
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.cli.tables import (
    UnreadableTable,
    days_in,
    demand_columns,
    left_out,
    numbers_in,
    read_table,
    refusing_bad_input,
    tell_what_is_left_out,
    write_table,
)

if TYPE_CHECKING:
    from rapport.intelligence.lifetime import Evaluation, Purchases

_HEAD = (
    "expected",
    "low 80 %",
    "high 80 %",
    "low 95 %",
    "high 95 %",
    "typical",
    "chance of buying",
    "chance of being alive",
    "last weeks foreseen",
    "last weeks came",
)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a table with a line a purchase: CSV, XLSX or JSON")
    parser.add_argument("--customer", required=True, metavar="COLUMN", help="who bought")
    parser.add_argument("--date", required=True, metavar="COLUMN", help="when")
    parser.add_argument("--amount", required=True, metavar="COLUMN", help="for how much; returns below 0")
    parser.add_argument("--horizon-weeks", required=True, type=float, metavar="N", help="how many weeks to foresee")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write what each customer will bring there")
    parser.add_argument("--seed", type=int, default=1, help="for all that is drawn at random (1)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")


def _run(options: Namespace) -> int:
    from rapport.intelligence.lifetime import evaluate, purchases_of

    begun = perf_counter()
    if not 1 <= options.horizon_weeks <= 1_000:
        raise UnreadableTable("--horizon-weeks takes a number of weeks from 1 to 1000.")
    table = read_table(options.file)
    tell_what_is_left_out(table)
    demand_columns(table, [options.customer, options.date, options.amount])
    purchases = purchases_of(
        table.columns[options.customer], days_in(table, options.date), numbers_in(table, options.amount)
    )
    evaluation = evaluate(purchases, options.horizon_weeks, seed=options.seed, tell=say)
    if options.out:
        say("Foreseeing the coming weeks")
        write_table(options.out, (options.customer, *_HEAD), _customers(purchases, evaluation, options))
    told = _as_json(options.file.name, purchases, evaluation, options.horizon_weeks)
    told["seconds"] = round(perf_counter() - begun, 2)
    answer(json.dumps(told, ensure_ascii=False, allow_nan=False) if options.json else _as_text(told))
    return 0


def _customers(purchases: "Purchases", evaluation: "Evaluation", options: Namespace) -> Iterator[list[object]]:
    """Each customer's coming weeks, and beside them the last weeks as foreseen from before and as they came."""
    from rapport.intelligence.lifetime.evaluation import choice_at, typical_of
    from rapport.intelligence.lifetime.foreseeing import foresee

    weeks, seed = options.horizon_weeks, options.seed
    choice = choice_at(purchases, purchases.end, weeks, seed=seed)
    coming = foresee(purchases, purchases.end, weeks, seed=seed)
    expected = choice.expected(coming)
    figures = [expected]
    for level in (80, 95):
        interval = choice.spread.interval(expected, level) if choice.spread else None
        figures += [interval.low, interval.high] if interval else [expected * float("nan")] * 2
    figures += [
        typical_of(choice, expected),
        choice.chance_of_buying(coming),
        coming.view.buying.alive(coming.view.known),
    ]
    tried = evaluation.foreseen.view.known.customer.tolist()
    last = evaluation.choice.expected(evaluation.foreseen)
    before = dict(zip(tried, zip(last.tolist(), evaluation.came.tolist(), strict=True), strict=True))
    for place, customer in enumerate(coming.view.known.customer.tolist()):
        row = [_cell(float(one[place])) for one in figures] + [_cell(one) for one in before.get(customer, ())]
        yield [purchases.names[customer], *row]


def _cell(number: float) -> object:
    return "" if math.isnan(number) else round(number, 4)


def _as_json(name: str, purchases: "Purchases", evaluation: "Evaluation", weeks: float) -> dict[str, Any]:
    from rapport.intelligence.lifetime.telling import converged, costs_of

    buying, costs = evaluation.foreseen.view.buying, costs_of(evaluation.foreseen)
    fitted = {name: {"converged": yes} for name, yes in converged(evaluation.foreseen).items()}
    return {
        "file": name,
        "rows": len(purchases.day),
        "rows_left_out": purchases.lines_left_out,
        "customers": len(purchases.names),
        "horizon_weeks": weeks,
        "overall": _figures(evaluation.overall)
        | {
            "customers": evaluation.customers,
            "revenue": round(float(evaluation.came.sum()), 2),
            "mean_absolute_error_of_typical": round(evaluation.typical.mean_absolute_error, 4),
            "typical": _figures(evaluation.typical),
            "coverage": {str(level): round(share, 4) for level, share in evaluation.coverage.items()},
            "chance_of_buying_ece": round(evaluation.buying_error, 4),
        },
        "compared": {
            name: _figures(measures) | costs.get(name, {}) | fitted.get(name, {})
            for name, measures in evaluation.compared.items()
        },
        "algorithm": evaluation.choice.algorithm,
        "model_of_buying": buying.family,
        "converged": buying.family != "shrunken rate",
        "fits_tried": buying.tries,
        "weeks_before": round(evaluation.weeks_before, 1),
        "seasons_known": evaluation.seasons_known,
        "caution": _caution(evaluation),
        "verdict": str(evaluation.verdict),
        "reason": evaluation.reason,
    }


def _caution(evaluation: "Evaluation") -> str:
    """Empty where the weeks held out had been seen a year before."""
    if evaluation.seasons_known:
        return ""
    return (
        f"only {evaluation.weeks_before:.0f} weeks lie before those foreseen, less than a year, so seasons can't be "
        "known; one that these weeks don't hold moves the total, and intervals then hold less than they say"
    )


def _figures(measures: Any) -> dict[str, Any]:
    return {key: None if math.isnan(value) else round(value, 4) for key, value in asdict(measures).items()}


def _as_text(told: dict[str, Any]) -> str:
    overall = told["overall"]
    lines = [
        "{rows} purchases of {customers} customers.".format(**told),
        *left_out(told["rows_left_out"], "without a customer, a date or an amount"),
        "The last {:g} weeks, foreseen from before, for {} customers:".format(
            told["horizon_weeks"], overall["customers"]
        ),
        "",
        f"{'':<20}{'error a customer':>18}{'Gini':>8}{'total':>10}",
        *(_line(name, figures) for name, figures in told["compared"].items()),
        "",
        "Chosen beforehand: {} ({}).".format(told["algorithm"], told["model_of_buying"]),
        _of_typical(overall["typical"]),
        *(f"The {level} % intervals held {100 * share:.1f} %." for level, share in overall["coverage"].items()),
        "The chance of buying at all is off by {:.3f}.".format(overall["chance_of_buying_ece"]),
        "Verdict: {verdict} ({reason}).".format(**told),
        *([f"Caution: {told['caution']}."] if told["caution"] else []),
    ]
    return "\n".join(lines)


def _of_typical(figures: dict[str, Any]) -> str:
    """Nearer to most customers, but it doesn't add up: said with both figures."""
    bias = (
        ""
        if figures["bias"] is None
        else " ({:+.1f} % in total, so add up what is expected)".format(100 * figures["bias"])
    )
    return f"Typical revenue (the middle for each) is off by {figures['mean_absolute_error']:.2f} a customer{bias}."


def _line(name: str, figures: dict[str, Any]) -> str:
    gini, bias = figures["gini"], figures["bias"]
    shown = f"{figures['mean_absolute_error']:>18.2f}{'-' if gini is None else format(gini, '.3f'):>8}"
    return f"{name:<20}{shown} {'-' if bias is None else format(100 * bias, '+.1f') + ' %':>9}"


COMMAND = Command(
    "lifetime",
    "tells what customers will bring, and how far to trust it",
    refusing_bad_input(_run),
    _arguments,
    Needs.DJANGO,
)
