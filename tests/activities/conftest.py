"""A customer, somebody there, and what Alice's team sells to them."""

import pytest

from rapport.activities.timeline import TimelineItem, timeline
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.records import Record
from rapport.directory.models import Organisation, Person
from rapport.pipeline.models import Opportunity
from tests.cast import Cast


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with acting_as(SYSTEM):
        return Organisation.create(name="Acme", owner=cast.alice)


@pytest.fixture
def zoe(acme: Organisation) -> Person:
    with acting_as(SYSTEM):
        return Person.create(
            first_name="Zoé",
            last_name="Laurent",
            organisation=acme,
            emails=[{"kind": "work", "value": "zoe@acme.example"}],
        )


@pytest.fixture
def deal(fresh: None, cast: Cast, acme: Organisation) -> Opportunity:
    """Seen by Alice's team only."""
    with acting_as(SYSTEM):
        return Opportunity.create(name="Pumps for Acme", organisation=acme, owner=cast.alice)


def items(actor: Actor, record: Record, *kinds: str, text: str = "") -> list[TimelineItem]:
    """The timeline without its events, unless they are asked for."""
    page = timeline(actor, record, kinds=kinds, text=text, length=500)
    return [item for item in page.items if item.event is None or kinds]


def titles(actor: Actor, record: Record, *kinds: str, text: str = "") -> list[str]:
    """What the records on the timeline are called."""
    return [item.record.title for item in items(actor, record, *kinds, text=text) if item.record]
