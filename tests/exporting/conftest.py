"""Records of many types, and what an export of them brings back."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from rapport.activities.models import File, Note
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.records import RECORD_TYPES
from rapport.core.snapshots import recorded_fields
from rapport.directory.models import Organisation, Person
from rapport.integrations.exporting.tables import LEFT_OUT
from rapport.pipeline.models import Opportunity, Pipeline
from rapport.pipeline.setup import create_sales_cycle
from tests.cast import Cast

Rows = dict[str, list[tuple[Any, ...]]]
FORMULAS = (
    *("=1+1", "=cmd|'/c calc'!A0", '=HYPERLINK("http://x.example";"y")', "+1+1", "+cmd|'/c calc'!A0", "-1+1"),
    *("-2+3+cmd|'/c calc'!A0", "@SUM(1+1)", "@cmd", "\t=1+1", "'=1+1", "''=1+1", "=\nA1", "+A1", "-A1", "=-1", "=+1"),
    '="a"&"b"',
)


@pytest.fixture
def filled(cast: Cast, tmp_path: Path, settings: Any) -> Iterator[Actor]:
    """People, customers, sales, notes and a file, with text that is hard to keep."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with acting_as(SYSTEM) as actor:
        if not Pipeline.objects.exists():
            create_sales_cycle()
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
        yield actor


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
    yield
