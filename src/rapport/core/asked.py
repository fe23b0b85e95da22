"""Which values a function of a record's values asks for: what a title says, what a record is found by."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any


@cache
def fields_asked(function: Callable[[Mapping[str, Any]], object]) -> frozenset[str]:
    """The fields that the function looks at, found out by giving it an empty record."""
    values = _Asked()
    with suppress(ValueError, TypeError, LookupError):  # not every function can do with nothing
        function(values)
    return frozenset(name.removesuffix("_id") for name in values.names)


class _Asked(dict[str, Any]):
    """Values of an empty record, which remember what they were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, _otherwise: Any = None) -> Any:
        """Nothing, whatever is asked for."""
        self.names.add(name)
        return None

    def __missing__(self, name: str) -> Any:
        self.names.add(name)
        return ""
