"""Whatever is done to an opportunity, undoing it step by step, newest first, leads back to where it began."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.catalog.models import Product
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.pipeline.models import Opportunity, OpportunityLine
from tests.cast import Cast
from tests.conftest import all_rows
from tests.pipeline.sales import sale, stage

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fresh")]
TABLES = ("pipeline_opportunity", "pipeline_stagevisit", "pipeline_opportunityline")
KNOWN = {"need": "Speed", "next_step": "Call", "expected_close": today() + timedelta(days=9)}

Step = Callable[[Opportunity, Product], object]


def _remove_a_line(machine: Opportunity, _pump: Product) -> None:
    line = OpportunityLine.objects.filter(opportunity=machine).first()
    if line:
        machine.remove_line(line)


STEPS: dict[str, Step] = {
    "S1": lambda machine, _pump: machine.move_to(stage("S1")),
    "S4": lambda machine, _pump: machine.move_to(stage("S4")),
    "S5": lambda machine, _pump: machine.change(stage=stage("S5"), description="late"),
    "win": lambda machine, _pump: machine.win(reason="Price"),
    "lose": lambda machine, _pump: machine.lose(reason="Price", competitor="Bolt"),
    "park": lambda machine, _pump: machine.park(until=today() + timedelta(days=5)),
    "reopen": lambda machine, _pump: machine.reopen(),
    "add": lambda machine, pump: machine.add_line(pump, quantity=Decimal(2)),
    "drop": _remove_a_line,
    "rename": lambda machine, _pump: machine.change(name=machine.name + "!"),
    "again": lambda machine, _pump: machine.begin_again(stage=stage("S1")),
    "delete": lambda machine, _pump: machine.remove(),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_undoing_everything_leads_back_to_the_beginning(cast: Cast, steps: list[str]) -> None:
    with cast.acting(cast.dora):
        pump = Product.create(name="Pump", list_price=Decimal(900))
    machine = sale(cast, amount=Decimal(100), **KNOWN)
    before, start = all_rows(*TABLES), Event.objects.latest("id").pk
    with cast.acting(cast.alice):
        for step in steps:
            current = Opportunity.objects.filter(pk=machine.pk).first()
            if current is None:
                break
            try:
                STEPS[step](current, pump)
            except Problem:
                continue  # refused, as it should be: nothing was done
        for event in Event.objects.filter(pk__gt=start).order_by("-id"):
            assert not undo_event(event).conflicts
    assert all_rows(*TABLES) == before
