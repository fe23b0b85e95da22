"""The background jobs of oversight, where the queue looks for them."""

from .reviewing import review_all, set_aside_overtaken, test_attention
from .rolling_back import undo_run

__all__ = ["review_all", "set_aside_overtaken", "test_attention", "undo_run"]
