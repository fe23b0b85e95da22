"""The opportunity, split by what it can do: its facts, its stages, its closing, its lines."""

from .facts import Status
from .needs import StageNeeds
from .opportunity import Opportunity

__all__ = ["Opportunity", "StageNeeds", "Status"]
