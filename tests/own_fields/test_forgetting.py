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


def test_records_of_a_removed_type_are_not_found() -> None:
    site_visits().create(name="Mezzanine")
    assert found("mezzanine") == ["Mezzanine"]
    from rapport.governance.models import OwnType

    OwnType.objects.get(key=VISIT).remove()
    step()
    assert found("mezzanine") == []
