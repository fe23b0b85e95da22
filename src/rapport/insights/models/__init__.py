"""The tables of insights."""

from .next_action import NextActionAnswer, NextActionReview, Reply, ShownAction, WhyNot
from .volume_forecast import VolumeForecast
from .works_review import WorksReview

__all__ = ["NextActionAnswer", "NextActionReview", "Reply", "ShownAction", "VolumeForecast", "WhyNot", "WorksReview"]
