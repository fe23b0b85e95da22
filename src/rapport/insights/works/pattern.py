"""What a pattern is, and all that are known: one a file in `patterns/`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise

from .story import Contact

Followed = Callable[[Sequence[Contact], datetime], bool]


@dataclass(frozen=True)
class Pattern:
    """A way of working in the first `days` after an opportunity entered a stage.

    `followed` says, from the contacts of those days and the moment they began, whether it was followed. `advice` tells
    somebody to do so, `told` says of cases that they did, `undone` says of one that it has not been done yet.
    """

    advice: str | Promise
    told: str | Promise
    undone: str | Promise
    days: int
    followed: Followed


@cache
def all_patterns() -> Mapping[str, Pattern]:
    """The patterns of the folder, by the names of their files."""
    from . import patterns

    names = sorted(module.name for module in iter_modules(patterns.__path__))
    return {name: import_module(f"{patterns.__name__}.{name}").PATTERN for name in names}
