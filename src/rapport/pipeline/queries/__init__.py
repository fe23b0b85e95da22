"""Questions to the pipeline, one function each; the actor comes first."""

from .board import Board, CardPage, Column, board, cards_of
from .business import Business, business_of, open_opportunities_of
from .histories import StageTime, Stay, stays_of, time_in_stages
from .worklists import closing_until, next_steps_due, stalled_opportunities

__all__ = [
    "Board",
    "Business",
    "CardPage",
    "Column",
    "StageTime",
    "Stay",
    "board",
    "business_of",
    "cards_of",
    "closing_until",
    "next_steps_due",
    "open_opportunities_of",
    "stalled_opportunities",
    "stays_of",
    "time_in_stages",
]
