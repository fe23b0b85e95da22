"""Fields that tell of each other: who may not see one must not see what it can be worked out from.

Domains name such fields when Django is ready; what depends on own fields is asked of a function each time.
"""

from collections.abc import Callable, Iterable

Telling = Callable[[str], Iterable[str]]

TELLING: list[Telling] = []
"""Each gives, for a hidden field ("opportunity.amount"), the fields that tell of it and so are hidden with it."""

_KNOWN: dict[str, set[str]] = {}


def tell_alike(*fields: str) -> None:
    """Each of these fields can be worked out from the others: where one is hidden, all are."""
    for field in fields:
        _KNOWN.setdefault(field, set()).update(fields)


def told_by(field: str) -> frozenset[str]:
    """The fields that are hidden together with this one, over however many steps; itself not among them."""
    return with_what_tells({field}) - {field}


def with_what_tells(hidden: Iterable[str]) -> frozenset[str]:
    """The hidden fields and whatever tells of them."""
    found: set[str] = set()
    waiting = list(hidden)
    while waiting:
        field = waiting.pop()
        if field not in found:
            found.add(field)
            waiting.extend(_KNOWN.get(field, ()))
            waiting.extend(other for telling in TELLING for other in telling(field))
    return frozenset(found)
