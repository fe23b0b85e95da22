"""Lifetime value on two tables: what each customer brought in the weeks held out, beside plainer ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.predictions import trade
from benchmarks.predictions.resampling import Resamples, Rows, beside, resamples_of, shown
from benchmarks.predictions.running import over_seeds, present
from benchmarks.quality.measuring import table
from rapport.intelligence import lifetime
from rapport.intelligence.lifetime.buying import fit_buying
from rapport.intelligence.lifetime.evaluation import typical_of
from rapport.intelligence.lifetime.foreseeing import BLEND
from rapport.intelligence.lifetime.measures import normalised_gini
from rapport.intelligence.tabular.measures import expected_calibration_error
from rapport.intelligence.written import days_of, numbers_of

Floats = npt.NDArray[np.float64]
CHOSEN, PUBLISHED, TYPICAL = "**chosen beforehand**", "BG/NBD and Gamma-Gamma, not steered", "typical, of the chosen"


@dataclass(frozen=True)
class Run:
    """One seed: what came, what each way foresaw, shape (customers,), and whether intervals held, by level."""

    found: lifetime.Evaluation
    given: dict[str, Floats]
    held: dict[int, npt.NDArray[np.bool_]]
    reaches: npt.NDArray[np.bool_]
    buys: Floats
    bought: npt.NDArray[np.bool_]


def run(folder: Path, *, seeds: int) -> None:
    """Print both tables; one that is absent is skipped."""
    tables: dict[str, Callable[[Path], tuple[lifetime.Purchases, float]]] = {
        "CDNOW, 39 weeks known, 39 held out": lambda where: (_cdnow(where), 39.0),
        "CDNOW, the tenth that is often used": lambda where: (_cdnow_sample(where), 39.0),
        "online_retail, 39 weeks known, 14 held out": lambda where: (_online_retail(where), 14.0),
    }
    for name, (purchases, weeks) in present("lifetime value", tables, folder):
        runs, seconds = over_seeds(partial(_run, purchases, weeks), seeds)
        _print(name, runs, seconds)


def _cdnow(folder: Path) -> lifetime.Purchases:
    lines = [line.split() for line in (folder / "cdnow/CDNOW_master.txt").read_text().splitlines()[1:] if line.strip()]
    customer, date, _number, amount = (list(column) for column in zip(*lines, strict=True))
    return lifetime.purchases_of(customer, days_of(date), numbers_of(amount))


def _cdnow_sample(folder: Path) -> lifetime.Purchases:
    """Every tenth customer, by the number in the whole table."""
    lines = [line.split() for line in (folder / "cdnow/CDNOW_sample.txt").read_text().splitlines() if line.strip()]
    customer, _place, date, _number, amount = (list(column) for column in zip(*lines, strict=True))
    return lifetime.purchases_of(customer, days_of(date), numbers_of(amount))


def _online_retail(folder: Path) -> lifetime.Purchases:
    """Returns are taken off."""
    lines = pl.read_parquet(folder / "online_retail_uci/online_retail.parquet").select(
        pl.col("CustomerID").cast(pl.Int64).cast(pl.String).alias("customer"),
        pl.col("InvoiceDate").dt.strftime("%Y-%m-%d").alias("date"),
        (pl.col("Quantity") * pl.col("UnitPrice")).alias("amount"),
    )
    amounts = lines["amount"].to_numpy().astype(np.float64)
    return lifetime.purchases_of(lines["customer"].to_list(), days_of(lines["date"].to_list()), amounts)


def _run(purchases: lifetime.Purchases, weeks: float, seed: int) -> Run:
    found = lifetime.evaluate(purchases, weeks, seed=seed)
    view, expected = found.foreseen.view, found.choice.expected(found.foreseen)
    published = fit_buying(view.known, seed=seed, families=("BG/NBD",))
    given = dict(found.foreseen.by_algorithm)
    given[PUBLISHED] = published.purchases(view.known, weeks) * view.spending.amount(view.known)
    spread = found.choice.spread
    assert spread is not None
    ends = {level: spread.interval(expected, level) for level in (80, 95)}
    held = {level: (found.came >= one.low) & (found.came <= one.high) for level, one in ends.items()}
    bought = view.known.buys(purchases, purchases.end)
    chance = found.choice.chance_of_buying(found.foreseen)
    return Run(
        found,
        {**given, TYPICAL: typical_of(found.choice, expected), CHOSEN: expected},
        held,
        ends[80].high > 0,
        chance,
        bought,
    )


def _print(name: str, runs: Sequence[Run], seconds: float) -> None:
    first = runs[0].found
    drawn = resamples_of(first.customers, len(runs))
    chosen = ", ".join(sorted({one.found.choice.algorithm for one in runs}))
    print(
        f"\n## Lifetime value: {name}\n\n{first.customers:,} customers, {len(runs)} seeds, {seconds:.0f} CPU-s each.\n"
    )
    head = ("", "error a customer", "normalised Gini", "bias of the total, %", "ours less theirs: error", "Gini")
    errors = {way: drawn.of_runs(runs, partial(_error, way=way)) for way in runs[0].given}
    ginis = {way: drawn.of_runs(runs, partial(_gini, way=way)) for way in runs[0].given}
    rows = []
    for way, error in errors.items():
        bias = drawn.of_runs(runs, partial(_bias, way=way))
        figures = (way, shown(error, places=2), shown(ginis[way]), shown(bias, places=1, times=100, sign=True))
        gained = beside(errors[CHOSEN] - error, places=2), beside(ginis[CHOSEN] - ginis[way], less_is_better=False)
        rows.append((*figures, *(("", "") if way == CHOSEN else gained)))
    print(table(head, rows))
    print(f"\nChosen beforehand: {chosen} ({first.foreseen.view.buying.family}). {_intervals(runs, drawn)}\n")
    print(trade.told(_trade(runs)))


def _intervals(runs: Sequence[Run], drawn: Resamples) -> str:
    held = [drawn.of_runs(runs, partial(_held, level=level)) for level in (80, 95)]
    some = drawn.of_runs(runs, lambda one, rows: _held(one, rows[one.reaches[rows]], 80))
    floor = drawn.of_runs(runs, _floor)
    share = 100 * np.mean([one.reaches.mean() for one in runs])
    ece = drawn.of_runs(runs, lambda one, rows: expected_calibration_error(one.bought[rows], one.buys[rows]))
    at_80, at_95, among, least = (shown(one, places=1, times=100) for one in (*held, some, floor))
    return (
        f"Intervals held, %: 80: {at_80}, 95: {at_95}; "
        f"of the {share:.0f} % of customers whose interval isn't nothing alone 80: {among}; "
        f"were it 80 of these, all: {least}. "
        f"ECE of the chance to buy: {shown(ece)}."
    )


def _trade(runs: Sequence[Run]) -> trade.Trade:
    """The mean over seeds."""
    found = [trade.trade_of(one.found.came, one.given[BLEND]) for one in runs]
    return trade.Trade(*(np.mean([getattr(one, name) for one in found], axis=0) for name in vars(found[0])))


def _error(one: Run, rows: Rows, way: str) -> float:
    return float(np.abs(one.given[way][rows] - one.found.came[rows]).mean())


def _gini(one: Run, rows: Rows, way: str) -> float:
    return normalised_gini(one.found.came[rows], one.given[way][rows])


def _bias(one: Run, rows: Rows, way: str) -> float:
    return float(one.given[way][rows].sum() / one.found.came[rows].sum() - 1)


def _held(one: Run, rows: Rows, level: int) -> float:
    return float(one.held[level][rows].mean())


def _floor(one: Run, rows: Rows) -> float:
    """The share that 80 % intervals would hold if those that aren't nothing alone held 80 %."""
    return float(np.where(one.reaches[rows], 0.8, one.held[80][rows]).mean())
