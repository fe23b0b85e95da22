"""An offer: a value, and why it may be the right one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offer:
    """A value for an empty field, as its column holds it or as the record linked to; `reason` is told beside it."""

    value: Any
    reason: str
