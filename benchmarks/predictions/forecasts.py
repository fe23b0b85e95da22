"""Forecasts on two tables: the newest periods and earlier ones, beside the last season, AutoETS and AutoTheta.

What is resampled are series; over all origins, origins too. The errors of all series move together, so intervals of the
newest periods tell how the series differ, not how another year would go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.predictions.resampling import Resamples, Rows, beside, shown
from benchmarks.predictions.running import over_seeds, present
from benchmarks.quality.measuring import table
from rapport.intelligence import series
from rapport.intelligence.series.candidates import SEASONAL_NAIVE
from rapport.intelligence.series.evaluation import naive_error
from rapport.intelligence.series.intervals import LEVELS
from rapport.intelligence.written import days_of, numbers_of

Floats = npt.NDArray[np.float64]
_RESAMPLES = 300
_FEWEST = 24
OURS, LAST = "**Rapport**", "last season"


@dataclass(frozen=True)
class Origin:
    """One origin: absolute errors by way, shape (series, horizon), what came, the naive error within the past, and
    whether intervals held."""

    errors: dict[str, Floats]
    came: Floats
    scale: Floats
    held: dict[int, Floats]


def run(folder: Path, *, seeds: int) -> None:
    """Print both tables; one that is absent is skipped."""
    tables: dict[str, Callable[[Path], tuple[series.Panel, int]]] = {
        "walmart": lambda where: (_walmart(where), 13),
        "aus": lambda where: (_aus(where), 24),
    }
    for name, (panel, horizon) in present("forecasts", tables, folder):
        found, seconds = over_seeds(partial(_evaluated, panel, horizon), seeds)
        runs = [_origins(panel, one, horizon) for one in found]
        for origin in range(len(found[0].trials)):
            beside_it = _others(panel, horizon, origin)
            for one in runs:
                one[origin].errors.update(beside_it)
        _print(f"{name}, {len(panel.names)} series, h = {horizon}", runs, seconds)


def _evaluated(panel: series.Panel, horizon: int, seed: int) -> series.Evaluation:
    return series.evaluate(panel, horizon, seed=seed)


def _walmart(folder: Path) -> series.Panel:
    found = pl.read_csv(folder / "walmart_weekly/Walmart.csv", infer_schema=False)
    return _panel(found["Date"], found["Weekly_Sales"], found["Store"])


def _aus(folder: Path) -> series.Panel:
    found = pl.read_csv(folder / "aus_retail_monthly/aus_retail.csv.gz", infer_schema=False)
    nested = found.select(pl.concat_str("State", "Industry", separator=" / ")).to_series()
    return _panel(found["Month"], found["Turnover"], nested)


def _panel(date: pl.Series, value: pl.Series, whose: pl.Series) -> series.Panel:
    return series.panel_of(days_of(date.to_list()), numbers_of(value.to_list()), whose.to_list())


def _origins(panel: series.Panel, found: series.Evaluation, horizon: int) -> list[Origin]:
    """The newest first."""
    origins = []
    for place, trial in enumerate(found.trials):
        known = panel.until(panel.values.shape[1] - horizon * (place + 1))
        foreseen = found.foreseen[place].series
        errors = {OURS: np.abs(foreseen - trial.came), LAST: np.abs(trial.series[SEASONAL_NAIVE] - trial.came)}
        origins.append(Origin(errors, trial.came, naive_error(known, panel.frequency.season), found.inside[place]))
    return origins


def _others(panel: series.Panel, horizon: int, place: int) -> dict[str, Floats]:
    """Absolute errors of statsforecast's AutoETS and AutoTheta, where it is installed."""
    if not find_spec("statsforecast"):
        return {}
    from statsforecast.models import AutoETS, AutoTheta

    season, length = panel.frequency.season, panel.values.shape[1] - horizon * (place + 1)
    came = panel.values[:, length : length + horizon]
    found = {}
    for name, kind in {"AutoETS": AutoETS, "AutoTheta": AutoTheta}.items():
        model = kind(season)
        ahead = [_ahead(model, line, horizon) for line in panel.until(length)]
        found[name] = np.abs(np.array(ahead) - came)
    return found


