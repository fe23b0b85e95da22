"""Which types have a list of their own; lists are pages of another package."""

from functools import cache

from django.urls import NoReverseMatch, reverse

from rapport.web.places import BUILT_IN, SLUGS, list_address


def list_of(record_type: str) -> str:
    """The address of the list of a type; empty when it has none."""
    if record_type in BUILT_IN:
        return _built_in(record_type)
    return list_address(record_type) if record_type in SLUGS else ""


@cache
def _built_in(record_type: str) -> str:
    try:
        return reverse(BUILT_IN[record_type])
    except (KeyError, NoReverseMatch):
        return ""
