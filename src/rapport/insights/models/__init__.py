"""The tables of insights."""

from .next_action import NextActionAnswer, Reply, ShownAction, WhyNot
from .volume_forecast import VolumeForecast
from .works_review import WorksReview

__all__ = ["NextActionAnswer", "Reply", "ShownAction", "VolumeForecast", "WhyNot", "WorksReview"]
