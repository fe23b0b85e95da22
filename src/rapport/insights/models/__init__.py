"""The tables of insights."""

from .works_review import WorksReview

__all__ = ["WorksReview"]
