"""Opportunities: creating them, and where they stand at first."""

from decimal import Decimal

import pytest

from rapport.pipeline.models import Opportunity, Status
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("fresh")


def test_a_new_opportunity_stands_in_the_first_stage(cast: Cast) -> None:
    with cast.acting(cast.alice):
        machine = Opportunity.create(name="Packing machine", amount=Decimal(12_000), owner=cast.alice)
    assert machine.stage is not None
    assert (machine.stage.code, machine.status, machine.team) == ("S1", Status.OPEN, cast.north)
