"""What an actor may find records by: where a field that the entries hold is hidden from it, by their titles alone."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Func, Lookup, Q

from .actors import Actor
from .asked import fields_asked
from .attributes import is_attribute


def types_found_by_title(actor: Actor, record_types: Iterable[str]) -> set[str]:
    """Of these types, those whose entries hold a field that is hidden from the actor."""
    from .records import RECORD_TYPES  # records import the search, which asks here

    hidden_of: dict[str, set[str]] = {}
    for name in actor.hidden_fields:
        record_type, _, field = name.partition(".")
        hidden_of.setdefault(record_type, set()).add(field)
    found = {kind for kind in record_types if kind in hidden_of}
    return {kind for kind in found if _holds(RECORD_TYPES[kind], hidden_of[kind])}


def _holds(model: Any, hidden: set[str]) -> bool:
    """Whether an entry holds one of the fields; own fields may always be among what it holds."""
    held = fields_asked(model.search_text_of)
    return bool(held & hidden) or any(is_attribute(name) for name in hidden)


def normalised_title(column: str) -> str:
    """A title as `search.normalise` would give it, in SQL."""
    return f"regexp_replace(lower(normalize({column}, NFKD)), '[\\u0300-\\u036f]+', '', 'g')"


class NormalisedTitle(Func):
    """The title of a search entry, normalised by the database."""

    output_field = models.TextField()
    template = "concat(' ', " + normalised_title("%(expressions)s") + ")"

    def __init__(self) -> None:
        super().__init__(F("title"))


def also_in_title(types: Iterable[str], lookup: "type[Lookup[Any]]", text: str | list[str]) -> Q:
    """For entries of these types the lookup must hold for the title alone, too."""
    restricted = sorted(types)
    if not restricted:
        return Q()
    return ~Q(record_type__in=restricted) | Q(lookup(NormalisedTitle(), text))
