"""Outlooks: what is expected of records beyond yes and no - figures with intervals, dates, kinds, offers, segments.

One file each, found by being here; a file names its outlook `OUTLOOK`. An *expectation* is what an outlook says of one
record. `learning` makes versions of estimators as predictions have them, `telling` gives expectations, `keeping` writes
them. An outlook that doesn't beat its baseline on the newest cases is withdrawn and says so.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from .outlook import Outlook

_NAMES: tuple[str, ...] = (
    *("closing", "deal_risks", "lead_business", "lifetime_value", "next_offer", "portfolio", "segments"),
)


@cache
def outlooks() -> Mapping[str, Outlook]:
    """All outlooks by name."""
    found: list[Outlook] = [import_module(f"{__name__}.{name}").OUTLOOK for name in _NAMES]
    return {outlook.name: outlook for outlook in found}


def of_type(record_type: str) -> list[Outlook]:
    """The outlooks on records of one type."""
    return [one for one in outlooks().values() if one.record_type == record_type]


def hidden_with(hidden: frozenset[str]) -> set[str]:
    """The fields in which outlooks appear that rest on a hidden field."""
    return {name for one in outlooks().values() if one.rests_on & hidden for name in one.fields}
