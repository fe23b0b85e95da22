"""Taking back what was done."""

from .planning import Conflict
from .standing import is_undone, may_undo, undoable_among, undone_among
from .undoing import OBJECTIONS, UndoResult, undo_batch, undo_event

__all__ = [
    "OBJECTIONS",
    "Conflict",
    "UndoResult",
    "is_undone",
    "may_undo",
    "undo_batch",
    "undo_event",
    "undoable_among",
    "undone_among",
]
