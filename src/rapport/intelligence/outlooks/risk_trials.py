"""Which way of telling risks is best: chosen on older cases, judged by the newest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np

from .past_deals import PastDeal
from .risk_ways import USUAL, WAYS, blended, learn_way
from .similar_deals import Floats, Past, held_by
from .ways import BLEND, Chosen, Kept, Rows, Trial, choose

_NEWEST = 0.3


@dataclass(frozen=True)
class Tried:
    """The way taken with what is kept of it, by how much squared error it gained on what is usual, and all figures."""

    algorithm: str
    ways: Mapping[str, Kept]
    gained: float
    figures: Kept
    compared: Sequence[Kept]


def tried_on_newest(deals: Sequence[PastDeal]) -> Tried:
    """Of past ones, the oldest end first."""
    trial = _trial(deals, np.arange(len(deals)))
    if not trial.has(1):
        return Tried(WAYS[0], {WAYS[0]: {}}, 0.0, {}, ())
    chosen = _chosen(deals, _trial(deals, trial.older))
    past, newest = Past([deals[row] for row in trial.older]), [deals[row] for row in trial.newest]
    told, seconds = _all_told(past, newest)
    if chosen.name == BLEND:
        told[BLEND] = np.mean([told[name] for name in chosen.members], axis=0)
        seconds[BLEND] = sum(seconds[name] for name in chosen.members)
    losses = {name: float(_losses(one, past, newest).mean()) for name, one in told.items()}
    compared = [{"name": name, "brier": loss, "seconds": seconds[name]} for name, loss in losses.items()]
    figures = {"brier": losses[chosen.name], "brier_of_baseline": losses[USUAL], "tried": len(newest)}
    every = Past(deals)
    ways = {name: learn_way(name, every) for name in chosen.members}
    return Tried(chosen.name, ways, losses[USUAL] - losses[chosen.name], figures, compared)


def _trial(deals: Sequence[PastDeal], among: Rows) -> Trial:
    """The newest three of ten that have a beginning, and those that had ended before."""
    newest = int(_NEWEST * len(among))
    if newest == 0:
        return Trial(among, among[:0])
    border = deals[among[len(among) - newest]].ended
    older = [row for row in among if deals[row].ended < border]
    tried = [row for row in among if deals[row].ended >= border and deals[row].began]
    return Trial(np.array(older, dtype=np.intp), np.array(tried, dtype=np.intp))


def _chosen(deals: Sequence[PastDeal], trial: Trial) -> Chosen:
    """By cases older than those that judge it."""
    past, newest = Past([deals[row] for row in trial.older]), [deals[row] for row in trial.newest]

    def told(name: str, _trial: Trial) -> Floats:
        return _told(name, past, newest)

    return choose(WAYS, trial, told=told, lost=lambda given, _trial: _losses(given, past, newest))


def _all_told(past: Past, newest: Sequence[PastDeal]) -> tuple[dict[str, Floats], dict[str, float]]:
    told, seconds = {}, {}
    for name in (USUAL, *WAYS):
        begun = process_time()
        told[name] = _told(name, past, newest)
        seconds[name] = round(process_time() - begun, 3)
    return told, seconds


def _told(name: str, past: Past, newest: Sequence[PastDeal]) -> Floats:
    return blended({name: learn_way(name, past)}, past, [deal.facts for deal in newest])


def _losses(told: Floats, past: Past, newest: Sequence[PastDeal]) -> Floats:
    """Squared error of all risks together, shape (newest,)."""
    return np.asarray(((held_by(newest, past.risks) - told) ** 2).sum(axis=1), dtype=np.float64)
