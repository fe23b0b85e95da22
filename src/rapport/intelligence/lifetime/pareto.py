"""How often customers buy until they leave for good at any moment: Pareto/NBD (Schmittlein, Morrison and Colombo,
Management Science 33, 1987).

The likelihood is written as an integral over the moment of leaving, worked out by Gauss and Legendre's quadrature in
the share of buying that is left by then; so it needs no hypergeometric function and stays finite for many purchases.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

from .purchases import Floats, Histories

PARETO = "Pareto/NBD"
_PENALTIES = (1e-4, 1e-2)
_STARTS = ((0.0, 0.0, -0.5, 0.5), (-0.5, -0.5, -1.0, -1.0))
_BOUND = 7.0
_SAME = 1e-9
_MOST_FITTED = 4_000
_NODES, _WEIGHTS = (np.asarray(one, dtype=np.float64) for one in np.polynomial.legendre.leggauss(16))


@dataclass(frozen=True)
class Pareto:
    """Rate of purchases ~ Gamma(shape, rate), rate of leaving ~ Gamma(leaving, staying).

    `scale` is how many weeks its unit of time has; `penalty` and `tries` tell how it was fitted.
    """

    shape: float
    rate: float
    leaving: float
    staying: float
    scale: float
    penalty: float
    tries: int

    @property
    def family(self) -> str:
        """What it is called."""
        return PARETO

    @property
    def at(self) -> tuple[float, float, float, float]:
        """Its four parameters."""
        return self.shape, self.rate, self.leaving, self.staying

    def alive(self, known: Histories) -> Floats:
        """The chance that each has not left at the cut, shape (customers,)."""
        here, left = log_parts(self.at, known.repeats, known.recency / self.scale, known.age / self.scale)
        return np.asarray(np.exp(here - np.logaddexp(here, left)), dtype=np.float64)

    def purchases(self, known: Histories, weeks: float) -> Floats:
        """The number of days of purchase expected in the weeks after the cut."""
        age = known.age / self.scale
        rate = (self.shape + known.repeats) / (self.rate + age)
        longer = np.log1p(weeks / self.scale / (self.staying + age))
        beyond = self.leaving - 1
        lasting = longer if abs(beyond) < _SAME else -np.expm1(-beyond * longer) / beyond
        return np.asarray(self.alive(known) * rate * (self.staying + age) * lasting, dtype=np.float64)


def fit_pareto(known: Histories, *, seed: int = 1) -> Pareto | None:
    """By maximum likelihood, with a larger penalty where it doesn't converge; None where that doesn't help either."""
    some = np.random.default_rng(seed).permutation(len(known))[:_MOST_FITTED]
    scale = max(float(known.age.mean()), 1e-6)
    cases = known.repeats[some], known.recency[some] / scale, known.age[some] / scale
    tries = 0
    for penalty in _PENALTIES:
        for start in _STARTS:
            tries += 1
            found = minimize(_loss, start, (cases, penalty), "L-BFGS-B", bounds=[(-_BOUND, _BOUND)] * 4)
            if found.success and np.isfinite(found.fun) and np.abs(found.x).max() < _BOUND - 0.01:
                shape, rate, leaving, staying = np.exp(found.x).tolist()
                return Pareto(shape, rate, leaving, staying, scale, penalty, tries)
    return None


def _loss(at: Floats, cases: tuple[Floats, Floats, Floats], penalty: float) -> float:
    shape, rate, leaving, staying = np.exp(at)
    here, left = log_parts((shape, rate, leaving, staying), *cases)
    common = gammaln(shape + cases[0]) - gammaln(shape) + shape * np.log(rate) + leaving * np.log(staying)
    loss = -(common + np.logaddexp(here, left)).mean() + penalty * float((at**2).sum())
    return float(loss) if np.isfinite(loss) else 1e10


def log_parts(
    at: tuple[float, float, float, float], repeats: Floats, recency: Floats, age: Floats
) -> tuple[Floats, Floats]:
    """The logarithms of the likelihood of being there at the cut, and of having left since the last purchase.

    The latter is leaving times the integral of (rate + t) ** -(shape + repeats) * (staying + t) ** -(leaving + 1) over
    t from last purchase to cut; both lack what all have in common.
    """
    shape, rate, leaving, staying = at
    power = shape + repeats
    here = -power * np.log(rate + age) - leaving * np.log(staying + age)
    began = np.log(rate + recency)
    span = np.log(rate + age) - began
    least = np.exp(-power * span)
    share = least[:, None] + (1 - least)[:, None] * (_NODES + 1) / 2
    time = np.exp(began[:, None] - np.log(share) / power[:, None]) - rate
    inner = (rate + time) * np.exp(-(leaving + 1) * np.log(np.maximum(staying + time, 1e-300)))
    area = np.maximum(1 - least, 1e-300) / 2 * (inner @ _WEIGHTS)
    left = np.log(leaving) - power * began - np.log(power) + np.log(np.maximum(area, 1e-300))
    return np.asarray(here), np.asarray(left)
