"""The tables of intelligence, gathered for Django."""

from .estimator import Estimator, EstimatorState
from .rescore import Rescore
from .score import Score, Withheld

__all__ = ["Estimator", "EstimatorState", "Rescore", "Score", "Withheld"]
