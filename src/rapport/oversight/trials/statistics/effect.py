"""The effect of what was drawn by chance: a difference of means within sellers, robust to how alike their cases are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST_SELLERS = 5


@dataclass(frozen=True)
class Drawn:
    """One case: whose it is, whether it was in the arm looked at, with what probability it got its arm, what came."""

    seller: str
    treated: bool
    probability: float
    value: float


@dataclass(frozen=True)
class Effect:
    """By how much the mean differs in the arm looked at, with its 95 % interval."""

    n: int
    sellers: int
    difference: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Whether there is an effect."""
        return self.low > 0 or self.high < 0


def effect_of(cases: Sequence[Drawn]) -> Effect | None:
    """The effect as drawn, with an effect of each seller taken out; None when too few sellers were in both arms.

    Cases count by one over the probability of their arm. The interval is the cluster-robust one by sellers (CR3, in
    which each seller counts as judged without them) with Student's t for the number of sellers that were in both arms.
    """
    by_seller: dict[str, list[Drawn]] = defaultdict(list)
    for case in cases:
        by_seller[case.seller].append(case)
    told = [_within(one) for one in by_seller.values() if len({case.treated for case in one}) > 1]
    if len(told) < FEWEST_SELLERS:
        return None
    weight = sum(moved for moved, _shared in told)
    difference = sum(shared for _moved, shared in told) / weight
    sellers = len(told)
    error = sqrt(sum(((shared - difference * moved) / (weight - moved)) ** 2 for moved, shared in told))
    half = _t(sellers - 1) * error
    return Effect(len(cases), sellers, difference, difference - half, difference + half)


def _within(cases: Sequence[Drawn]) -> tuple[float, float]:
    """Of one seller: the weighted variation of being treated, and what it shares with the outcome."""
    weights = [1 / case.probability for case in cases]
    whole = sum(weights)
    treated = sum(weight * case.treated for weight, case in zip(weights, cases, strict=True)) / whole
    mean = sum(weight * case.value for weight, case in zip(weights, cases, strict=True)) / whole
    moved = shared = 0.0
    for weight, case in zip(weights, cases, strict=True):
        moved += weight * (case.treated - treated) ** 2
        shared += weight * (case.treated - treated) * (case.value - mean)
    return moved, shared


def _t(freedom: int) -> float:
    """The value that Student's t exceeds in 2.5 % of cases."""
    from scipy.stats import t  # loaded where it is needed

    return float(t.ppf(0.975, freedom))
