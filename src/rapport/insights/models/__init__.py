"""The tables of insights."""

from .kept_figures import KeptFigures
from .market_size import MarketSize
from .next_action import NextActionAnswer, NextActionReview, Reply, ShownAction, WhyNot
from .own_estimate import OwnEstimate
from .standing_then import StandingThen
from .volume_forecast import VolumeForecast
from .works_review import WorksReview

__all__ = [
    "KeptFigures",
    "MarketSize",
    "NextActionAnswer",
    "NextActionReview",
    "OwnEstimate",
    "Reply",
    "ShownAction",
    "StandingThen",
    "VolumeForecast",
    "WhyNot",
    "WorksReview",
]
