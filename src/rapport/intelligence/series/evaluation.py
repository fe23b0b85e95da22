"""A rolling back-test: at several origins in turn, each foreseen with what was known by then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .candidates import SEASONAL_NAIVE
from .combining import wape
from .following import followed
from .forecasting import Foreseen, Trial, trial_at, walked
from .intervals import LEVELS, Made, known_by
from .panel import NothingToLearn, Panel
from .smoothing import Floats
from .totals import totals_of

_MOST_ORIGINS = 6
_BETWEEN = 3
_FEW_SERIES = 12
_LONG = 1_500
"""Periods; so long a past has origins enough a horizon apart."""
_FEWEST_PERIODS = 6
_FEWEST_TO_SAY = 20
_LITTLE = 0.02
_NOTHING = 1e-6

Tell = Callable[[str], None]


class Verdict(StrEnum):
    """Whether to rely on it."""

    USABLE = "usable"
    WEAK = "weak"
    NO_SIGNAL = "no reliable signal"


@dataclass(frozen=True)
class Figures:
    """`wape` in shares; `coverage` by level, in shares; `*_naive`: of the naive seasonal forecast. NaN: not known."""

    wape: float
    wape_naive: float
    mase: float
    mase_naive: float
    wape_of_totals: float
    coverage: dict[int, float]


@dataclass(frozen=True)
class Evaluation:
    """`overall`: the newest periods, foreseen with choices made before; `rolling`: the mean over all origins that had
    earlier ones to choose by; `compared`: WAPE by forecaster on the newest periods. The newest first: `trials`, what
    was `foreseen`, and by level whether what came was `inside` the interval, NaN where that isn't known."""

    overall: Figures
    rolling: Figures
    compared: dict[str, float]
    weights: dict[str, float]
    way: str
    trials: tuple[Trial, ...]
    foreseen: tuple[Foreseen, ...]
    inside: tuple[dict[int, Floats], ...]
    past: tuple[Trial, ...]
    verdict: Verdict
    reason: str


def evaluate(panel: Panel, horizon: int, *, seed: int = 1, tell: Tell = lambda _text: None) -> Evaluation:
    """Hold the newest periods out, and earlier ones before. Raises `NothingToLearn`."""
    totals = totals_of(panel.names)
    origins, past = _origins(panel, horizon), []
    for number, origin in enumerate(_with_between(origins, panel, horizon), start=1):
        tell(f"Origin {number}: after {panel.days([origin - 1])[0]}")
        past.append(trial_at(panel, totals, origin, horizon, seed=seed))
    made = walked(past, totals)
    inside = [_inside(past, made, place) for place in range(len(past))]
    season = panel.frequency.season
    told = [place for place, trial in enumerate(past) if trial.origin in origins]
    figures = [_figures(panel.until(past[one].origin), season, past[one], made[one], inside[one]) for one in told]
    rolled = figures[: max(len(figures) - 1, 1)]
    newest, foreseen = past[0], made[0]
    compared = {name: _told(one, newest.came) for name, one in newest.series.items()}
    verdict, reason = _verdict(newest, figures[0], rolled)
    kept = tuple(past[one] for one in told), tuple(made[one] for one in told), tuple(inside[one] for one in told)
    return Evaluation(
        figures[0], _mean(rolled), compared, foreseen.mixture.grown, foreseen.way, *kept, tuple(past), verdict, reason
    )


def _origins(panel: Panel, horizon: int) -> list[int]:
    """After how many periods; two seasons must be known where they are at the newest origin."""
    length = panel.values.shape[1]
    newest = length - horizon
    if newest < _FEWEST_PERIODS:
        raise NothingToLearn(
            f"The series have {length} periods of a {panel.frequency}; to foresee {horizon}, at least "
            f"{horizon + _FEWEST_PERIODS} are needed. Take a shorter --horizon, or bring a longer history."
        )
    return list(range(newest, _fewest_known(panel, horizon) - 1, -horizon))[:_MOST_ORIGINS]


def _fewest_known(panel: Panel, horizon: int) -> int:
    two_seasons = 2 * panel.frequency.season
    return two_seasons if panel.values.shape[1] - horizon >= two_seasons else _FEWEST_PERIODS


