"""Formula fields: worked out from other fields of the record, right after every kind of write."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from rapport.api.problems import ApiProblem
from rapport.api.versions import etag_of, is_known, require_version
from rapport.core.actors import SYSTEM
from rapport.core.clock import fixed_at
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.governance.dictionary import entry_of
from rapport.governance.jobs import work_out_today
from rapport.governance.models import OwnField
from rapport.governance.selection import order_by

from .deriving import formula, from_scratch, roll_up, stored, worked_off
from .making import own
from .test_indexes import plan_of

pytestmark = pytest.mark.usefixtures("as_system")


def value(record: Any, key: str) -> Any:
    """As the database has it; a record that was deleted and brought back lost its id in memory."""
    return getattr(type(record).objects.get(**{"pk": record.pk} if record.pk else {"name": record.name}), key)


def test_it_follows_what_it_is_worked_out_from() -> None:
    rooms = own("number", label="Rooms").key
    acme = Organisation.create(name="Acme", **{rooms: 3})
    key = formula("rooms * 2 + first(employees, 0)")
    assert value(acme, key) == Decimal("6.00")
    acme.change(**{rooms: 4}, employees=10)
    assert value(acme, key) == Decimal("18.00")
    assert getattr(acme, key) == Decimal("18.00")
    undo_event(Event.objects.latest("id"))
    assert value(acme, key) == Decimal("6.00")
    Organisation.change_several([acme.pk], **{rooms: 5})
    assert value(acme, key) == Decimal("10.00")
    acme.remove()
    undo_event(Event.objects.latest("id"))
    assert value(acme, key) == Decimal("10.00")
    Organisation.objects.get().change(**{rooms: None})
    assert value(acme, key) is None
    assert stored("organisation") == from_scratch("organisation")


def test_one_may_follow_from_another_whatever_comes_first() -> None:
    first = formula("first(employees, 1) * 2", label="Twice")
    second = formula("twice + 1", label="More")
    OwnField.objects.get(key=second).move_to(1, instead_of=OwnField.objects.get(key=first))
    catch_up()
    acme = Organisation.create(name="Acme", employees=5)
    assert (value(acme, first), value(acme, second)) == (Decimal(10), Decimal(11))


def test_a_changed_formula_is_worked_out_for_all_and_undone() -> None:
    acme = Organisation.create(name="Acme", employees=5)
    key = formula("employees * 2")
    field = OwnField.objects.get(key=key)
    field.change(formula="employees * 3")
    change = Event.objects.latest("id")
    catch_up()
    worked_off()
    assert value(acme, key) == Decimal(15)
    undo_event(change)
    catch_up()
    worked_off()
    assert value(acme, key) == Decimal(10)
    field.refresh_from_db()
    assert (field.progress, bool(field.worked_out)) == (100, True)


def test_a_removed_formula_comes_back_with_right_values() -> None:
    acme = Organisation.create(name="Acme", employees=5)
    key = formula("employees * 2")
    OwnField.objects.get(key=key).remove()
    removal = Event.objects.latest("id")
    catch_up()
    acme.change(employees=7)
    undo_event(removal)
    catch_up()
    worked_off()
    assert value(acme, key) == Decimal(14)


@pytest.mark.parametrize(
    ("written", "result", "told"),
    [
        ("employees +", "number", "ends too early"),
        ("employes * 2", "number", "Did you mean “employees”?"),
        ("name & 1", "number", "The formula gives a text"),
        ("employees * own_worked", "number", "no field “own_worked”"),
        ("employees * updated_at", "number", "no field “updated_at”"),
        ("__import__(1)", "number", "no function"),
        ("name + 1", "text", "put together by “&”"),
        ("is_empty(owner) and industry", "boolean", "Here yes or no is wanted"),
    ],
)
def test_what_makes_no_sense_is_refused_and_said(written: str, result: str, told: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        formula(written, result=result)
    assert told in refusal.value.message_dict["formula"][0]


def test_a_circle_is_refused() -> None:
    first = formula("employees * 2", label="First")
    formula("own_first + 1", label="Second")
    with pytest.raises(ValidationError, match="“First” → “Second” → “First”"):
        OwnField.objects.get(key=first).change(formula="own_second + 1")
    with pytest.raises(Problem, match="“Second” follow from it"):
        OwnField.objects.get(key=first).remove()


def test_labels_are_kept_as_keys_so_that_renaming_breaks_nothing() -> None:
    tier = own("choice", label="Tier", choices=["Key account", "Other"])
    key = formula('if([Tier] = "Key account", [Employees], 0)', label="Weight")
    assert OwnField.objects.get(key=key).formula == 'if(own_tier = "key_account", employees, 0)'
    tier.change(label="Class", choices=[{"code": "key_account", "label": "Strategic"}, *tier.choices[1:]])
    catch_up()
    acme = Organisation.create(name="Acme", employees=5, own_tier="key_account")
    assert value(acme, key) == Decimal(5)


def test_amounts_keep_their_currency() -> None:
    key = formula("annual_revenue * 2", result="amount", label="Twice")
    domain = entry_of("organisation").fields[key].domain
    assert domain.currency_field == entry_of("organisation").fields["annual_revenue"].domain.currency_field  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="in the record's currency, and the field is to hold one in USD"):
        formula("annual_revenue * 2", result="amount", currency="USD")
    with pytest.raises(ValidationError, match="Choose one below"):
        formula("employees * 2", result="amount")
    price = own("amount", label="Price").key
    with pytest.raises(ValidationError, match="can't be put together"):
        formula(f"{price} + annual_revenue", result="amount")


def test_it_can_not_be_set() -> None:
    key = formula("employees * 2")
    with pytest.raises(ValidationError, match="worked out from other fields"):
        Organisation.create(name="Acme", **{key: 3})


def test_what_speaks_of_today_is_worked_out_each_night() -> None:
    day = own("date", label="Renewal").key
    key = formula("renewal - today()", label="Days left", places=0)
    with fixed_at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        acme = Organisation.create(name="Acme", **{day: date(2026, 3, 31)})
        assert value(acme, key) == 30
    with fixed_at(datetime(2026, 3, 11, 0, 2, tzinfo=UTC)):
        work_out_today.defer()
        worked_off()
        assert value(acme, key) == 20


def test_it_is_found_filtered_and_sorted() -> None:
    key = formula('name & " of " & first(industry, "nothing")', result="text", label="Told")
    Organisation.create(name="Acme")
    Organisation.create(name="Bolt")
    assert [str(row) for row in Organisation.objects.filter(**{f"{key}__icontains": "bolt of"})] == ["Bolt"]
    assert [str(row) for row in Organisation.objects.order_by(f"-{key}")] == ["Bolt", "Acme"]
    assert entry_of("organisation").fields[key].worked_out


@pytest.mark.parametrize(("written", "result"), [("employees * 2", "number"), ("name & 1", "text")])
def test_filters_and_orders_use_its_index(written: str, result: str) -> None:
    key = formula(written, result=result)
    catch_up()
    order = order_by(key, "organisation", actor=SYSTEM)
    assert order is not None
    assert order.is_indexed
    rows = Organisation.objects.annotate(sort_value=order.expression).filter(sort_value__isnull=False)
    plan = plan_of(rows.order_by("sort_value", "pk")[:50])
    assert "own_" in plan.replace(key, "")
    assert "Sort" not in plan


def test_versions_tell_of_it_but_do_not_clash_over_it() -> None:
    key = roll_up(of="person.organisation")
    acme = Organisation.create(name="Acme")
    before = etag_of(Organisation.objects.get(pk=acme.pk))
    Person.create(last_name="Maria", organisation=acme)
    now_is = Organisation.objects.get(pk=acme.pk)
    assert getattr(now_is, key) == 1
    assert not is_known(now_is, {"If-None-Match": before})
    require_version(now_is, {"If-Match": before})
    now_is.change(name="Acme Ltd")
    with pytest.raises(ApiProblem):
        require_version(now_is, {"If-Match": before})
