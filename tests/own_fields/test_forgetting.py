"""Removed fields: the search forgets them, and they can be deleted for good."""

import pytest

from rapport.core.actors import SYSTEM
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.search import search
from rapport.core.undo import may_undo, undo_event
from rapport.directory.models import Organisation
from rapport.governance.models import OwnField
from rapport.web.records.history import history_page

from .deriving import worked_off
from .making import own
from .test_own_types import VISIT, site_visits

pytestmark = pytest.mark.usefixtures("as_system")


def found(words: str) -> list[str]:
    return [hit.title for hit in search(SYSTEM, words)]


def step() -> None:
    catch_up()
    worked_off()


def test_records_are_not_found_by_a_removed_field_until_it_comes_back() -> None:
    field = own(label="Floor")
    step()
    Organisation.create(name="Acme", own_floor="Mezzanine")
    assert found("mezzanine") == ["Acme"]
    field.remove()
    removal = Event.objects.latest("id")
    step()
    assert found("mezzanine") == []
    undo_event(removal)
    step()
    assert found("mezzanine") == ["Acme"]


def test_records_are_found_by_the_new_name_of_a_choice() -> None:
    field = own("choice", label="Tier")
    step()
    Organisation.create(name="Acme", own_tier="gold")
    field.change(choices=[{"code": "gold", "label": "Platinum"}, *field.choices[1:]])
    step()
    assert (found("platinum"), found("gold")) == (["Acme"], [])


def test_deleting_for_good_leaves_no_value_and_no_way_back() -> None:
    field = own(label="Floor")
    acme = Organisation.create(name="Acme", own_floor="First")
    with pytest.raises(Problem, match="Remove the field first"):
        field.purge()
    field.remove()
    field.purge()
    purge = Event.objects.latest("id")
    step()
    assert Organisation.objects.get(pk=acme.pk).attributes == {}
    assert not OwnField.objects.exists()
    assert (purge.verb, may_undo(SYSTEM, purge)) == ("ownfield.purge", False)
    assert own(label="Floor").key == "own_floor_2"


def purged_floor() -> None:
    field = OwnField.objects.get(label="Floor")
    field.remove()
    field.purge()
    step()


def test_what_was_deleted_for_good_does_not_come_back_with_the_record_that_held_it() -> None:
    own(label="Floor")
    step()
    acme = Organisation.create(name="Acme", own_floor="Mezzanine")
    acme.remove()
    removal = Event.objects.latest("id")
    purged_floor()
    done = undo_event(removal)
    assert Organisation.objects.get(name="Acme").attributes == {}
    assert [conflict.said for conflict in done.conflicts] == ["“Floor” was deleted for good; its value stays gone"]
    undo_event(done.event)
    undo_event(Event.objects.latest("id"))
    assert Organisation.objects.get(name="Acme").attributes == {}


def test_what_was_deleted_for_good_does_not_come_back_with_an_older_value() -> None:
    own(label="Floor")
    step()
    acme = Organisation.create(name="Acme", own_floor="Mezzanine")
    acme.change(own_floor="Ground", name="Acme Ltd")
    change = Event.objects.latest("id")
    purged_floor()
    done = undo_event(change)
    acme = Organisation.objects.get(pk=acme.pk)
    assert (acme.name, acme.attributes) == ("Acme", {})
    assert len(done.conflicts) == 1


def test_the_history_tells_that_a_value_was_deleted_for_good_and_not_what_it_was() -> None:
    own(label="Floor")
    step()
    acme = Organisation.create(name="Acme", own_floor="Mezzanine")
    acme.change(own_floor="Ground")
    purged_floor()
    acme = Organisation.objects.get(pk=acme.pk)
    told = [field for line in history_page(acme, SYSTEM).lines for field in line.fields]
    assert ("Floor", "", "deleted for good") in [(field.label, field.before, field.after) for field in told]
    assert "Mezzanine" not in str(told)
    assert "Ground" not in str(told)


def test_records_of_a_removed_type_are_not_found() -> None:
    site_visits().create(name="Mezzanine")
    assert found("mezzanine") == ["Mezzanine"]
    from rapport.governance.models import OwnType

    OwnType.objects.get(key=VISIT).remove()
    step()
    assert found("mezzanine") == []
