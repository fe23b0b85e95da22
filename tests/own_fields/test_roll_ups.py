"""Roll-up fields: right after whatever becomes of the records they roll up."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from rapport.catalog.models import Currency
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.governance.models import OwnField
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRule, User, VisibilityRule
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.importing.conftest import imported, outcomes

from .deriving import formula, from_scratch, roll_up, stored, worked_off
from .making import own

SignedIn = Callable[[User], Client]
PEOPLE = "person.organisation"


def value(record: Any, key: str) -> Any:
    """As the database has it; a record that was deleted and brought back lost its id in memory."""
    return getattr(type(record).objects.get(**{"pk": record.pk} if record.pk else {"name": record.name}), key)


@pytest.mark.usefixtures("as_system")
def test_a_count_follows_every_birth_move_and_death() -> None:
    acme, bolt = (Organisation.create(name=name) for name in ("Acme", "Bolt"))
    Person.create(last_name="Old", organisation=acme)
    key = roll_up(of=PEOPLE)
    assert (value(acme, key), value(bolt, key)) == (1, 0)
    maria = Person.create(last_name="Maria", organisation=acme)
    assert value(acme, key) == 2
    maria.change(organisation=bolt)
    assert (value(acme, key), value(bolt, key)) == (1, 1)
    undo_event(Event.objects.latest("id"))
    assert (value(acme, key), value(bolt, key)) == (2, 0)
    maria.remove()
    assert value(acme, key) == 1
    undo_event(Event.objects.latest("id"))
    Person.change_several([Person.objects.get(last_name="Maria").pk], organisation=bolt)
    assert (value(acme, key), value(bolt, key)) == (1, 1)
    assert value(Organisation.create(name="New"), key) == 0
    assert stored("organisation") == from_scratch("organisation")


@pytest.mark.usefixtures("as_system")
def test_children_change_nothing_else_of_the_record() -> None:
    acme = Organisation.create(name="Acme")
    roll_up(of=PEOPLE)
    before = Organisation.objects.get(pk=acme.pk)
    Person.create(last_name="Maria", organisation=acme)
    event = Event.objects.latest("id")
    assert Organisation.objects.get(pk=acme.pk).updated_at == before.updated_at
    assert {change.record_type for change in event.changes.all()} == {"person"}


@pytest.mark.usefixtures("as_system")
def test_each_way_of_rolling_up() -> None:
    size = own("number", label="Size", for_type="person").key
    keys = {how: roll_up(how, size, of=PEOPLE, label=how) for how in ("sum", "min", "max", "average", "newest")}
    acme = Organisation.create(name="Acme")
    assert [value(acme, keys[how]) for how in keys] == [Decimal(0), None, None, None, None]
    for name, number in (("A", "1.50"), ("B", "4.00"), ("C", "2.00")):
        with fixed_at(now() + timedelta(seconds=ord(name))):
            Person.create(last_name=name, organisation=acme, **{size: number})
    told = [value(acme, keys[how]) for how in keys]
    assert told == [Decimal("7.50"), Decimal("1.50"), Decimal("4.00"), Decimal("2.50"), Decimal("2.00")]


@pytest.mark.usefixtures("as_system", "fresh")
def test_only_what_meets_the_condition_counts() -> None:
    key = roll_up("sum", "amount", rolled_where="status:is:open")
    acme = Organisation.create(name="Acme")
    deal = Opportunity.create(name="Roof", organisation=acme, amount=Decimal(100))
    Opportunity.create(name="Door", organisation=acme, amount=Decimal(30))
    assert value(acme, key) == Decimal("130.00")
    deal.lose(reason="price")
    assert value(acme, key) == Decimal("30.00")
    undo_event(Event.objects.latest("id"))
    assert value(acme, key) == Decimal("130.00")


@pytest.mark.usefixtures("as_system", "fresh")
def test_money_is_added_up_in_our_currency_by_the_rates_of_the_catalogue() -> None:
    Currency.create(code="USD", rate=Decimal("0.5"))
    Currency.create(code="GBP")
    key = roll_up("sum", "amount")
    acme = Organisation.create(name="Acme")
    Opportunity.create(name="Roof", organisation=acme, amount=Decimal(100), currency="EUR")
    Opportunity.create(name="Door", organisation=acme, amount=Decimal(100), currency="USD")
    assert value(acme, key) == Decimal("150.00")
    Currency.objects.get(code="USD").set_rate(Decimal("0.8"))
    catch_up()
    worked_off()
    assert value(acme, key) == Decimal("180.00")
    Opportunity.create(name="Hut", organisation=acme, amount=Decimal(1), currency="GBP")
    assert value(acme, key) is None  # a sum without the pounds would be wrong


@pytest.mark.usefixtures("as_system")
def test_formulas_and_roll_ups_follow_from_each_other_across_records() -> None:
    size = own("number", label="Size", for_type="person").key
    twice = formula(f"{size} * 2", label="Twice", for_type="person")
    total = roll_up("sum", twice, of=PEOPLE, label="Total")
    doubled = formula(f"{total} * 2", label="Doubled")
    above = roll_up("sum", doubled, of="organisation.parent", label="Of the group")
    group = Organisation.create(name="Group")
    acme = Organisation.create(name="Acme", parent=group)
    maria = Person.create(last_name="Maria", organisation=acme, **{size: 3})
    assert [value(acme, total), value(acme, doubled), value(group, above)] == [6, 12, 12]
    maria.change(**{size: 5})
    assert value(group, above) == 20
    undo_event(Event.objects.latest("id"))
    assert stored("organisation") == from_scratch("organisation")
    with pytest.raises(ValidationError, match="would follow from itself"):
        OwnField.objects.get(key=total).change(rolled_field=above, rolled_type="organisation", rolled_link="parent")


@pytest.mark.usefixtures("as_system")
def test_an_import_counts_once_for_many(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    key = roll_up(of=PEOPLE)
    Organisation.create(name="Acme")
    rows = "".join(f"P{number},p{number}@example.com,Acme\n" for number in range(30))
    with connection.execute_wrapper(_Counting()) as _nothing:
        subject = imported({"people.csv": f"last name,email,organisation\n{rows}"})
    assert outcomes(subject)["people.csv"][0] == 30
    assert value(Organisation.objects.get(name="Acme"), key) == 30
    assert _Counting.found < 10


class _Counting:
    found = 0

    def __call__(self, execute: Any, statement: Any, *args: Any) -> Any:
        _Counting.found += "SET derived" in str(statement)
        return execute(statement, *args)


@pytest.mark.usefixtures("as_system")
def test_what_speaks_of_days_from_today_is_worked_out_each_night() -> None:
    from rapport.governance.jobs import work_out_today

    day = own("date", label="Day", for_type="person").key
    key = roll_up(of=PEOPLE, rolled_where=f"{day}:before:today")
    acme = Organisation.create(name="Acme")
    with fixed_at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        Person.create(last_name="Maria", organisation=acme, **{day: "2026-03-02"})
        assert value(acme, key) == 0
    with fixed_at(datetime(2026, 3, 3, 0, 2, tzinfo=UTC)):
        work_out_today.defer()
        worked_off()
        assert value(acme, key) == 1


@pytest.mark.usefixtures("as_system")
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"rolled_link": "owner"}, "Choose which records are rolled up"),
        ({"rolled_how": "sum", "rolled_field": "last_name"}, "can't be rolled up this way"),
        ({"rolled_how": "sum", "rolled_field": "nothing"}, "Choose the field that is rolled up"),
        ({"rolled_where": "nothing:is:1"}, "names a field that is not there"),
        ({"rolled_where": "owner:is:me"}, "can't speak of “me”"),
        ({"rolled_where": "last_name:least:1"}, "can't be compared by"),
    ],
)
def test_what_makes_no_sense_is_refused_and_said(told: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        own("rollup", **{"rolled_type": "person", "rolled_link": "organisation", "rolled_how": "count", **told})


def test_it_is_hidden_from_those_who_do_not_see_all_it_tells_of(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key = roll_up(of=PEOPLE, label="Headcount")
        acme = Organisation.create(name="Acme")
        told = formula(f"{key} * 2", label="Shoes", places=0)
        Person.create(last_name="Maria", organisation=acme, owner=cast.charlie)
    alices, page = signed_in(cast.alice), f"/organisations/{acme.pk}/"
    assert "Headcount" in alices.get(page).content.decode()
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type="person", scope="owner")
    assert {f"organisation.{key}", f"organisation.{told}"} <= actor_for(cast.alice).hidden_fields
    shown = alices.get(page).content.decode()
    assert "Headcount" not in shown
    assert "Shoes" not in shown
    assert "Headcount" in signed_in(cast.dora).get(page).content.decode()
    with acting_as(SYSTEM):
        OwnField.objects.get(key=key).change(for_everyone=True)
    assert "Headcount" in alices.get(page).content.decode()


def test_what_follows_from_a_hidden_field_is_hidden(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key = formula("employees * 2", label="Shoes", places=0)
        acme = Organisation.create(name="Acme", employees=38_517)
        FieldRule.create(role="seller", for_type="organisation", field="employees", right="hidden")
    assert "77,034" not in signed_in(cast.alice).get(f"/organisations/{acme.pk}/").content.decode()
    assert "77,034" in signed_in(cast.bob).get(f"/organisations/{acme.pk}/").content.decode()
    with acting_as(actor_for(cast.alice)):
        assert getattr(Organisation.objects.get(), key) is None
        Organisation.objects.get().change(name="Acme Ltd")
    with acting_as(SYSTEM):
        assert value(acme, key) == 77_034
