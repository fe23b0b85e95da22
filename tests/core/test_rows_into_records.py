"""A record made straight from its row is what Django makes of it; moments and values are read as Django reads them."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, models
from django.db.models.signals import post_init, pre_init

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.moments import Moments
from rapport.core.records import RECORD_TYPES, Record
from rapport.pipeline.models import Opportunity
from tests.cast import Cast


def whole(model: type[Record]) -> list[object]:
    return [None if field.null else field.get_default() for field in model._meta.concrete_fields]


@pytest.mark.parametrize("model", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_whole_rows_and_parts_of_them(model: type[Record]) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    for much in (len(names), 2):
        values = whole(model)[:much]
        ours = model.from_db("default", names[:much], values)
        djangos = models.Model.from_db.__func__(model, "default", names[:much], values)  # type: ignore[attr-defined]
        assert {**ours.__dict__, "_state": None} == {**djangos.__dict__, "_state": None}
        assert vars(ours._state) == vars(djangos._state)


def test_nobody_waits_for_records_to_be_made() -> None:
    """Django tells listeners of each new instance; rows become records without."""
    assert not any(signal.has_listeners(model) for signal in (pre_init, post_init) for model in RECORD_TYPES.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", ["2026-11-23 03:44:43.536607+00", "2026-11-23 03:44:43+00", "0044-03-15 12:00:00+00"]
)
def test_moments_are_read_in_utc(written: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        (found,) = cursor.fetchone()
        loader = cursor.connection.adapters.get_loader(1184, 0)
    assert found == datetime.fromisoformat(written)
    assert found.tzinfo is UTC
    assert loader is Moments


@pytest.mark.django_db
def test_moments_beyond_pythons_years_are_refused_as_by_django() -> None:
    with connection.cursor() as cursor, pytest.raises(DataError, match="too large"):
        cursor.execute("SELECT '20000-01-01'::timestamptz")
        cursor.fetchone()


@pytest.mark.usefixtures("fresh")
def test_each_row_has_values_of_its_own(cast: Cast) -> None:
    with acting_as(SYSTEM):
        for name in ("Lathe", "Drill"):
            Opportunity.create(name=name, owner=cast.alice)
        one, other = Opportunity.objects.filter(name__in=["Lathe", "Drill"])
    assert one.attributes == other.attributes == {}
    assert one.attributes is not other.attributes
