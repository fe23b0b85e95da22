"""What is known of each customer at the cut, as numbers to learn from."""

import numpy as np

from .purchases import WEEK, Codes, Floats, Histories, sums_of

_WINDOWS = (4, 8, 13, 26, 52)
REPEATS, SILENCE, SPENT = 3, 6, 8
"""Which columns tell days of purchase after the first, weeks since the last, and the mean amount."""


def features_of(known: Histories, *, buys: Floats, alive: Floats, amount: Floats) -> Floats:
    """Shape (customers, features). `buys` is the rate of purchases foreseen a week, `alive` and `amount` go with it."""
    since = known.age - known.recency
    gap = known.recency / np.maximum(known.repeats, 1)
    columns = [
        buys,
        alive,
        amount,
        known.repeats,
        known.recency,
        known.age,
        since,
        since / np.maximum(gap, 0.5),
        known.spent,
        known.spent * (known.repeats + 1),
        *_windows(known),
        *_purchases(known),
    ]
    return np.column_stack(columns)


def _windows(known: Histories) -> list[Floats]:
    """Revenue and days of purchase in the weeks before the cut, and in the same weeks a year ago."""
    past, place = known.past, known.place()
    columns: list[Floats] = []
    for weeks in _WINDOWS:
        recent = past.day >= known.cut - weeks * WEEK
        columns += [
            sums_of(place[recent], past.amount[recent], len(known)),
            sums_of(place[recent], np.ones(recent.sum()), len(known)),
        ]
    a_year_ago = (past.day >= known.cut - 52 * WEEK) & (past.day < known.cut - 39 * WEEK)
    return [*columns, sums_of(place[a_year_ago], past.amount[a_year_ago], len(known))]


def _purchases(known: Histories) -> list[Floats]:
    """The largest, the first and the last purchase, how even the times between are, and what went back."""
    past, place = known.past, known.place()
    largest = np.zeros(len(known))
    np.maximum.at(largest, place, past.amount)
    first, last = _ends(place, len(known))
    steps = np.diff(past.day, prepend=past.day[:1])
    steps[first] = np.nan
    uneven = sums_of(place, np.nan_to_num(steps) ** 2, len(known)) / np.maximum(known.repeats, 1)
    returned = sums_of(place, past.bought - past.amount, len(known))
    return [largest, past.amount[first], past.amount[last], np.sqrt(uneven), returned]


def _ends(place: Codes, customers: int) -> tuple[Codes, Codes]:
    first = np.searchsorted(place, np.arange(customers), side="left")
    return first, np.searchsorted(place, np.arange(customers), side="right") - 1
