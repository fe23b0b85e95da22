"""A company with one field that nobody knows, and its estimate."""

import random

import pytest

from rapport.directory.models import Organisation
from rapport.quality.imputing.keeping import estimate_all
from tests import clients
from tests.cast import Cast, make_cast
from tests.quality.imputing.estimates import Browser

TRADES = {"Foods": "Food", "Logistics": "Logistics", "Clinic": "Healthcare", "Steel": "Manufacturing"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def signed_in() -> Browser:
    return clients.signed_in


@pytest.fixture
def unknown(cast: Cast) -> Organisation:
    """Of four dozen organisations, whose names tell their industry, one whose industry nobody knows; estimated."""
    dice = random.Random(5)
    with cast.acting(cast.alice):
        for number in range(48):
            trade = sorted(TRADES)[number % 4]
            Organisation.create(
                owner=cast.alice, name=f"{number} {trade}", industry=TRADES[trade], country=dice.choice(["PT", "FR"])
            )
        record = Organisation.create(owner=cast.alice, name="Northmere Steel", country="PT")
    estimate_all()
    return record
