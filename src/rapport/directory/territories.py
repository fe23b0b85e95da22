"""Territories worked out: which organisations fulfil the conditions, kept in step with every change of either.

Conditions are those of a list of organisations, but for days and links: what lies in a territory must not depend on
the day or on who asks.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM
from rapport.core.problems import Problem
from rapport.core.projections import WrittenRows
from rapport.core.records import Record
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.selection import Misfit, Selection
from rapport.governance.selection.matching import combined, match_all
from rapport.governance.selection.operators import Family, family_of
from rapport.identity.models import Territory, TerritoryPlace
from rapport.identity.sight import mark_losses

from .models import Organisation

_LASTING = frozenset(
    {Family.TEXT, Family.OPEN_LIST, Family.CHOICE, Family.BOOLEAN, Family.NUMBER, Family.ENTRIES, Family.SEVERAL}
)


def territory_fields() -> Mapping[str, Field]:
    """The fields of organisations that a territory may be drawn by."""
    return {name: field for name, field in entry_of("organisation").fields.items() if family_of(field) in _LASTING}


def organisations_in(query: str) -> QuerySet[Organisation, Any]:
    """The organisations that fulfil the conditions; raises `Problem` when they make no sense or there are none."""
    return Organisation._base_manager.filter(_condition(query))


def _condition(query: str) -> Q:
    selection = Selection.read(parse_qs(query))
    if not selection.conditions:
        raise Problem(_("A territory needs at least one condition. Add one."))
    known = territory_fields()
    for condition in selection.conditions:
        if condition.field not in known:
            raise Problem(_("A territory can't be drawn by “%(name)s”.") % {"name": condition.field[:60]})
    groups = match_all(selection, "organisation", actor=SYSTEM)
    for item in (item for group in groups for item in group):
        if isinstance(item, Misfit):
            raise Problem(item.reason)
    return combined(groups, any_of=selection.any_of)


def remember(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    """Bring the places up to date after organisations or territories were written; those that are `new` have none."""
    if model is Territory:
        for key, values in rows:
            _place_all(key, str(values["query"]))
    elif model is Organisation:
        keys = [key for key, _values in rows]
        for key, query in Territory.objects.values_list("pk", "query"):
            _place_some(key, query, keys)


def forget(record_ids: Sequence[UUID]) -> None:
    """Take organisations that are gone out of all territories, and territories that are gone."""
    gone = list(record_ids)
    TerritoryPlace.objects.filter(Q(record_id__in=gone) | Q(territory_id__in=gone)).delete()


def _place_all(territory_id: UUID, query: str) -> None:
    """Find everything anew, in two statements."""
    mark_losses([territory_id])
    statement, parameters = organisations_in(query).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_territoryplace WHERE territory_id = %s", [territory_id])
        places = f"SELECT %s, found.id FROM ({statement}) AS found(id)"  # noqa: S608 - compiled by Django
        cursor.execute(
            f"INSERT INTO identity_territoryplace (territory_id, record_id) {places}", [territory_id, *parameters]
        )


def _place_some(territory_id: UUID, query: str, keys: Sequence[UUID]) -> None:
    try:
        found = set(organisations_in(query).filter(pk__in=keys).values_list("pk", flat=True))
    except Problem:  # a field of the conditions is gone: nothing lies in the territory any more
        found = set()
    places = TerritoryPlace.objects.filter(territory_id=territory_id, record_id__in=keys)
    known = set(places.values_list("record_id", flat=True))
    if gone := known - found:
        places.filter(record_id__in=gone).delete()
        mark_losses([territory_id])
    new = [TerritoryPlace(territory_id=territory_id, record_id=key) for key in found - known]
    TerritoryPlace.objects.bulk_create(new)