def _ahead(model: Any, line: Floats, horizon: int) -> Floats:
    known = line[~np.isnan(line)]
    return model.forecast(y=known, h=horizon)["mean"] if len(known) > _FEWEST else np.full(horizon, np.nan)


def _print(name: str, runs: Sequence[Sequence[Origin]], seconds: float) -> None:
    every = range(max(1, len(runs[0]) - 1))
    for words, origins in {"the newest periods": every[:1], "all origins that had earlier ones": every}.items():
        print(
            f"\n## Forecasts: {name}, {words}\n\n{len(origins)} origins, {len(runs)} seeds, {seconds:.0f} CPU-s each.\n"
        )
        drawn = _drawn(len(origins), len(runs[0][0].came), len(runs))
        stacks = [_stacked([one[origin] for origin in origins]) for one in runs]
        print(table(("", "WAPE, %", "ours less theirs", "MASE", "ours less theirs"), _rows(stacks, drawn)))
        print(f"\nIntervals held, %: {_held(stacks, drawn)}.")


def _held(stacks: Sequence[Origin], drawn: Resamples) -> str:
    shares = {level: drawn.of_runs(stacks, partial(_inside, level=level)) for level in LEVELS}
    return ", ".join(f"{level}: {shown(one, places=1, times=100)}" for level, one in shares.items())


def _inside(one: Origin, rows: Rows, level: int) -> float:
    return float(np.nanmean(one.held[level][rows]))


def _drawn(origins: int, units: int, seeds: int) -> Resamples:
    """Rows of stacked origins, shape (origins, series): origins are drawn, then series, the same of each."""
    dice = np.random.default_rng(1)
    whole = np.arange(origins * units).reshape(origins, units)
    drawn = [
        whole[dice.integers(0, origins, origins)][:, dice.integers(0, units, units)] for _resample in range(_RESAMPLES)
    ]
    return Resamples(
        tuple((seed, whole) for seed in range(seeds)), tuple((place % seeds, one) for place, one in enumerate(drawn))
    )


def _stacked(origins: Sequence[Origin]) -> Origin:
    """One below the other; series too short for one of the ways count for none."""
    origins = [_where_all_know(one) for one in origins]
    first = origins[0]
    return Origin(
        {way: np.concatenate([one.errors[way] for one in origins]) for way in first.errors},
        np.concatenate([one.came for one in origins]),
        np.concatenate([one.scale for one in origins]),
        {level: np.concatenate([one.held[level] for one in origins]) for level in first.held},
    )


def _where_all_know(one: Origin) -> Origin:
    unknown = np.any([np.isnan(errors).all(axis=1) for errors in one.errors.values()], axis=0)[:, None]
    errors = {way: np.where(unknown, np.nan, each) for way, each in one.errors.items()}
    return Origin(errors, np.where(unknown, np.nan, one.came), one.scale, one.held)


def _rows(stacks: Sequence[Origin], drawn: Resamples) -> list[tuple[object, ...]]:
    found = []
    ours = [drawn.of_runs(stacks, partial(of, way=OURS)) for of in (_wape, _mase)]
    for way in stacks[0].errors:
        told: list[object] = [way]
        for mine, of, times in zip(ours, (_wape, _mase), (100, 1), strict=True):
            theirs = drawn.of_runs(stacks, partial(of, way=way))
            places = 2 if times == 100 else 3
            told += [shown(theirs, places=places, times=times)]
            told += ["" if way == OURS else beside(mine - theirs, places=places, times=times)]
        found.append(tuple(told))
    return found


def _wape(one: Origin, rows: Rows, way: str) -> float:
    """The mean over origins."""
    came = np.abs(one.came[rows])
    return float((np.nansum(one.errors[way][rows], axis=(1, 2)) / np.nansum(came, axis=(1, 2))).mean())


def _mase(one: Origin, rows: Rows, way: str) -> float:
    """The mean over series and origins; series that never moved don't count."""
    scale = np.where(one.scale > 0, one.scale, np.nan)
    with np.errstate(invalid="ignore"), catch_warnings():
        simplefilter("ignore", RuntimeWarning)
        return float(np.nanmean(np.nanmean(one.errors[way], axis=1)[rows] / scale[rows]))
