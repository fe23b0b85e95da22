"""Whom to write to: uplift of the 30 % best scored, on a randomised mailing (class transformation).

The answer is turned round for those who weren't written to, so that any learner of yes or no learns who is moved by it
(Jaskowski and Jaroszewicz, ICML workshop on clinical data, 2012).
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.quality.measuring import table
from rapport.intelligence.tabular import Column, columns_of, train

Booleans = npt.NDArray[np.bool_]

_SHARE = 0.3


def run(folder: Path, *, seeds: int) -> None:
    """Print mean and spread over random halves."""
    path = folder / "hillstrom_email/hillstrom.csv"
    if not path.is_file():
        print(f"{path} isn't here; uplift skipped.")
        return
    sent = pl.read_csv(path, infer_schema=False).filter(pl.col("segment") != "Mens E-Mail")
    written = (sent["segment"] == "Womens E-Mail").to_numpy()
    visits = (sent["visit"] == "1").to_numpy()
    features = sent.drop("segment", "visit", "conversion", "spend").to_dict(as_series=False)
    columns = columns_of(features)
    found = [_one(columns, written, visits, seed) for seed in range(1, seeds + 1)]
    learned, drawn = np.array(found).T
    print("\n## Uplift of the 30 % best scored, points of visits (hillstrom, women's mailing)\n")
    rows = [("class transformation", *_mean(learned), "7.1 ± 1.4"), ("at random", *_mean(drawn), "4.3")]
    print(table(("", "mean", "± (one seed)", "to beat"), rows))


def _one(columns: list[Column], written: Booleans, visits: Booleans, seed: int) -> tuple[float, float]:
    order = np.random.default_rng(seed).permutation(len(visits))
    known, tried = np.split(order, [len(order) // 2])
    moved = visits == written
    estimator = train(
        [column.rows(known) for column in columns], moved[known], seed=seed, keep=[one.name for one in columns]
    )
    scores = estimator.chance([column.rows(tried) for column in columns])
    best = tried[np.argsort(-scores, kind="stable")[: int(_SHARE * len(tried))]]
    return _uplift(written[best], visits[best]), _uplift(written[tried], visits[tried])


def _uplift(written: Booleans, visits: Booleans) -> float:
    return 100 * float(visits[written].mean() - visits[~written].mean())


def _mean(values: npt.NDArray[np.float64]) -> tuple[str, str]:
    return f"{values.mean():.2f}", f"{values.std(ddof=1):.2f}"
