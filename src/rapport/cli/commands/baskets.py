"""`./rapport baskets FILE --basket B --item I`: what is bought together, and what to offer next."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from math import isnan
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.cli.console import table as aligned
from rapport.cli.tables import (
    UnreadableTable,
    days_in,
    demand_columns,
    left_out,
    read_table,
    refusing_bad_input,
    tell_what_is_left_out,
    write_table,
)

if TYPE_CHECKING:
    from rapport.intelligence.baskets import Evaluation, Purchases, Rule

_SHOWN_RULES = 10


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a table with a line an item sold: CSV, XLSX or JSON")
    parser.add_argument("--basket", required=True, metavar="COLUMN", help="which sale the line belongs to")
    parser.add_argument("--item", required=True, metavar="COLUMN", help="what was sold")
    parser.add_argument(
        "--customer", default="", metavar="COLUMN", help="to whom; with --date, offers are tried by time"
    )
    parser.add_argument("--date", default="", metavar="COLUMN", help="when")
    parser.add_argument(
        "--since", default="", metavar="DAY", help="foresee purchases from this day on (the newest tenth)"
    )
    parser.add_argument("--rules", type=int, default=50, metavar="N", help="how many rules to give at most (50)")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write ten offers for each customer there")
    parser.add_argument("--seed", type=int, default=1, help="for all that is drawn at random (1)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")


def _run(options: Namespace) -> int:
    from rapport.intelligence.baskets import evaluate, rules_of

    begun = perf_counter()
    if not 1 <= options.rules <= 100_000:
        raise UnreadableTable("--rules takes a number from 1 to 100000.")
    since = _day(options.since)
    purchases = _purchases(options)
    say("Bought together")
    rules = rules_of(purchases, most=options.rules)
    evaluation = evaluate(purchases, since=since, seed=options.seed, tell=say)
    if options.out:
        _write_offers(options, purchases, evaluation)
    told = _as_json(options.file.name, purchases, rules, evaluation)
    told["seconds"] = round(perf_counter() - begun, 2)
    answer(json.dumps(told, ensure_ascii=False, allow_nan=False) if options.json else _as_text(told))
    return 0


def _purchases(options: Namespace) -> "Purchases":
    from rapport.intelligence.baskets import purchases_of

    if bool(options.customer) != bool(options.date):
        raise UnreadableTable("Give both --customer and --date, to try offers by time, or neither.")
    if (options.since or options.out) and not options.date:
        raise UnreadableTable("--since and --out need --customer and --date.")
    table = read_table(options.file)
    tell_what_is_left_out(table)
    demand_columns(table, [options.basket, options.item, options.customer, options.date])
    return purchases_of(
        table.columns[options.basket],
        table.columns[options.item],
        customers=table.columns[options.customer] if options.customer else (),
        days=days_in(table, options.date) if options.date else None,
    )


def _day(text: str) -> float | None:
    from rapport.intelligence.written import days_of

    if not text:
        return None
    day = float(days_of([text])[0])
    if isnan(day):
        raise UnreadableTable("--since takes a day such as 2026-11-01.")
    return day


def _write_offers(options: Namespace, purchases: "Purchases", evaluation: "Evaluation") -> None:
    from rapport.intelligence.baskets import offers_for

    say("Offers")
    offers = offers_for(purchases, evaluation.algorithm, since=evaluation.since, seed=options.seed)
    rows = ((offer.customer, offer.rank, offer.item, offer.because) for offer in offers)
    write_table(options.out, (options.customer, "rank", options.item, "because of"), rows)


def _as_json(name: str, purchases: "Purchases", rules: "list[Rule]", evaluation: "Evaluation") -> dict[str, Any]:
    return {
        "file": name,
        "rows": len(purchases.item),
        "rows_left_out": purchases.lines_left_out,
        "baskets": int(purchases.basket.max()) + 1,
        "items": len(purchases.items),
        "rare_items_left_out": purchases.rare_items,
        "customers": len(purchases.customers),
        "overall": {
            "tried": "by time" if evaluation.since is not None else "one item hidden",
            "since": _written(evaluation.since),
            "cases": evaluation.cases,
            "hit_at_10": round(evaluation.hit_rate, 4),
            "interval": [round(evaluation.low, 4), round(evaluation.high, 4)],
        },
        "compared": {name: round(rate, 4) for name, rate in evaluation.hit_rates.items()},
        "algorithm": evaluation.algorithm,
        "verdict": str(evaluation.verdict),
        "reason": evaluation.reason,
        "rules": [
            {key: round(value, 6) if isinstance(value, float) else value for key, value in asdict(rule).items()}
            for rule in rules
        ],
    }


def _written(day: float | None) -> str | None:
    return None if day is None else (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat()


def _as_text(told: dict[str, Any]) -> str:
    overall = told["overall"]
    what = f"purchases since {overall['since']}" if overall["since"] else "one hidden item of each basket"
    lines = [
        "{rows} lines, {baskets} baskets, {items} items, {customers} customers.".format(**told),
        *left_out(told["rows_left_out"], "without all that is asked for"),
        "",
        f"Foreseeing {what}, {overall['cases']} cases; a hit is a wanted item among ten offered:",
        aligned([(f"  {name}", f"{rate:.3f}") for name, rate in told["compared"].items()]),
        "",
        "Chosen beforehand: {}, {:.3f} ({:.3f} to {:.3f}).".format(
            told["algorithm"], overall["hit_at_10"], *overall["interval"]
        ),
        f"Verdict: {told['verdict']} ({told['reason']}).",
        "",
    ]
    return "\n".join([*lines, *_rules_as_text(told["rules"])])


def _rules_as_text(rules: list[dict[str, Any]]) -> list[str]:
    if not rules:
        return ["No two items are bought together more often than by chance."]
    rows = [("  who buys", "buys too", "baskets", "of them", "lift", "95 % interval")]
    rows += [
        (
            f"  {rule['first']}",
            rule["then"],
            str(rule["together"]),
            f"{100 * rule['confidence']:.0f} %",
            f"{rule['lift']:.1f}",
            f"{rule['lift_low']:.1f} to {rule['lift_high']:.1f}",
        )
        for rule in rules[:_SHOWN_RULES]
    ]
    return [f"Bought together (the surest of {len(rules)}):", aligned(rows)]


COMMAND = Command(
    "baskets",
    "finds what is bought together, and what to offer next",
    refusing_bad_input(_run),
    _arguments,
    Needs.DJANGO,
)
