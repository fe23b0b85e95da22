"""What the tone of texts adds to a prediction of discontent: customers made up, who write real sentences.

The sentences are reviews (sentiment_reviews) that somebody else marked as content or not; those that learning sees and
those it is tested with are different ones. Discontented customers draw more of theirs from the bad ones.
"""

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score

from benchmarks.quality.measuring import table
from rapport.intelligence.learning.kept import KEPT_NAMES
from rapport.intelligence.tabular import Column, ColumnKind, train
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans
from rapport.intelligence.tone.aspects import Aspect
from rapport.intelligence.tone.reading import aspects_of

_CUSTOMERS, _LEARNED = 2_000, 1_400
_TEXTS = 4
_BAD_OF_DISCONTENTED, _BAD_OF_OTHERS = 0.65, 0.35
_READ = 20_000


@dataclass(frozen=True)
class _Reviews:
    texts: list[str]
    good: Booleans


@dataclass(frozen=True)
class _Customers:
    """What each wrote, how many tickets waited, and whether they were discontented."""

    waited: Floats
    tone: Floats
    discontented: Booleans


def run(folder: Path, *, seeds: int) -> None:
    """Print how well sentences are told apart, how quickly they are read, and what that adds."""
    try:
        reviews = _reviews(folder / "sentiment_reviews" / "Review_Data.csv")
    except OSError as problem:
        print(f"{problem.filename} isn't here; tone skipped.")
        return
    print(f"\n## Tone\n\n{len(reviews.texts):,} sentences of reviews, half of them content.\n")
    read = [aspects_of(text) for text in reviews.texts]
    print(table(("aspect", "of 100 discontented", "of 100 content"), [_share(one, read, reviews) for one in Aspect]))
    worst = np.array([len(found - {Aspect.PRAISE}) - (Aspect.PRAISE in found) for found in read])
    print(f"\nComplaints less praise rank the discontented sentences with ROC-AUC {_area(~reviews.good, worst):.3f}.")
    print(f"{_seconds(reviews):.1f} CPU-s for 100,000 texts of 345 characters.\n")
    print(f"{_CUSTOMERS:,} customers made up, {_LEARNED:,} learned from, {seeds} seeds, mean and 95 % interval:\n")
    ways = {
        "without texts": (_without, False),
        "with tone": (_with, False),
        "with the tone of somebody else's texts": (_with_others, False),
        "with tone, answers dealt out by chance": (_with, True),
    }
    rows = [(name, *_figures(reviews, way, seeds=seeds, shuffled=shuffled)) for name, (way, shuffled) in ways.items()]
    print(table(("", "ROC-AUC", "Brier"), rows))


def _reviews(path: Path) -> _Reviews:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [(row["Review"], row["Sentiment"] == "1") for row in csv.DictReader(file)]
    return _Reviews([text for text, _good in rows], np.array([good for _text, good in rows]))


def _share(aspect: Aspect, read: list[frozenset[Aspect]], reviews: _Reviews) -> tuple[str, str, str]:
    spoken = np.array([aspect in found for found in read])
    return str(aspect), f"{100 * spoken[~reviews.good].mean():.1f}", f"{100 * spoken[reviews.good].mean():.1f}"


def _seconds(reviews: _Reviews) -> float:
    dice = np.random.default_rng(1)
    texts = [" ".join(dice.choice(reviews.texts, 6))[:345].ljust(345) for _ in range(_READ)]
    begun = time.process_time()
    for text in texts:
        aspects_of(text)
    return (time.process_time() - begun) * 100_000 / _READ


def _customers(reviews: _Reviews, seed: int) -> _Customers:
    dice = np.random.default_rng(seed)
    discontented = dice.random(_CUSTOMERS) < 0.3
    waited = dice.poisson(np.where(discontented, 1.2, 0.7)).astype(float)
    known = dice.random(len(reviews.texts)) < 0.5
    tone = np.array(
        [_tone(reviews, known == (row < _LEARNED), one, dice) for row, one in enumerate(discontented.tolist())]
    )
    return _Customers(waited, tone, discontented)


def _tone(reviews: _Reviews, among: Booleans, discontented: bool, dice: np.random.Generator) -> list[float]:  # noqa: FBT001 - an answer
    bad = dice.random(_TEXTS) < (_BAD_OF_DISCONTENTED if discontented else _BAD_OF_OTHERS)
    read = [aspects_of(reviews.texts[dice.choice(np.flatnonzero(among & (reviews.good != one)))]) for one in bad]
    return [float(sum(aspect in found for found in read)) for aspect in Aspect]


def _without(made: _Customers, _dice: np.random.Generator) -> list[Column]:
    return [_measure("waited", made.waited)]


def _with(made: _Customers, dice: np.random.Generator) -> list[Column]:
    return _without(made, dice) + [_measure(one, made.tone[:, place]) for place, one in enumerate(Aspect)]


def _with_others(made: _Customers, dice: np.random.Generator) -> list[Column]:
    return _with(_Customers(made.waited, dice.permutation(made.tone), made.discontented), dice)


def _measure(name: str, numbers: Floats) -> Column:
    return Column(name, ColumnKind.MEASURE, np.full(len(numbers), "0", dtype=object), numbers)


def _figures(
    reviews: _Reviews,
    way: Callable[[_Customers, np.random.Generator], list[Column]],
    *,
    seeds: int,
    shuffled: bool,
) -> tuple[str, str]:
    found = [_one(reviews, way, seed=seed, shuffled=shuffled) for seed in range(seeds)]
    areas, losses = zip(*found, strict=True)
    return _interval(areas), _interval(losses)


def _one(
    reviews: _Reviews, way: Callable[[_Customers, np.random.Generator], list[Column]], *, seed: int, shuffled: bool
) -> tuple[float, float]:
    made, dice = _customers(reviews, seed), np.random.default_rng(1_000 + seed)
    columns = way(made, dice)
    yes = dice.permutation(made.discontented) if shuffled else made.discontented
    learned, tested = np.arange(_LEARNED), np.arange(_LEARNED, _CUSTOMERS)
    estimator = train(
        [column.rows(learned) for column in columns], yes[learned], in_time_order=True, names=KEPT_NAMES, seed=seed
    )
    chance = estimator.chance([column.rows(tested) for column in columns])
    return _area(yes[tested], chance), float(brier_score_loss(yes[tested], chance))


def _area(yes: Booleans, score: Floats) -> float:
    return float(roc_auc_score(yes, score))


def _interval(values: tuple[float, ...]) -> str:
    half = 1.96 * np.std(values, ddof=1) / len(values) ** 0.5 if len(values) > 1 else float("nan")
    return f"{np.mean(values):.3f} ± {half:.3f}"
