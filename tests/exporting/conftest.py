"""Records of many types, and what an export of them brings back."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from rapport.activities.models import File, Note
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.beginnings import begin
from rapport.core.editions import catch_up
from rapport.core.records import RECORD_TYPES
from rapport.core.snapshots import recorded_fields
from rapport.directory.models import Organisation, Person
from rapport.governance.models import OwnField, OwnType
from rapport.integrations.exporting.tables import LEFT_OUT
from rapport.oversight.models import StopSwitch
from rapport.pipeline.models import Opportunity, Pipeline
from rapport.pipeline.setup import create_sales_cycle
from tests.cast import Cast

Rows = dict[str, list[tuple[Any, ...]]]
FORMULAS = (
    *("=1+1", "=cmd|'/c calc'!A0", '=HYPERLINK("http://x.example";"y")', "+1+1", "+cmd|'/c calc'!A0", "-1+1"),
    *("-2+3+cmd|'/c calc'!A0", "@SUM(1+1)", "@cmd", "\t=1+1", "'=1+1", "''=1+1", "=\nA1", "+A1", "-A1", "=-1", "=+1"),
    '="a"&"b"',
)
OWN_FACTS: dict[str, dict[str, Any]] = {
    "amount": {"currency": "EUR"},
    "number": {"places": 3},
    "choice": {"choices": ["Gold", "Silver"]},
    "several": {"choices": ["Gold", "Silver"]},
}
OWN_VALUES: dict[str, Any] = {
    "text": "=1+1",
    "long_text": "a\n\nb",
    "number": Decimal("1234.500"),
    "amount": Decimal("0.10"),
    "percentage": Decimal("12.5"),
    "date": date(2024, 2, 29),
    "datetime": datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    "time": time(9, 30),
    "choice": "gold",
    "several": ["gold", "silver"],
    "boolean": False,
    "email": "a@b.example",
    "phone": "+351210000000",
    "url": "https://a.example/x",
}


@pytest.fixture
def filled(cast: Cast, tmp_path: Path, settings: Any) -> Iterator[Actor]:
    """People, customers, sales, notes and a file, with text that is hard to keep."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with acting_as(SYSTEM) as actor:
        if not Pipeline.objects.exists():
            create_sales_cycle()
        a_switch()
        acme = Organisation.create(
            name="Société “Acme” 株式会社 😀",
            country="FR",
            owner=cast.alice,
            emails=[{"kind": "billing", "value": "a@b.example"}, {"kind": "work", "value": "c@b.example"}],
            description='Line one\r\nline two, "quoted"; and\ttabs  ',
        )
        Organisation.create(name="Daughter", parent=acme)
        person = Person.create(first_name="Zoé", last_name="-", organisation=acme)
        deal = Opportunity.create(
            name="Press", organisation=acme, person=person, amount=Decimal("1234.50"), currency="EUR"
        )
        deal.advance()
        deal.lose(reason="Price")
        Note.create(text="=1+1", about=[{"type": "person", "id": str(person.pk)}])
        File.attach(io.BytesIO(b"What we offer"), name="offer.txt", about=[acme])
        for formula in FORMULAS:
            Organisation.create(name=formula, description=formula)
        Organisation.create(name="_x0041_ _x", description="a\rb\x0bc _x000D_ _X0041_ \u2028")
        with_own_fields(acme)
        yield actor


def with_own_fields(acme: Organisation) -> None:
    """One own field of each kind, filled in for Acme, and a record of an own type."""
    for kind in OWN_VALUES:
        OwnField.create(for_type="organisation", kind=kind, label=f"My {kind}", **OWN_FACTS.get(kind, {}))
    OwnType.create(label="Certificate", plural="Certificates")
    catch_up()
    acme.change(**{f"own_my_{kind}": value for kind, value in OWN_VALUES.items()})
    RECORD_TYPES["own_certificate"].create(name="ISO 9001")


def all_rows() -> Rows:
    """Every row of every exported type, by the columns that history records."""
    found: Rows = {}
    for name, model in RECORD_TYPES.items():
        if name not in LEFT_OUT:
            names = [field.attname for field in recorded_fields(model)]
            found[name] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


@contextmanager
def emptied() -> Iterator[None]:
    """Within the block there are no records, as on an instance that was just made."""
    tables = {model._meta.db_table for name, model in RECORD_TYPES.items()}
    tables |= {"core_searchentry", "activities_timelineentry"}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DELETE FROM core_edition")
    catch_up()
    begin()
    a_switch()
    yield


def a_switch() -> None:
    """That for all machines, which migrations make."""
    if not StopSwitch.objects.exists():
        StopSwitch._base_manager.bulk_create([StopSwitch(key="instance")])
