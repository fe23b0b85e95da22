"""The tables of the pipeline."""

from .opportunity import Opportunity, StageNeeds, Status
from .opportunity_line import OpportunityLine
from .pipeline import Pipeline
from .stage import Stage, StageKind
from .stage_visit import StageVisit

__all__ = ["Opportunity", "OpportunityLine", "Pipeline", "Stage", "StageKind", "StageNeeds", "StageVisit", "Status"]
