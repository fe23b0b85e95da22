"""Offers on two tables: whether a wanted item was among ten offered, beside plainer recommenders."""

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks.predictions.resampling import Rows, beside, resamples_of, shown
from benchmarks.predictions.running import over_seeds, present
from benchmarks.quality.measuring import table
from rapport.intelligence import baskets
from rapport.intelligence.written import days_of

_SINCE = "2011-11-01"
Measured = Callable[[int], baskets.Evaluation]


def run(folder: Path, *, seeds: int) -> None:
    """Print both tables; one that is absent is skipped."""
    tables: dict[str, Callable[[Path], Measured]] = {
        "online_retail, next new product": _online_retail,
        "groceries, one item hidden": _groceries,
    }
    for name, measured in present("offers", tables, folder):
        _print(name, *over_seeds(measured, seeds))


def _online_retail(folder: Path) -> Measured:
    sold = pl.read_parquet(folder / "online_retail_uci/online_retail.parquet").filter(pl.col("Quantity") > 0)
    columns = sold.select(
        pl.col("InvoiceNo"),
        pl.col("StockCode"),
        pl.col("CustomerID").cast(pl.Int64).cast(pl.String),
        pl.col("InvoiceDate").dt.strftime("%Y-%m-%d %H:%M"),
    ).to_dict(as_series=False)
    invoice, item, customer, date = columns.values()
    since = float(days_of([_SINCE])[0])
    purchases = baskets.purchases_of(invoice, item, customers=customer, days=days_of(date))
    return lambda seed: baskets.evaluate(purchases, since=since, seed=seed)


def _groceries(folder: Path) -> Measured:
    """Another item is hidden with each seed."""
    with (folder / "groceries_baskets/groceries.csv").open(newline="") as file:
        held = [[name.strip() for name in line if name.strip()] for line in csv.reader(file)]
    pairs = [(str(number), name) for number, names in enumerate(held) for name in names]
    purchases = baskets.purchases_of([basket for basket, _ in pairs], [name for _, name in pairs])
    return lambda seed: baskets.evaluate(purchases, seed=seed)


def _print(name: str, runs: Sequence[baskets.Evaluation], seconds: float) -> None:
    cases = min(one.cases for one in runs)
    drawn = resamples_of(cases, len(runs))
    chosen = [one.algorithm for one in runs]
    times = ", ".join(f"{one} ({chosen.count(one)} of {len(runs)})" for one in sorted(set(chosen)))
    print(f"\n## Offers: {name}\n\n{cases:,} cases, {len(runs)} seeds, {seconds:.0f} CPU-s each.\n")
    ways = [way for way in runs[0].hits if all(way in one.hits for one in runs)]
    found = {way: drawn.of_runs(runs, partial(_rate, way=way)) for way in ways}
    ours = drawn.of_runs(runs, lambda one, rows: _rate(one, rows, one.algorithm))
    rows = [(way, shown(rate), beside(ours - rate, less_is_better=False)) for way, rate in found.items()]
    print(table(("", "hit@10", "ours less theirs"), [*rows, ("**chosen beforehand**", shown(ours), "")]))
    print(f"\nChosen beforehand: {times}.")


def _rate(one: baskets.Evaluation, rows: Rows, way: str) -> float:
    return float(one.hits[way][rows].mean())
