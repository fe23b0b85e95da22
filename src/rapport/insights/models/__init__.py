"""The tables of insights."""

from .volume_forecast import VolumeForecast
from .works_review import WorksReview

__all__ = ["VolumeForecast", "WorksReview"]
