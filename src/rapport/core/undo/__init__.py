"""Taking back what was done."""

from .conflicts import Conflict, Named, named_for
from .standing import is_undone, may_undo, undoable_among, undone_among
from .undoing import OBJECTIONS, UndoResult, undo_batch, undo_event

__all__ = [
    "OBJECTIONS",
    "Conflict",
    "Named",
    "UndoResult",
    "is_undone",
    "may_undo",
    "named_for",
    "undo_batch",
    "undo_event",
    "undoable_among",
    "undone_among",
]
