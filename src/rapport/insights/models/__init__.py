"""The tables of insights."""

from .next_action import NextActionAnswer, NextActionReview, Reply, ShownAction, WhyNot
from .own_estimate import OwnEstimate
from .volume_forecast import VolumeForecast
from .works_review import WorksReview

__all__ = [
    "NextActionAnswer",
    "NextActionReview",
    "OwnEstimate",
    "Reply",
    "ShownAction",
    "VolumeForecast",
    "WhyNot",
    "WorksReview",
]
