"""Totals over series, and forecasts that add up: from below, or drawn towards what the totals themselves foretell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .smoothing import Floats

JOIN = " / "
_SEPARATORS = (JOIN, "/", "|", ">")


@dataclass(frozen=True)
class Totals:
    """Names of the totals, and which series each holds: 1 or 0, of shape (totals, series)."""

    names: tuple[str, ...]
    holds: Floats

    def of(self, values: Floats) -> Floats:
        """The sums, shape (totals, time); NaN where no series of it has begun."""
        known = ~np.isnan(values)
        sums = self.holds @ np.where(known, values, 0)
        return np.where(self.holds @ known.astype(float) > 0, sums, np.nan)


def totals_of(names: Sequence[str]) -> Totals:
    """All together, and each beginning of the names that several share; none for a single series.

    Names are parted where all of them have a slash, a bar or an arrow.
    """
    separator = next((one for one in _SEPARATORS if all(one in name for name in names)), JOIN)
    found: dict[str, list[int]] = {"Total": list(range(len(names)))} if len(names) > 1 else {}
    for row, name in enumerate(names):
        parts = name.split(separator)
        for length in range(1, len(parts)):
            found.setdefault(separator.join(parts[:length]), []).append(row)
    kept = {name: rows for name, rows in found.items() if name == "Total" or 1 < len(rows) < len(names)}
    holds = np.zeros((len(kept), len(names)))
    for place, rows in enumerate(kept.values()):
        holds[place, rows] = 1
    return Totals(tuple(kept), holds)


def reconciled(series: Floats, sums: Floats, totals: Totals, series_error: Floats, sums_error: Floats) -> Floats:
    """The series' forecasts moved as little as their errors allow, so that the totals' forecasts have their say.

    Weighted least squares with the squared errors of earlier forecasts, shape (series,) and (totals,), as variances
    (MinT of Wickramasuriya, Athanasopoulos and Hyndman, JASA 114, 2019, with a diagonal). A variance is at most the
    square of what is foreseen: a series that ended takes nothing of a total's growth, however far off it once was.
    """
    bounded = np.minimum(series_error, (series**2).mean(axis=1))
    spread = totals.holds * bounded[None, :]
    joint = spread @ totals.holds.T + np.diag(sums_error + 1e-12 * (1 + sums_error.mean()))
    moved = spread.T @ np.linalg.solve(joint, sums - totals.holds @ series)
    return np.asarray(series + moved, dtype=np.float64)
