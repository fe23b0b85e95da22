"""Deals out values: each thing that may be asked gets each value, and each place it is asked at gets some of them.

A field is met in many places, such as the forms to add, edit and answer: each value reaches it in one of these.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

Place = TypeVar("Place")


def dealt(
    places: Mapping[Place, Collection[str]],
    values: Sequence[str],
    *,
    least: int,
    same: Callable[[Place, str], Hashable] = lambda _place, name: name,
) -> Iterator[tuple[Place, dict[str, str]]]:
    """A place and a value for each of its names, until each name has had all of them, and each place at least so many.

    Names are one when `same` says so. Each begins elsewhere among the values, so that they meet in changing company.
    """
    had: Counter[Hashable] = Counter()
    begins: dict[Hashable, int] = {}
    turn = 0
    while True:
        chosen = [place for place in places if turn < least or _lacks(place, places[place], had, len(values), same)]
        if not chosen:
            return
        for place in chosen:
            given = {}
            for name in places[place]:
                key = same(place, name)
                begin = begins.setdefault(key, 7 * len(begins))
                given[name] = values[(begin + had[key]) % len(values)]
                had[key] += 1
            yield place, given
        turn += 1


def _lacks(
    place: Place, names: Collection[str], had: Counter[Hashable], values: int, same: Callable[[Place, str], Hashable]
) -> bool:
    return any(had[same(place, name)] < values for name in names)
