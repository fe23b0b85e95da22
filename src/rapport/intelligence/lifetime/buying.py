"""How often customers buy until they leave for good: BG/NBD (Fader, Hardie and Lee, Marketing Science 24, 2005), and
MBG/NBD, in which one may leave right after the first purchase (Batislam, Denizel and Filiztekin, IJRM 24, 2007).

Fitted so that something sound always comes out: time is scaled, there are several starts and a small penalty; what
doesn't converge is fitted again with a larger one; and in the end there is a plain shrunken rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, gammaln

from .purchases import Floats, Histories

Family = Literal["BG/NBD", "MBG/NBD", "shrunken rate"]

FAMILIES: tuple[Family, ...] = ("BG/NBD", "MBG/NBD")
_PENALTIES = (1e-4, 1e-2)
_STARTS = ((0.0, 0.0, -0.5, 0.5), (-1.0, -1.0, -1.0, 0.5), (0.5, 1.0, 0.5, 1.5))
_BOUND = 7.0
_MOST_FITTED = 20_000
_STEPS = 48
_AT_ONCE = 20_000
_PRIOR_PURCHASES = 1.0


@dataclass(frozen=True)
class Buying:
    """A fitted model: rate of purchases ~ Gamma(shape, rate), chance to leave after each ~ Beta(leaving, staying).

    `scale` is how many weeks its unit of time has; `penalty` and `tries` tell how it was fitted.
    """

    family: Family
    shape: float
    rate: float
    leaving: float
    staying: float
    scale: float
    penalty: float
    tries: int

    def alive(self, known: Histories) -> Floats:
        """The chance that each has not left at the cut, shape (customers,)."""
        if self.family == "shrunken rate":
            gap = known.age / (known.repeats + 1)
            late = np.maximum(known.age - known.recency - gap, 0) / np.maximum(3 * gap, 1e-9)
            return np.asarray(0.5**late, dtype=np.float64)
        repeats, recency, age = known.repeats, known.recency / self.scale, known.age / self.scale
        power = (self.shape + repeats) * (np.log(self.rate + age) - np.log(self.rate + recency))
        odds = self.leaving / (self.staying + repeats - (self.family == "BG/NBD"))
        gone = odds * np.exp(np.minimum(power, 50))
        return np.where((repeats > 0) | (self.family == "MBG/NBD"), 1 / (1 + np.maximum(gone, 0)), 1.0)

    def purchases(self, known: Histories, weeks: float) -> Floats:
        """The number of days of purchase expected in the weeks after the cut."""
        alive = self.alive(known)
        parts = [slice(begin, begin + _AT_ONCE) for begin in range(0, len(known), _AT_ONCE)]
        return np.concatenate([alive[part] * self._if_alive(known, weeks, part) for part in parts])

    def buys(self, known: Histories, weeks: float) -> Floats:
        """The chance of at least one purchase in the weeks after the cut."""
        shape = self.shape + known.repeats
        stays = shape * (
            np.log(self.rate + known.age / self.scale) - np.log(self.rate + (known.age + weeks) / self.scale)
        )
        return np.asarray(self.alive(known) * -np.expm1(stays), dtype=np.float64)

    def _if_alive(self, known: Histories, weeks: float, part: slice) -> Floats:
        """The mean over leaving chances p of (1 - (1 + p t / (rate + age)) ** -(shape + repeats)) / p."""
        repeats, time = known.repeats[part], self.rate + known.age[part] / self.scale
        share = weeks / self.scale / time
        if self.family == "shrunken rate":
            return np.asarray((self.shape + repeats) * share, dtype=np.float64)
        different, where = np.unique(repeats, return_inverse=True)
        staying = self.staying + different + (self.family == "MBG/NBD")
        middles = (np.arange(_STEPS) + 0.5) / _STEPS
        leaving = np.maximum(betaincinv(self.leaving, staying[:, None], middles[None, :]), 1e-9)[where]
        stays = np.expm1(-(self.shape + repeats)[:, None] * np.log1p(leaving * share[:, None]))
        return np.asarray((-stays / leaving).mean(axis=1), dtype=np.float64)


def fit_buying(known: Histories, *, seed: int = 1, families: tuple[Family, ...] = FAMILIES) -> Buying:
    """The likelier of the families; with a larger penalty where neither converges; else a shrunken rate."""
    return likeliest({family: fit_family(known, family, seed=seed) for family in families})


def fit_family(known: Histories, family: Family, *, seed: int = 1) -> tuple[float, Buying]:
    """Its mean loss and itself: with a larger penalty where it doesn't converge; else a shrunken rate."""
    some = np.random.default_rng(seed).permutation(len(known))[:_MOST_FITTED]
    scale = max(float(known.age.mean()), 1e-6)
    cases = known.repeats[some], known.recency[some] / scale, known.age[some] / scale
    tries = 0
    for penalty in _PENALTIES:
        for start in _STARTS:
            tries += 1
            found = minimize(_loss, start, (cases, family, penalty), "L-BFGS-B", bounds=[(-_BOUND, _BOUND)] * 4)
            if found.success and np.isfinite(found.fun) and np.abs(found.x).max() < _BOUND - 0.01:
                shape, rate, leaving, staying = np.exp(found.x).tolist()
                fitted = Buying(family, shape, rate, leaving, staying, scale, penalty, tries)
                return float(found.fun), fitted
    return np.inf, shrunken_rate(known)


def likeliest(fitted: Mapping[Family, tuple[float, Buying]]) -> Buying:
    """By the loss among those that needed the least penalty; a shrunken rate where none converged."""
    sound = [one for one in fitted.values() if one[1].family != "shrunken rate"] or list(fitted.values())
    return min(sound, key=lambda one: (one[1].penalty, one[0]))[1]


def shrunken_rate(known: Histories) -> Buying:
    """What stays where nothing converges: a rate drawn towards that of all."""
    scale = max(float(known.age.mean()), 1e-6)
    pause = float(known.age.sum() / scale / max(known.repeats.sum(), 1.0))
    tries = len(_PENALTIES) * len(_STARTS)
    return Buying("shrunken rate", _PRIOR_PURCHASES, _PRIOR_PURCHASES * pause, 1.0, 1.0, scale, 0.0, tries)


def _loss(at: NDArray[np.float64], cases: tuple[Floats, Floats, Floats], family: str, penalty: float) -> float:
    shape, rate, leaving, staying = np.exp(at)
    repeats, recency, age = cases
    modified = family == "MBG/NBD"
    common = gammaln(shape + repeats) - gammaln(shape) + shape * np.log(rate) - betaln(leaving, staying)
    here = betaln(leaving, staying + repeats + modified) - (shape + repeats) * np.log(rate + age)
    left = betaln(leaving + 1, staying + np.maximum(repeats, 1 - modified) - (not modified))
    left = left - (shape + repeats) * np.log(rate + recency)
    likelihood = common + np.where((repeats > 0) | modified, np.logaddexp(here, left), here)
    loss = -likelihood.mean() + penalty * float((at**2).sum())
    return float(loss) if np.isfinite(loss) else 1e10
