"""What speaks for the value of a customer and for the closeness of the relationship, measured at a day."""

from collections.abc import Mapping

import numpy as np

from .facts import Codes, Facts, Floats
from .names import SIGNALS

YEAR, MONTH = 365.0, 365.0 / 12
_LATELY = 2 * YEAR
_NEW_FOR = YEAR
_FIRST_SEEN = 90.0
"""Products already sold in the first days of all data may be older than that: nobody bought them early."""


def signals_at(facts: Facts, day: float) -> tuple[Codes, Mapping[str, Floats]]:
    """Who ordered in the two years before a day, and their signals, each of shape (customers,).

    `revenue` of the year before; `months` of its twelve with an order; `held`: days a contract runs on, two years at
    most; `early`: products first bought within the two years, and within a year of their first sale to anybody;
    `linked`: other customers of these two years in the same group or with a person in common; `contacts` and `people`
    in them during the year; `tenure`: days since the first order; `families` bought from in two years.
    """
    bought = facts.purchases
    known = bought.day <= day
    who, when, amount = bought.customer[known], bought.day[known], bought.amount[known]
    size = len(bought.names)
    year, lately = when > day - YEAR, when > day - _LATELY
    first = np.full(size, np.inf)
    np.minimum.at(first, who, when)
    is_customer = np.bincount(who[lately], minlength=size) > 0
    months = np.floor((day - when[year]) / MONTH)
    measured = {
        "revenue": np.bincount(who[year], weights=amount[year], minlength=size).clip(min=0),
        "months": _distinct(who[year], months, size),
        "held": _held(facts, day, size),
        "early": _early(facts, day, size),
        "linked": _linked(facts, is_customer, size),
        "tenure": day - first,
        "families": _families(facts, day, size),
        **_contacts(facts, day, size),
    }
    customers = np.flatnonzero(is_customer)
    return customers, {name: measured[name][customers] for name in SIGNALS}


def _distinct(who: Floats | Codes, what: Floats, size: int) -> Floats:
    """How many different ones each has, shape (size,)."""
    pairs = np.unique(np.column_stack([who, what]), axis=0)
    return np.bincount(pairs[:, 0].astype(np.int64), minlength=size).astype(float)


def _held(facts: Facts, day: float, size: int) -> Floats:
    rows = facts.contracts
    ends = np.where(np.isnan(rows["ends"]), np.inf, rows["ends"])
    runs = (rows["starts"] <= day) & (ends > day)
    held = np.zeros(size)
    np.maximum.at(held, rows["customer"][runs].astype(np.int64), np.minimum(ends[runs] - day, _LATELY))
    return held


def _early(facts: Facts, day: float, size: int) -> Floats:
    rows = {name: values[facts.lines["day"] <= day] for name, values in facts.lines.items()}
    if not len(rows["day"]):
        return np.zeros(size)
    product = rows["product"].astype(np.int64)
    launched = np.full(int(product.max()) + 1, np.inf)
    np.minimum.at(launched, product, rows["day"])
    order = np.lexsort((rows["day"], product, rows["customer"]))
    who, what, when = rows["customer"][order], product[order], rows["day"][order]
    is_first = np.append(True, (np.diff(who) != 0) | (np.diff(what) != 0))
    who, what, when = who[is_first], what[is_first], when[is_first]
    was_new = (when - launched[what] <= _NEW_FOR) & (launched[what] > rows["day"].min() + _FIRST_SEEN)
    counted = was_new & (when > day - _LATELY)
    return np.bincount(who[counted].astype(np.int64), minlength=size).astype(float)


def _linked(facts: Facts, is_customer: np.ndarray, size: int) -> Floats:
    ours, other = (facts.links[name].astype(np.int64) for name in ("customer", "other"))
    return np.bincount(ours[is_customer[other]], minlength=size).astype(float)


def _families(facts: Facts, day: float, size: int) -> Floats:
    rows = facts.lines
    lately = (rows["day"] <= day) & (rows["day"] > day - _LATELY)
    return _distinct(rows["customer"][lately], rows["family"][lately], size)


def _contacts(facts: Facts, day: float, size: int) -> dict[str, Floats]:
    rows = facts.contacts
    lately = (rows["day"] <= day + 1) & (rows["day"] > day - YEAR)
    met = lately & (rows["person"] >= 0)
    return {
        "contacts": _distinct(rows["customer"][lately], rows["item"][lately], size),
        "people": _distinct(rows["customer"][met], rows["person"][met], size),
    }
