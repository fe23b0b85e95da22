"""Formulas and roll-ups in tests."""

from typing import Any

from django.db import connection

from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.own.derived.force import in_force
from rapport.governance.own.derived.results import kept
from tests.jobs import do_jobs

from .making import own


def worked_off() -> None:
    """Do what waits, as after a commit: links are checked before an index is made."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    do_jobs()


def formula(written: str, *, label: str = "Worked", result: str = "number", **more: Any) -> str:
    """The key of a formula field, worked out for all records."""
    key = own("formula", label=label, formula=written, result=result, **{"places": 2, **more}).key
    worked_off()
    return key


def roll_up(how: str = "count", over: str = "", *, of: str = "opportunity.organisation", **more: Any) -> str:
    """The key of a roll-up field, worked out for all records."""
    child, _, link = of.partition(".")
    told = {"rolled_type": child, "rolled_link": link, "rolled_how": how, "rolled_field": over}
    key = own("rollup", **{"label": "Rolled", **told, **more}).key
    worked_off()
    return key


def from_scratch(record_type: str) -> dict[Any, dict[str, Any]]:
    """What all derived values of a type must be, by record, from nothing but records: the measure of what is kept."""
    model: type[Record] = RECORD_TYPES[record_type]
    keys = list(model.objects.values_list("pk", flat=True))
    found: dict[Any, dict[str, Any]] = {key: {} for key in keys}
    for one in in_force().of(record_type):
        if one.roll_up:
            for key, value in one.roll_up.values(keys).items():
                found[key][one.key] = kept(one.field.domain, value)
    for record in model.objects.all():
        row = {field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields}
        row |= record.attributes | found[record.pk]
        for one in in_force().of(record_type):
            if one.formula:
                row[one.key] = found[record.pk][one.key] = one.value(row)
    return {key: {name: value for name, value in told.items() if value is not None} for key, told in found.items()}


def stored(record_type: str) -> dict[Any, dict[str, Any]]:
    """The derived values that are kept."""
    rows = RECORD_TYPES[record_type].objects.values_list("pk", "derived")
    return {key: derived or {} for key, derived in rows}
