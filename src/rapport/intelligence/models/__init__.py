"""The tables of intelligence, gathered for Django."""

from .estimator import Estimator, EstimatorState
from .expectation import Expectation
from .rescore import Rescore
from .score import Score, Withheld

__all__ = ["Estimator", "EstimatorState", "Expectation", "Rescore", "Score", "Withheld"]
