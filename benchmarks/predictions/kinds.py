"""Kind and size of the business of a lead (olist): learned on the oldest 70 %, foreseen for the newest 30 %."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.quality.measuring import table
from rapport.intelligence.outlooks.kinds import learn_kinds
from rapport.intelligence.outlooks.quantities import LearntQuantity, learn_quantity
from rapport.intelligence.tabular import Column, ColumnKind

Floats = npt.NDArray[np.float64]
_AFTERWARDS = {"won_date", "business_segment", "mql_id", "seller_id", "declared_monthly_revenue"}
_AT_FIRST = ("origin", "landing_page_id")


def run(folder: Path) -> None:
    """Print how well kind and size are foreseen, as the lead comes in and after the first calls."""
    try:
        deals = _deals(folder / "olist_marketing_funnel")
    except OSError as problem:
        print(f"{problem.filename} isn't here; kinds skipped.")
        return
    print(f"\n## Kind and size of business\n\nolist, {len(deals)} won leads in the order of first contact.\n")
    rows = []
    for words, names in (("as the lead comes in", _AT_FIRST), ("after the first calls", _all_words(deals))):
        columns = [_column(deals, name) for name in names]
        rows.append((f"kind, {words}", *_row(_kinds(deals, columns), "log_loss")))
        rows.append((f"size, {words}", *_row(_sizes(deals, columns), "pinball")))
    print(table(("", "algorithm", "loss", "loss of the baseline", "inside 80 %", "verdict"), rows))


def _kinds(deals: pl.DataFrame, columns: Sequence[Column]) -> LearntQuantity:
    return learn_kinds(columns, deals["business_segment"].fill_null("").to_list(), *_known_and_begun(deals))


def _sizes(deals: pl.DataFrame, columns: Sequence[Column]) -> LearntQuantity:
    """Of those that told a size."""
    size = deals["declared_monthly_revenue"].to_numpy()
    some = np.flatnonzero(size > 0)
    known, begun = (days[some] for days in _known_and_begun(deals))
    return learn_quantity([column.rows(some) for column in columns], size[some], known, begun)


def _known_and_begun(deals: pl.DataFrame) -> tuple[Floats, Floats]:
    """When each lead was won and when it came, in days."""
    known, begun = (deals[name].dt.timestamp("ms").to_numpy() / 86_400_000 for name in ("won", "first"))
    return known, begun


def _deals(folder: Path) -> pl.DataFrame:
    leads = pl.read_csv(folder / "olist_marketing_qualified_leads_dataset.csv")
    won = pl.read_csv(folder / "olist_closed_deals_dataset.csv")
    moments = [
        pl.col("first_contact_date").str.to_datetime().alias("first"),
        pl.col("won_date").str.to_datetime().alias("won"),
    ]
    return won.join(leads, on="mql_id").with_columns(moments).sort("first", "mql_id")


def _all_words(deals: pl.DataFrame) -> tuple[str, ...]:
    """Everything in words that is known before the deal is won."""
    left_out = {*_AFTERWARDS, "first", "won", "first_contact_date", "sdr_id", "sr_id"}
    return tuple(name for name in deals.columns if name not in left_out)


def _column(deals: pl.DataFrame, name: str) -> Column:
    texts = deals[name].cast(pl.String).to_list()
    return Column(name, ColumnKind.CATEGORY, np.array(texts, dtype=object))


def _row(found: LearntQuantity, loss: str) -> tuple[str, ...]:
    figures = found.figures
    if loss not in figures:
        return ("–", "–", "–", "–", found.problem)
    coverage = f"{100 * figures['coverage']:.1f} %" if "coverage" in figures else "–"
    numbers = (f"{figures[loss]:.3f}", f"{figures[f'{loss}_of_baseline']:.3f}")
    return (found.algorithm, *numbers, coverage, found.problem or "better")
