"""Which types have a list of their own; lists are pages of another package."""

from functools import cache

from django.urls import NoReverseMatch, reverse

from rapport.web.places import SLUGS


@cache
def list_of(record_type: str) -> str:
    """The address of the list of a type; empty when it has none."""
    try:
        return reverse(SLUGS[record_type])
    except (KeyError, NoReverseMatch):
        return ""
