"""What the product is compared with: the same columns, each learner as it comes, nothing tuned, nothing calibrated."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from lightgbm import LGBMClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from rapport.intelligence.tabular import Column, train
from rapport.intelligence.tabular.comparing import ALL_NAMES
from rapport.intelligence.tabular.design import design_of
from rapport.intelligence.tabular.leakage import suspected_leakage

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Scores = Callable[[Sequence[Column]], Floats]
Learn = Callable[[Sequence[Column], Booleans], Scores]
OURS = "Rapport"
_OWN = tuple(name for name in ALL_NAMES if name != "catboost")
"""As most have it; beside it stands what comes out where CatBoost is installed and takes part."""


def learners(*, by_time: bool, seed: int) -> dict[str, Learn]:
    """By name: learns from columns and answers, gives what scores other rows."""
    found: dict[str, Learn] = {
        OURS: lambda columns, yes: train(columns, yes, in_time_order=by_time, seed=seed, names=_OWN).chance,
        "logistic regression": lambda columns, yes: _plain(columns, yes, seed, linear=True),
        "LightGBM, default": lambda columns, yes: _plain(columns, yes, seed, linear=False),
    }
    if find_spec("catboost"):
        found["Rapport with CatBoost"] = lambda columns, yes: (
            train(columns, yes, in_time_order=by_time, seed=seed).chance
        )
        found["CatBoost, default"] = lambda columns, yes: _cat_boost(columns, yes, seed)
    return found


def _without_leakage(columns: Sequence[Column], yes: Booleans, seed: int) -> list[Column]:
    """The same columns that the product leaves out are left out for all."""
    left_out = {suspicion.column for suspicion in suspected_leakage(columns, yes, seed=seed)}
    return [column for column in columns if column.name not in left_out]


def _plain(columns: Sequence[Column], yes: Booleans, seed: int, *, linear: bool) -> Scores:
    used = _without_leakage(columns, yes, seed)
    design = design_of(used, yes)
    known = design.of_training(used, yes, seed=seed)
    if linear:
        with threadpool_limits(limits=1):
            fitted = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300)).fit(known.steps, yes)
        return lambda rows: np.asarray(fitted.predict_proba(design.matrices(rows).steps))[:, 1]
    trees = LGBMClassifier(n_jobs=1, verbose=-1, random_state=seed).fit(known.plain, yes)
    return lambda rows: np.asarray(trees.predict_proba(design.matrices(rows).plain))[:, 1]


def _cat_boost(columns: Sequence[Column], yes: Booleans, seed: int) -> Scores:
    from catboost import CatBoostClassifier

    used = _without_leakage(columns, yes, seed)
    design = design_of(used, yes)
    trees = CatBoostClassifier(verbose=False, thread_count=1, random_seed=seed, allow_writing_files=False)
    trees.fit(design.of_training(used, yes, seed=seed).plain, yes.astype(int))
    return lambda rows: np.asarray(trees.predict_proba(design.matrices(rows).plain))[:, 1]
