"""Whatever is written to a record is in the history, by the same transaction: the database itself keeps count (G-I1).

The long form, 100,000 written rows, is `./test soak -k recorded`.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal

import pytest
from django.db import connection

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.pipeline.models import Opportunity

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROWS = int(os.environ.get("RAPPORT_ROWS", "100000"))
_KEPT = """
CREATE TABLE watched (what text, record_id uuid, transaction xid8);
CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'updated_at' = to_jsonb(NEW) - 'updated_at' THEN RETURN NULL; END IF;
    INSERT INTO watched VALUES (TG_ARGV[0], CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, pg_current_xact_id());
    RETURN NULL;
END $$;
CREATE FUNCTION watch_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO watched VALUES ('history', NEW.record_id, pg_current_xact_id());
    RETURN NULL;
END $$;
CREATE TRIGGER watch_history AFTER INSERT ON core_change FOR EACH ROW EXECUTE FUNCTION watch_history();
"""
_WATCH = (
    "CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION watch('{table}')"
)
_UNRECORDED = """
SELECT what, count(*) FROM watched wrote WHERE what <> 'history' AND NOT EXISTS (
    SELECT FROM watched kept WHERE kept.what = 'history' AND kept.record_id = wrote.record_id
       AND kept.transaction = wrote.transaction) GROUP BY what
"""


@contextmanager
def watched_by_the_database() -> Iterator[None]:
    """Each row of a record written inside the block, and each change kept of one, is counted by triggers."""
    tables = sorted({model._meta.db_table for model in RECORD_TYPES.values() if model._meta.managed})
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        for table in tables:
            cursor.execute(_WATCH.format(table=table))
        yield
        for table in tables:
            cursor.execute(f"DROP TRIGGER watch ON {table}")
        cursor.execute(
            "DROP TRIGGER watch_history ON core_change; DROP FUNCTION watch, watch_history; DROP TABLE watched"
        )


def _write(chance: random.Random, number: int) -> None:
    """One verb of many kinds, some of which write hundreds of rows."""
    known = list(Organisation.objects.values_list("pk", flat=True)[:400])
    way = chance.randrange(8)
    if way < 2 or not known:
        acme = Organisation.create(name=f"Firm {number}", employees=number)
        deal = Opportunity.create(name=f"Deal {number}", organisation=acme)
        deal.add_line(Product.objects.get(), unit_price=Decimal(number + 1))
        Person.create(last_name=f"Person {number}", organisation=acme)
    elif way == 2:
        Organisation.change_several(known, employees=chance.randrange(10_000))
    elif way == 3:
        Organisation.objects.get(pk=chance.choice(known)).remove()
    elif way == 4:
        undo_event(Event.objects.order_by("-id")[chance.randrange(3)])
    elif way == 5:
        deal = Opportunity.objects.order_by("?")[0]
        deal.move_to(chance.choice(deal.pipeline.ordered_stages()))
    elif way == 6:
        Opportunity.objects.order_by("?")[0].win(reason="Price")
    else:
        Organisation.objects.get(pk=chance.choice(known)).change(name=f"Other {number}")


def _fuzz(*, rows: int) -> int:
    """Writes until so many rows were written; returns how many there were."""
    seed = random.randrange(1_000_000)
    chance, number, written = random.Random(seed), 0, 0
    with acting_as(SYSTEM), connection.cursor() as cursor:
        begin()
        Product.create(name="Pump")
        with watched_by_the_database():
            while written < rows:
                with suppress(Problem):
                    _write(chance, number)
                number += 1
                if number % 20 == 0:
                    cursor.execute("SELECT count(*) FROM watched WHERE what <> 'history'")
                    written = cursor.fetchone()[0]
            cursor.execute(_UNRECORDED)
            assert cursor.fetchall() == [], f"seed {seed}"
    return written


def test_every_row_written_is_recorded_by_its_transaction() -> None:
    assert _fuzz(rows=500) >= 500


@pytest.mark.soak
def test_every_row_of_very_many_is_recorded_by_its_transaction() -> None:
    print(f"\n{_fuzz(rows=ROWS):,} rows written, every one recorded by the transaction that wrote it")
