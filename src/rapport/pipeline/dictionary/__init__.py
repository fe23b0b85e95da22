"""Opportunities and the sales process in the dictionary."""

from . import lines, opportunity, stages

__all__ = ["lines", "opportunity", "stages"]
