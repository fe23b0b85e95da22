"""From a figure of the forecast to its records: the list of opportunities, with filters as a reader sets them."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet

from rapport.core.often_asked import often_asked
from rapport.insights.forecasting.periods import Period
from rapport.insights.forecasting.sales import OTHERS, Dimension
from rapport.insights.forecasting.standing import LIKELY, SURE, Kind
from rapport.pipeline.models import Stage
from rapport.web.places import list_address

Filters = Sequence[tuple[str, str]]
"""Conditions with the group that each stands in, as an address has them."""

_BOUNDS = {Kind.COMMIT: (SURE, 100), Kind.BEST_CASE: (LIKELY, SURE - 1), Kind.PIPELINE: (0, LIKELY - 1)}


def won_list(start: date, end: date, among: Filters = ()) -> str:
    """What was won between two days."""
    return _address([("f", "status:is:won"), ("f", f"closed_on:between:{start}|{end}"), *among])


def open_list(start: date, end: date, among: Filters = ()) -> str:
    """What is open and should close between two days."""
    return _address([("f", "status:is:open"), ("f", f"expected_close:between:{start}|{end}"), *among])


def weighted_list(start: date, end: date, among: Filters = ()) -> str:
    """What counts in the weighted volume: won between two days, or open and to close between them."""
    won = [("f1", "status:is:won"), ("f1", f"expected_close:between:{start}|{end}")]
    still_open = [("f2", "status:is:open"), ("f2", f"closed_on:between:{start}|{end}")]
    return _address([("f", "status:is:won|open"), *won, *still_open, *among])


def kind_lists(period: Period, among: Filters = ()) -> dict[Kind, str]:
    """The list behind each kind of what stands."""
    chances = {stage: probability or 0 for stage, probability in _chances()}
    found = {Kind.WON: won_list(period.start, period.end, among)}
    for kind, (low, high) in _BOUNDS.items():
        stages = sorted(str(stage) for stage, chance in chances.items() if low <= chance <= high)
        found[kind] = open_list(period.start, period.end, [*among, *_likely(low, high, stages)])
    return found


@often_asked
def _chances() -> "QuerySet[Stage, tuple[UUID, int | None]]":
    return Stage._base_manager.values_list("pk", "probability")


def _likely(low: int, high: int, stages: Sequence[str]) -> Filters:
    """By its own probability, or where it has none by that of its stage."""
    own = f"probability:between:{low}|{high}"
    usual = f"stage:is:{'|'.join(stages)}" if stages else own
    return [("f1", own), ("f1", "probability:empty"), ("f2", own), ("f2", usual)]


def series_filters(dimension: Dimension, key: str, named: Sequence[str]) -> Filters:
    """The opportunities of a team, product or country; of the others, all but those named."""
    if dimension is Dimension.ALL:
        return []
    field = "organisation.country" if dimension is Dimension.COUNTRY else str(dimension)
    if key != OTHERS:
        return [("f", f"{field}:is:{key}")]
    others = f"{field}:not:{'|'.join(named)}"
    return [("f3", others), ("f3", "organisation:empty")] if dimension is Dimension.COUNTRY else [("f", others)]


def _address(asked: Filters) -> str:
    return f"{list_address('opportunity')}?{urlencode(list(asked), safe=':|,')}"
