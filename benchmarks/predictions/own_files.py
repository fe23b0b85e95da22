"""Lifetime value, next offers and forecasts: the product's own back-tests on public tables."""

import csv
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.quality.measuring import table
from rapport.intelligence import baskets, lifetime, series
from rapport.intelligence.written import days_of, numbers_of

_LIFETIME_WEEKS = 39
_OFFERS_SINCE = "2011-11-01"


def run(folder: Path, part: str) -> None:
    """Print the tables of one part, or of all (`all`)."""
    parts = {"lifetime": _lifetime, "offers": _offers, "forecasts": _forecasts}
    for name, measure in parts.items():
        if part not in {"all", name}:
            continue
        try:
            measure(folder)
        except OSError as problem:
            print(f"{problem.filename} isn't here; {name} skipped.")


def _lifetime(folder: Path) -> None:
    lines = [line.split() for line in (folder / "cdnow/CDNOW_master.txt").read_text().splitlines()[1:] if line.strip()]
    customer, date, _number, amount = (list(column) for column in zip(*lines, strict=True))
    begun = time.process_time()
    found = lifetime.evaluate(
        lifetime.purchases_of(customer, days_of(date), numbers_of(amount)), _LIFETIME_WEEKS, tell=lambda _text: None
    )
    seconds = time.process_time() - begun
    print(f"\n## Lifetime value\n\nCDNOW, {_LIFETIME_WEEKS} weeks held out, {found.customers:,} customers.\n")
    rows = [
        (name, f"{one.mean_absolute_error:.2f}", f"{one.gini:.3f}", f"{100 * one.bias:+.1f} %")
        for name, one in found.compared.items()
    ]
    print(table(("", "error a customer", "normalised Gini", "bias of the total"), rows))
    print(
        f"\nChosen beforehand: {found.choice.algorithm} ({found.foreseen.view.buying.family}). "
        f"Typical revenue is off by {found.typical_error:.2f}. Intervals held: "
        f"80 %: {100 * found.coverage[80]:.1f} %, 95 %: "
        f"{100 * found.coverage[95]:.1f} %. ECE of the chance to buy: {found.buying_error:.3f}. {seconds:.0f} CPU-s."
    )


def _offers(folder: Path) -> None:
    sold = pl.read_parquet(folder / "online_retail_uci/online_retail.parquet").filter(pl.col("Quantity") > 0)
    columns = sold.select(
        pl.col("InvoiceNo"),
        pl.col("StockCode"),
        pl.col("CustomerID").cast(pl.Int64).cast(pl.String),
        pl.col("InvoiceDate").dt.strftime("%Y-%m-%d %H:%M"),
    ).to_dict(as_series=False)
    invoice, item, customer, date = columns.values()
    since = float(days_of([_OFFERS_SINCE])[0])
    begun = time.process_time()
    by_time = baskets.evaluate(baskets.purchases_of(invoice, item, customers=customer, days=days_of(date)), since=since)
    _print_offers("online_retail, next new product", by_time, time.process_time() - begun)
    with (folder / "groceries_baskets/groceries.csv").open(newline="") as file:
        held = [[name.strip() for name in line if name.strip()] for line in csv.reader(file)]
    pairs = [(str(number), name) for number, names in enumerate(held) for name in names]
    begun = time.process_time()
    hidden = baskets.evaluate(baskets.purchases_of([basket for basket, _ in pairs], [name for _, name in pairs]))
    _print_offers("groceries, one item hidden", hidden, time.process_time() - begun)


def _print_offers(name: str, found: baskets.Evaluation, seconds: float) -> None:
    print(f"\n## Offers: {name}\n\n{found.cases:,} cases, {seconds:.0f} CPU-s.\n")
    print(table(("", "hit@10"), [(one, f"{rate:.3f}") for one, rate in found.hit_rates.items()]))
    print(f"\nChosen beforehand: {found.algorithm}, {found.hit_rate:.3f} ({found.low:.3f}–{found.high:.3f}).")


def _forecasts(folder: Path) -> None:
    weekly = pl.read_csv(folder / "walmart_weekly/Walmart.csv", infer_schema=False)
    monthly = pl.read_csv(folder / "aus_retail_monthly/aus_retail.csv.gz", infer_schema=False)
    nested = pl.concat_str("State", "Industry", separator=" / ")
    rows = [
        _forecast("walmart", weekly["Date"], weekly["Weekly_Sales"], weekly["Store"], 13),
        _forecast("aus retail", monthly["Month"], monthly["Turnover"], monthly.select(nested).to_series(), 24),
    ]
    print("\n## Forecasts\n")
    head = (
        "",
        "WAPE",
        "naive",
        "AutoETS",
        "MASE",
        "naive",
        "AutoETS",
        "80 % held",
        "95 % held",
        "rolling WAPE",
        "rolling 80 %",
        "takes",
    )
    print(table(head, rows))


def _forecast(name: str, date: pl.Series, value: pl.Series, whose: pl.Series, horizon: int) -> tuple[object, ...]:
    panel = series.panel_of(days_of(date.to_list()), numbers_of(value.to_list()), whose.to_list())
    begun = time.process_time()
    found = series.evaluate(panel, horizon)
    seconds = time.process_time() - begun
    newest, rolling = found.overall, found.rolling
    wape_of_ets, mase_of_ets = _auto_ets(panel, horizon)
    return (
        f"{name}: {len(panel.names)} series, h = {horizon}",
        f"{100 * newest.wape:.2f}",
        f"{100 * newest.wape_naive:.2f}",
        wape_of_ets,
        f"{newest.mase:.2f}",
        f"{newest.mase_naive:.2f}",
        mase_of_ets,
        *(f"{100 * newest.coverage[level]:.1f} %" for level in (80, 95)),
        f"{100 * rolling.wape:.2f}",
        f"{100 * rolling.coverage[80]:.1f} %",
        f"{seconds:.0f} CPU-s",
    )


def _auto_ets(panel: series.Panel, horizon: int) -> tuple[str, str]:
    """WAPE and MASE of statsforecast's AutoETS, where it is installed."""
    if not find_spec("statsforecast"):
        return "not installed", "not installed"
    from statsforecast.models import AutoETS

    season = panel.frequency.season
    known, came = panel.values[:, :-horizon], panel.values[:, -horizon:]
    model = AutoETS(season)
    ahead = np.array([model.forecast(y=one[~np.isnan(one)], h=horizon)["mean"] for one in known])
    missed = np.abs(ahead - came)
    scale = np.nanmean(np.abs(known[:, season:] - known[:, :-season]), axis=1)
    mase = (missed.mean(axis=1) / scale)[scale > 0].mean()
    return f"{100 * missed.sum() / np.abs(came).sum():.2f}", f"{mase:.2f}"
