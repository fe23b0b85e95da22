"""The background jobs of oversight, where the queue looks for them."""

from .drilling import drill_switch
from .reviewing import judge_again, judge_new, review_all, set_aside_overtaken, test_attention
from .rolling_back import undo_run
from .trials.keeping_up import keep_up_trials

__all__ = [
    "drill_switch",
    "judge_again",
    "judge_new",
    "keep_up_trials",
    "review_all",
    "set_aside_overtaken",
    "test_attention",
    "undo_run",
]