def _with_between(origins: Sequence[int], panel: Panel, horizon: int) -> list[int]:
    """Few series tell little at an origin, so that chance would choose: there, two more are tried between each two."""
    if len(panel.names) > _FEW_SERIES or panel.values.shape[1] > _LONG:
        return list(origins)
    every = {origin - horizon * part // _BETWEEN for origin in origins for part in range(_BETWEEN)}
    return sorted((one for one in every if one >= _fewest_known(panel, horizon)), reverse=True)


def _figures(known: Floats, season: int, trial: Trial, found: Foreseen, inside: dict[int, Floats]) -> Figures:
    scale = naive_error(known, season)
    naive = trial.series[SEASONAL_NAIVE]
    return Figures(
        _told(found.series, trial.came),
        _told(naive, trial.came),
        _mase(found.series, trial.came, scale),
        _mase(naive, trial.came, scale),
        _told(found.sums, trial.sums_came) if len(found.sums) else float("nan"),
        {level: _share(inside.get(level)) for level in LEVELS},
    )


def _told(foreseen: Floats, came: Floats) -> float:
    """The error in shares of what came; not known where nothing came but something was foreseen."""
    if np.nansum(np.abs(came)) > 0:
        return wape(foreseen, came)
    return 0.0 if np.abs(foreseen[~np.isnan(came)]).sum() <= _NOTHING else float("nan")


def _share(inside: Floats | None) -> float:
    return float("nan") if inside is None or np.isnan(inside).all() else float(np.nanmean(inside))


def naive_error(known: Floats, season: int) -> Floats:
    """Mean absolute error of the naive seasonal forecast within the past, shape (series,)."""
    period = season if known.shape[1] > season else 1
    steps = np.abs(known[:, period:] - known[:, :-period])
    there = ~np.isnan(steps)
    return np.asarray(np.where(there, steps, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1))


def _mase(foreseen: Floats, came: Floats, scale: Floats) -> float:
    """The mean over series; those that never moved don't count."""
    errors = np.abs(foreseen - came)
    there = ~np.isnan(errors)
    mean = np.where(there, errors, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    counted = (scale > 0) & there.any(axis=1)
    return float((mean[counted] / scale[counted]).mean()) if counted.any() else float("nan")


def _inside(past: Sequence[Trial], made: Sequence[Foreseen], place: int) -> dict[int, Floats]:
    """Whether what came was inside of intervals from earlier origins, shape (series, horizon); none without any."""
    came = past[place].came
    every = [Made(trial.origin, one.series, trial.came) for trial, one in zip(past, made, strict=True)]
    spread = followed(known_by(every, past[place].origin))
    if spread is None:
        return {}
    hair = _NOTHING * np.abs(came)
    ends = {level: spread.around(made[place].series, level) for level in LEVELS}
    return {
        level: np.where(np.isnan(came), np.nan, (came >= low - hair) & (came <= high + hair))
        for level, (low, high) in ends.items()
    }


def _mean(figures: Sequence[Figures]) -> Figures:
    def over(values: list[float]) -> float:
        known = [value for value in values if not np.isnan(value)]
        return float(np.mean(known)) if known else float("nan")

    return Figures(
        over([one.wape for one in figures]),
        over([one.wape_naive for one in figures]),
        over([one.mase for one in figures]),
        over([one.mase_naive for one in figures]),
        over([one.wape_of_totals for one in figures]),
        {level: over([one.coverage[level] for one in figures]) for level in LEVELS},
    )


def _verdict(trial: Trial, newest: Figures, rolled: Sequence[Figures]) -> tuple[Verdict, str]:
    rolled = [one for one in rolled if not np.isnan([one.wape, one.wape_naive]).any()]
    points = int((~np.isnan(trial.came)).sum()) * len(rolled)
    if points < _FEWEST_TO_SAY:
        return Verdict.WEAK, f"too few points to say how good it is: {points}"
    gained = [1 - one.wape / one.wape_naive if one.wape_naive > 0 else 0.0 for one in rolled]
    if max(newest.wape_naive, newest.wape) <= _NOTHING:
        return Verdict.USABLE, "nothing ever changes"
    if np.mean([one.wape for one in rolled]) >= 1:
        return Verdict.NO_SIGNAL, "the errors are as large as what comes"
    if np.mean(gained) > _LITTLE and gained[0] > -_LITTLE:
        return Verdict.USABLE, "better than going on as a season ago"
    if np.mean(gained) > -_LITTLE:
        return Verdict.WEAK, "about as good as going on as a season ago"
    return Verdict.NO_SIGNAL, "worse than going on as a season ago"
