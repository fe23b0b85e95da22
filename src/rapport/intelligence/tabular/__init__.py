"""A yes-or-no answer learned from a table: one path for a file that somebody brings and for our own records."""

from .columns import Column, ColumnKind, columns_of
from .evaluation import Evaluation, TimeOrder, evaluate
from .target import Target, target_of
from .training import Estimator, train

__all__ = [
    "Column",
    "ColumnKind",
    "Estimator",
    "Evaluation",
    "Target",
    "TimeOrder",
    "columns_of",
    "evaluate",
    "target_of",
    "train",
]
