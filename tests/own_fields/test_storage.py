"""Own fields: added while the product runs, they are fields like any other."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of, missing_fields, stored_value
from tests.own_fields.making import own

pytestmark = pytest.mark.usefixtures("as_system")

VALUES: dict[str, tuple[Any, Any]] = {
    "text": ("Blue door", "Green door"),
    "long_text": ("One\nTwo", "Three"),
    "number": (Decimal("12.50"), Decimal("7.25")),
    "amount": (Decimal("1200.00"), Decimal("10.00")),
    "percentage": (Decimal("40.00"), Decimal("55.00")),
    "date": (date(2026, 3, 1), date(2026, 4, 1)),
    "datetime": (datetime(2026, 3, 1, 9, 30, tzinfo=UTC), datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
    "time": (time(9, 30), time(17, 5)),
    "choice": ("gold", "silver"),
    "several": (["gold"], ["gold", "silver"]),
    "boolean": (True, False),
    "email": ("a@example.com", "b@example.com"),
    "phone": ("+351210000000", "+33140000000"),
    "url": ("https://example.com", "https://example.org"),
    "iban": ("DE89370400440532013000", "GB82WEST12345698765432"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_every_kind_is_kept_filtered_sorted_told_and_undone(kind: str) -> None:
    first, second = VALUES[kind]
    key = own(kind).key
    acme = Organisation.create(name="Acme", **{key: first})
    assert stored_value(Organisation.objects.get(pk=acme.pk), key) == first
    acme.change(**{key: second})
    change = Event.objects.latest("id")
    read = Organisation.objects.get(pk=acme.pk)
    assert stored_value(read, key) == second
    Organisation.create(name="Other")
    if kind != "several":
        assert list(Organisation.objects.filter(**{key: second})) == [acme]
    assert list(Organisation.objects.filter(**{f"{key}__isnull": False}).order_by(key)) == [acme]
    assert Organisation.objects.order_by(key).values_list(key, flat=True).first() == second
    undo_event(change)
    assert stored_value(Organisation.objects.get(pk=acme.pk), key) == first


def test_a_link_leads_to_its_record() -> None:
    key = own("link", target="organisation", label="Broker").key
    broker = Organisation.create(name="Broker")
    acme = Organisation.create(name="Acme", **{key: broker})
    read = Organisation.objects.get(pk=acme.pk)
    assert getattr(read, key) == broker
    assert stored_value(read, key) == broker.pk
    assert list(Organisation.objects.filter(**{f"{key}_id__in": [broker.pk]})) == [acme]


def test_two_changes_of_two_own_fields_are_undone_apart() -> None:
    floor, door = own(label="Floor").key, own(label="Door").key
    acme = Organisation.create(name="Acme")
    acme.change(**{floor: "First"})
    first = Event.objects.latest("id")
    acme.change(**{door: "Blue"})
    result = undo_event(first)
    read = Organisation.objects.get(pk=acme.pk)
    assert (getattr(read, floor), getattr(read, door), result.conflicts) == (None, "Blue", ())


def test_what_was_changed_since_is_a_conflict() -> None:
    floor = own(label="Floor").key
    acme = Organisation.create(name="Acme")
    acme.change(**{floor: "First"})
    first = Event.objects.latest("id")
    acme.change(**{floor: None})
    assert [conflict.field for conflict in undo_event(first).conflicts] == [floor]


def test_removing_a_field_keeps_its_values_and_undo_brings_all_back() -> None:
    field = own(label="Floor")
    acme = Organisation.create(name="Acme", **{field.key: "First"})
    field.remove()
    removal = Event.objects.latest("id")
    catch_up()
    assert field.key not in entry_of("organisation").fields
    assert field.key not in {column.name for column in Organisation._meta.get_fields()}
    with pytest.raises(Problem, match="removed meanwhile"):
        acme.change(**{field.key: "Second"})
    acme.change(name="Acme Ltd")
    undo_event(removal)
    catch_up()
    assert getattr(Organisation.objects.get(pk=acme.pk), field.key) == "First"


def test_a_key_is_never_given_twice() -> None:
    first = own(label="Floor")
    undo_event(Event.objects.latest("id"))
    catch_up()
    assert first.key not in entry_of("organisation").fields
    assert own(label="Floor").key == "own_floor_2"


def test_what_is_no_value_is_refused_with_the_field_named() -> None:
    key = own("number", label="Rooms").key
    acme = Organisation.create(name="Acme")
    with pytest.raises(ValidationError) as refusal:
        acme.change(**{key: "many"})
    assert key in refusal.value.message_dict


def test_a_mandatory_field_is_missed() -> None:
    key = own(label="Floor", mandatory=True).key
    assert key in [field.name for field in missing_fields(Organisation.create(name="Acme"))]


def test_several_records_are_changed_at_once() -> None:
    key = own(label="Floor").key
    ids = [Organisation.create(name=name).pk for name in ("Acme", "Bolt")]
    Organisation.change_several(ids, **{key: "First"})
    assert Organisation.objects.filter(**{key: "First"}).count() == 2
    undo_event(Event.objects.latest("id"))
    assert Organisation.objects.filter(**{key: "First"}).count() == 0


def test_deleting_and_undoing_brings_the_own_values_back() -> None:
    key = own(label="Floor").key
    Organisation.create(name="Acme", **{key: "First"}).remove()
    undo_event(Event.objects.latest("id"))
    assert getattr(Organisation.objects.get(name="Acme"), key) == "First"
