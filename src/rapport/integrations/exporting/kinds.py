"""The kinds of exports that can be made in the background: each says how many records it has, and writes them.

A kind is registered under its name by whoever knows how to make it; `wanted` of a download names it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.core.actors import Actor

Wanted = Mapping[str, Any]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Kind:
    """How an export is counted and made; `pieces` tells after every few records how many are written."""

    count: Callable[[Actor, Wanted], int]
    pieces: Callable[[Actor, Wanted, Tell], Iterator[bytes]]


KINDS: dict[str, Kind] = {}
