"""How much a purchase brings: Gamma-Gamma (Fader and Hardie, 2013), or a shrunken mean where it can't be fitted."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

from .purchases import Floats, Histories

_PENALTY = 1e-4
_BOUND = 7.0
_MOST_FITTED = 20_000


@dataclass(frozen=True)
class Spending:
    """Amounts ~ Gamma(shape, nu), nu ~ Gamma(spread, scale); without a fit `shape` is 0 and `spread` counts purchases
    that everybody is thought to have made at the mean of all."""

    shape: float
    spread: float
    scale: float
    mean: float

    def amount(self, known: Histories) -> Floats:
        """The mean amount expected of each customer's next purchases, shape (customers,)."""
        times = known.repeats + 1
        if self.shape == 0:
            return (times * known.spent + self.spread * self.mean) / (times + self.spread)
        return self.shape * (self.scale + times * known.spent) / (self.shape * times + self.spread - 1)


def fit_spending(known: Histories, *, seed: int = 1) -> Spending:
    """Learn from all who bought."""
    some = np.random.default_rng(seed).permutation(len(known))[:_MOST_FITTED]
    times, mean = known.repeats[some] + 1, float(known.spent[some].mean())
    amounts = known.spent[some] / mean
    found = minimize(_loss, np.log([2.0, 2.0, 2.0]), (times, amounts), "L-BFGS-B", bounds=[(-_BOUND, _BOUND)] * 3)
    if not found.success or np.abs(found.x).max() > _BOUND - 0.01:
        return Spending(0.0, 2.0, 1.0, mean)
    shape, spread, scale = np.exp(found.x)
    return Spending(float(shape), float(1 + spread), float(scale * mean), mean)


def _loss(at: Floats, times: Floats, amounts: Floats) -> float:
    shape, spread, scale = np.exp(at)
    spread = 1 + spread
    whole = shape * times
    likelihood = (
        gammaln(whole + spread)
        - gammaln(whole)
        - gammaln(spread)
        + spread * np.log(scale)
        + (whole - 1) * np.log(amounts)
        + whole * np.log(times)
        - (whole + spread) * np.log(scale + times * amounts)
    )
    loss = -likelihood.mean() + _PENALTY * float((at**2).sum())
    return float(loss) if np.isfinite(loss) else 1e10
