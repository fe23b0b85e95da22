"""A back-test: foreseen from before the last weeks, judged by them; what is chosen was chosen on an earlier trial."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rapport.intelligence.tabular.calibration import Calibration, calibration_of
from rapport.intelligence.tabular.candidates.candidate import log_odds
from rapport.intelligence.tabular.measures import expected_calibration_error

from .foreseeing import ALGORITHMS, BLEND, MODEL, NAIVE, Foreseen, foresee
from .intervals import LEVELS, Spread, spread_of
from .measures import Measures, measures_of
from .purchases import WEEK, Floats, NothingToLearn, Purchases

_FEWEST_CUSTOMERS = 50
_FEWEST_BUYERS = 20
_SURE = 1.96
_SURE_OF_ANY = 2.69
"""The same for the best of seven that stand beside the blend (Bonferroni)."""
_OFF = 0.25
_LEAST_GINI = 0.1
_YEAR = 52.0

Tell = Callable[[str], None]


class Verdict(StrEnum):
    """Whether to rely on it."""

    USABLE = "usable"
    WEAK = "weak"
    NO_SIGNAL = "no reliable signal"


@dataclass(frozen=True)
class Choice:
    """What an earlier trial taught: the algorithm, the spread around it, and how to calibrate the chance of buying."""

    algorithm: str
    spread: Spread | None
    buys: Calibration

    def expected(self, foreseen: Foreseen) -> Floats:
        """Revenue by the algorithm chosen."""
        return foreseen.by_algorithm[self.algorithm]

    def chance_of_buying(self, foreseen: Foreseen) -> Floats:
        """The calibrated chance of at least one purchase within the horizon."""
        return self.buys.chance(log_odds(foreseen.view.buying.buys(foreseen.view.known, foreseen.weeks)))


@dataclass(frozen=True)
class Evaluation:
    """The figures of the last weeks, foreseen after `weeks_before` others. `typical`: of the middle of each customer;
    `coverage` by level, in shares; `buying_error`: the expected calibration error of the chance to buy at all."""

    customers: int
    weeks_before: float
    foreseen: Foreseen
    choice: Choice
    came: Floats
    compared: dict[str, Measures]
    typical: Measures
    coverage: dict[int, float]
    buying_error: float
    verdict: Verdict
    reason: str

    @property
    def overall(self) -> Measures:
        """Of the algorithm chosen."""
        return self.compared[self.choice.algorithm]

    @property
    def seasons_known(self) -> bool:
        """Whether the weeks held out had been seen a year before; without that no season can be foreseen."""
        return self.weeks_before >= _YEAR


def evaluate(purchases: Purchases, weeks: float, *, seed: int = 1, tell: Tell = lambda _text: None) -> Evaluation:
    """Hold the last weeks out, foresee them from before, and compare. Raises `NothingToLearn`."""
    cut = purchases.end - weeks * WEEK
    _demand_enough(purchases, cut, weeks)
    tell("Choosing on an earlier trial")
    choice = choice_at(purchases, cut, weeks, seed=seed)
    tell("Foreseeing the last weeks")
    foreseen = foresee(purchases, cut, weeks, seed=seed)
    known = foreseen.view.known
    came = known.revenue(purchases, purchases.end)
    expected = choice.expected(foreseen)
    names = dict.fromkeys((*ALGORITHMS, choice.algorithm))
    compared = {name: measures_of(came, foreseen.by_algorithm[name]) for name in names}
    bought = known.buys(purchases, purchases.end)
    verdict, reason = _verdict(came, foreseen, choice, int(bought.sum()))
    return Evaluation(
        len(known),
        (cut - purchases.first) / WEEK,
        foreseen,
        choice,
        came,
        compared,
        measures_of(came, typical_of(choice, expected)),
        _coverage(choice, expected, came),
        expected_calibration_error(bought, choice.chance_of_buying(foreseen)),
        verdict,
        reason,
    )


def choice_at(purchases: Purchases, cut: float, weeks: float, *, seed: int = 1) -> Choice:
    """Try all on the stretch before the cut; the blend is taken unless another was nearer beyond noise."""
    length = min(weeks, (cut - purchases.first) / WEEK / 2)
    earlier = foresee(purchases, cut - length * WEEK, length, seed=seed) if length >= 1 else None
    if earlier is None or len(earlier.view.known) < _FEWEST_CUSTOMERS:
        return Choice(MODEL, None, Calibration())
    known = earlier.view.known
    came, bought = known.revenue(purchases, cut), known.buys(purchases, cut)
    if came.sum() <= 0:
        return Choice(MODEL, None, Calibration())
    algorithm = _chosen(earlier, came)
    chance = earlier.view.buying.buys(known, length)
    calibrated = 0 < bought.sum() < len(bought)
    calibration = calibration_of(log_odds(chance), bought, np.ones(len(bought))) if calibrated else Calibration()
    return Choice(algorithm, spread_of(came, earlier.by_algorithm[algorithm]), calibration)


def _chosen(earlier: Foreseen, came: Floats) -> str:
    """The blend, unless another was nearer beyond noise; by absolute error once every total is right, so that nobody
    wins by foreseeing too little."""
    errors = {}
    for name in ALGORITHMS:
        given = earlier.by_algorithm[name]
        errors[name] = np.abs(given * max(came.sum(), 1e-9) / max(given.sum(), 1e-9) - came)
    for name in sorted(ALGORITHMS, key=lambda name: errors[name].mean()):
        ahead = errors[BLEND] - errors[name]
        if ahead.mean() > _SURE_OF_ANY * ahead.std() / np.sqrt(len(ahead)):
            return name
    return BLEND


def typical_of(choice: Choice, expected: Floats) -> Floats:
    """Half of such customers bring less; as expected where no trial was possible."""
    return choice.spread.typical(expected) if choice.spread else expected


def _coverage(choice: Choice, expected: Floats, came: Floats) -> dict[int, float]:
    if not choice.spread:
        return {}
    intervals = {level: choice.spread.interval(expected, level) for level in LEVELS}
    return {level: float(((came >= one.low) & (came <= one.high)).mean()) for level, one in intervals.items()}


def _verdict(came: Floats, foreseen: Foreseen, choice: Choice, buyers: int) -> tuple[Verdict, str]:
    expected = choice.expected(foreseen)
    if len(came) < _FEWEST_CUSTOMERS or buyers < _FEWEST_BUYERS:
        return Verdict.NO_SIGNAL, f"too few cases to say: {len(came)} customers, {buyers} of them bought again"
    figures = measures_of(came, expected)
    gained = np.abs(foreseen.by_algorithm[NAIVE] - came) - np.abs(expected - came)
    if figures.gini < _LEAST_GINI:
        return Verdict.NO_SIGNAL, "who brings more can't be told from chance"
    if choice.algorithm != NAIVE and gained.mean() < -_SURE * gained.std() / np.sqrt(len(came)):
        return Verdict.NO_SIGNAL, "worse than going on as in the past"
    if abs(figures.bias) > _OFF:
        return Verdict.WEAK, "the order of customers holds, but the total is off by more than a quarter"
    return Verdict.USABLE, "customers come in the right order, and the total is near"


def _demand_enough(purchases: Purchases, cut: float, weeks: float) -> None:
    span = (purchases.end - purchases.first) / WEEK
    if not (purchases.bought > 0).any():
        raise NothingToLearn(
            "No amount is above 0. Purchases count above 0 and returns below; check the column of amounts."
        )
    if span < 2:
        raise NothingToLearn("All purchases lie within two weeks; bring a longer history.")
    if weeks > span / 2:
        raise NothingToLearn(
            f"The purchases reach over {int(span)} weeks; to foresee {weeks:g}, at least twice as many are needed. "
            f"Take --horizon-weeks {max(int(span // 2), 1)} or less, or bring a longer history."
        )
    known = len(np.unique(purchases.customer[(purchases.day < cut) & (purchases.bought > 0)]))
    if known < _FEWEST_CUSTOMERS:
        raise NothingToLearn(
            f"Only {known} customers had bought before the last {weeks:g} weeks; "
            f"at least {_FEWEST_CUSTOMERS} are needed."
        )
