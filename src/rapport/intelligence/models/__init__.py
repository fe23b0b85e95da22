"""The tables of intelligence, gathered for Django."""

from .drift_look import DriftLook, DriftOf
from .duel_case import DuelCase
from .estimator import Estimator, EstimatorState
from .expectation import Expectation
from .exploration import Exploration, HeldBack
from .rescore import Rescore
from .score import Score, Withheld

__all__ = [
    "DriftLook",
    "DriftOf",
    "DuelCase",
    "Estimator",
    "EstimatorState",
    "Expectation",
    "Exploration",
    "HeldBack",
    "Rescore",
    "Score",
    "Withheld",
]
