"""The ways of learning that are compared, the simplest first. A new one is one more file and one more line here."""

from .additive import ADDITIVE
from .boosted import CAREFUL_TREES, FREE_TREES, HISTOGRAM_TREES, LOOSE_TREES
from .candidate import Candidate, Learned, Lesson
from .linear import LINEAR, STRAIGHT
from .optional import optional_candidates

CANDIDATES: tuple[Candidate, ...] = (
    STRAIGHT,
    LINEAR,
    ADDITIVE,
    CAREFUL_TREES,
    HISTOGRAM_TREES,
    FREE_TREES,
    LOOSE_TREES,
    *optional_candidates(),
)

__all__ = ["CANDIDATES", "Candidate", "Learned", "Lesson"]
