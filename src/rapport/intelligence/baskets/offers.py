"""The next ten items for each customer, by the recommender that was chosen, and which purchase speaks most for each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from . import ranking
from .evaluation import LEARNED, best_items, last_stretch
from .purchases import Codes, Purchases
from .ranking import choices_of
from .recommenders import RECOMMENDERS, Ground, Scores
from .situations import Situation, at_day

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Offer:
    """An item for a customer, the best with rank 1. `because` is the item held that speaks most for it, if any does."""

    customer: str
    rank: int
    item: str
    because: str


def offers_for(purchases: Purchases, algorithm: str, *, since: float | None = None, seed: int = 1) -> Iterator[Offer]:
    """Offers for every customer as of the newest day; only with customers and dates."""
    cut, length = last_stretch(purchases, since)
    end = cut + length
    learned = _learned(purchases, end - length, end, seed) if algorithm == LEARNED else None
    everybody = np.unique(purchases.customer)
    ground = Ground(at_day(purchases, end, end, whose=everybody))
    for begin in range(0, len(everybody), _AT_ONCE):
        some = everybody[begin : begin + _AT_ONCE]
        part = Ground(ground.situation.cases(np.arange(begin, begin + len(some))))
        part.__dict__.update(together=ground.together, alike=ground.alike, weights=ground.weights)
        scores = learned.scores(choices_of(part)) if learned else _scores(part, algorithm)
        yield from _told(purchases, some, part, scores)


def _learned(purchases: Purchases, cut: float, until: float, seed: int) -> "ranking.Ranking | None":
    choices = choices_of(Ground(at_day(purchases, cut, until)))
    return ranking.learn(choices, np.ones(len(choices.case), dtype=bool), seed=seed)


def _scores(ground: Ground, algorithm: str) -> Scores:
    return next(one.scores(ground) for one in RECOMMENDERS if one.name == algorithm)


def _told(purchases: Purchases, customers: Codes, ground: Ground, scores: Scores) -> Iterator[Offer]:
    situation: Situation = ground.situation
    for place, offered in enumerate(best_items(scores, situation)):
        held = situation.held[place].indices
        for rank, item in enumerate(offered.tolist(), start=1):
            speaking = ground.weights[held, item] if len(held) else np.empty(0)
            because = purchases.items[held[speaking.argmax()]] if len(held) and speaking.max() > 0 else ""
            yield Offer(purchases.customers[customers[place]], rank, purchases.items[item], because)
