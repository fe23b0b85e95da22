"""Browsers of the cast, and a small world: Acme with Petra, whom Alice sells to."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation, Person
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity
from rapport.pipeline.setup import ensure_default_pipeline
from tests.cast import Cast
from tests.clients import signed_in

Browse = Callable[[User], Client]


@pytest.fixture
def browse() -> Browse:
    """A signed-in browser for somebody."""

    return signed_in


@pytest.fixture
def alices(browse: Browse, cast: Cast) -> Client:
    """Alice's browser."""
    return browse(cast.alice)


@dataclass(frozen=True)
class World:
    """A customer of Alice's."""

    acme: Organisation
    petra: Person
    deal: Opportunity


@pytest.fixture
def world(cast: Cast) -> World:
    """Acme, Petra who works there, and a deal."""
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme Steel", industry="Steel", owner=cast.alice)
        petra = Person.create(first_name="Petra", last_name="Vogel", organisation=acme, owner=cast.alice)
        deal = Opportunity.create(
            name="Second press", organisation=acme, person=petra, owner=cast.alice, currency="EUR"
        )
    return World(acme, petra, deal)
