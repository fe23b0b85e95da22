"""How good probabilities are. All take `yes` (bool, shape (n,)) and `chance` (float64 in 0..1, shape (n,))."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import Floats

Booleans = NDArray[np.bool_]
SHARES = (10, 20, 30, 50)
_BINS = 10


@dataclass(frozen=True)
class Measures:
    """Figures of one trial. `lift` by share of the best scored, in per cent; NaN where only one answer occurs."""

    rows: int
    positives: int
    roc_auc: float
    pr_auc: float
    brier: float
    ece: float
    log_loss: float
    lift: dict[int, float]


def measures_of(yes: Booleans, chance: Floats) -> Measures:
    """All figures of one trial."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    both = 0 < yes.sum() < len(yes)
    return Measures(
        rows=len(yes),
        positives=int(yes.sum()),
        roc_auc=float(roc_auc_score(yes, chance)) if both else float("nan"),
        pr_auc=float(average_precision_score(yes, chance)) if both else float("nan"),
        brier=float(np.mean((chance - yes) ** 2)),
        ece=expected_calibration_error(yes, chance),
        log_loss=float(row_losses(yes, chance).mean()),
        lift={share: lift(yes, chance, share=share) for share in SHARES},
    )


def row_losses(yes: Booleans, chance: Floats) -> Floats:
    """The logarithmic loss of each row, in nats, shape (n,)."""
    bounded = np.clip(chance, 1e-6, 1 - 1e-6)
    return -np.where(yes, np.log(bounded), np.log1p(-bounded))


def expected_calibration_error(yes: Booleans, chance: Floats) -> float:
    """Mean distance of promised and observed frequency over ten bins of equal width, weighted by rows.

    Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015.
    """
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    rows = np.bincount(bins, minlength=_BINS)
    promised = np.bincount(bins, weights=chance, minlength=_BINS)
    observed = np.bincount(bins, weights=yes.astype(float), minlength=_BINS)
    return float(np.abs(promised - observed).sum() / max(rows.sum(), 1))


def lift(yes: Booleans, chance: Floats, *, share: int) -> float:
    """How many times more positives the `share` per cent best scored hold than as many rows taken at random.

    Rows of equal score count with their mean, so that the order of the file doesn't matter.
    """
    taken = max(1, round(len(yes) * share / 100))
    order = np.argsort(-chance, kind="stable")
    border = chance[order[taken - 1]]
    above = chance > border
    level = chance == border
    found = yes[above].sum() + (taken - above.sum()) * yes[level].mean()
    return float(found / taken / yes.mean()) if yes.any() else float("nan")
