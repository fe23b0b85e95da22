"""The tables of intelligence, gathered for Django."""

from .drift_look import DriftLook, DriftOf
from .estimator import Estimator, EstimatorState
from .expectation import Expectation
from .exploration import Exploration, HeldBack
from .rescore import Rescore
from .score import Score, Withheld

__all__ = [
    "DriftLook",
    "DriftOf",
    "Estimator",
    "EstimatorState",
    "Expectation",
    "Exploration",
    "HeldBack",
    "Rescore",
    "Score",
    "Withheld",
]
