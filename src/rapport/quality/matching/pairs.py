"""A pair of rows, and what speaks for and against it. Apart, because what weighs pairs takes seconds to load."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldWeight:
    """What one field says: bits of evidence, above 0 for the same, below 0 against it."""

    field: str
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two rows, how likely they stand for the same thing (0 to 1), the evidence in bits, and each field's part."""

    left: int
    right: int
    probability: float
    weight: float
    fields: Sequence[FieldWeight]
