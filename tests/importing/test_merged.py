"""Rows of records that were merged since: they land on the record that is there now."""

import pytest

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.integrations.models import ExternalLink
from tests.importing.conftest import imported

pytestmark = pytest.mark.django_db

FIRST = "id,name,country\n1,Acme,France\n2,Acme SA,\n"
AGAIN = "id,name,country,industry\n2,Acme SA,France,Steel\n"


def test_a_row_lands_on_the_record_its_own_was_merged_into(as_system: Actor) -> None:
    imported({"organisations.csv": FIRST}, system="erp")
    acme, twin = Organisation.objects.order_by("name")
    twin.merge_into(acme)
    event = Event.objects.latest("id")
    imported({"organisations.csv": AGAIN}, system="erp")
    assert Organisation.objects.get().industry == "Steel"
    undo_event(event)
    bond = ExternalLink.objects.get(key="id:2")
    assert bond.record_id == twin.pk
