"""Examples of a rule: records that it finds, and records that it leaves alone. They are its tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rapport.core.clock import today

Example = Mapping[str, Any]
"""Values of a record by field. A mapping stands for a linked record, a list of mappings for records that link to it."""


@dataclass(frozen=True)
class Day:
    """A day so many days from today."""

    offset: int

    @property
    def date(self) -> date:
        """The day itself."""
        return today() + timedelta(days=self.offset)
