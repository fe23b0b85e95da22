"""For each source of next actions the situation in which it speaks; everything belongs to Alice."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import connection

from rapport.activities.models import Call, Task
from rapport.core.clock import now, today
from rapport.core.records import Record
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.intelligence.models import Expectation
from rapport.leads.models import Lead
from rapport.orders.models import Contract, Order
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.pipeline.models import Opportunity
from rapport.support.models import Ticket


def _acme(alice: User) -> Organisation:
    return Organisation.create(name="Acme", owner=alice, lifecycle="customer")


def _deal(alice: User, **facts: object) -> Opportunity:
    return Opportunity.create(**{"name": "Pumps", "amount": Decimal(9_000), "owner": alice, **facts})


def _set(record: Record, column: str, value: object) -> None:
    """What stands beside the history: written by jobs, or long ago."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {column} = %s WHERE id = %s", [value, record.pk])


def _no_next_step(alice: User) -> None:
    _deal(alice)


def _overdue_task(alice: User) -> None:
    Task.create(subject="Send the price", owner=alice, due_on=today() - timedelta(days=2))


def _unworked_lead(alice: User) -> None:
    _set(Lead.create(first_name="Max", owner=alice), "chance_to_convert", 60)


def _silent_opportunity(alice: User) -> None:
    deal = _deal(alice)
    Call.create(subject="Prices", at=now() - timedelta(days=20), about=[deal], owner=alice)


def _stalled_stage(alice: User) -> None:
    _set(_deal(alice), "stage_since", now() - timedelta(days=40))


def _step_due(alice: User) -> None:
    _deal(alice, next_step="Send the contract", next_step_on=today() - timedelta(days=1))


def _contract_end(alice: User) -> None:
    facts = {"starts_on": today() - timedelta(days=300), "ends_on": today() + timedelta(days=60)}
    Contract.create(organisation=_acme(alice), subject="Service", amount=Decimal(1_200), owner=alice, **facts)


def _waiting_ticket(alice: User) -> None:
    Ticket.create(subject="Leaks", organisation=_acme(alice), opened_at=now() - timedelta(days=3), owner=alice)


def _quote_waiting(alice: User) -> None:
    ordered = today() - timedelta(days=9)
    Order.create(organisation=_acme(alice), status="draft", ordered_on=ordered, amount=Decimal(500), owner=alice)


def _leaving_customer(alice: User) -> None:
    _set(_acme(alice), "risk_of_leaving", 70)


def _contact_rhythm(alice: User) -> None:
    acme = _acme(alice)
    for week in range(6):
        Call.create(subject="How are you?", at=now() - timedelta(days=60 + 7 * week), about=[acme], owner=alice)


def _open_proposals(alice: User) -> None:
    acme = _acme(alice)
    with acting_as_machine("quality.fill_empty", on_behalf_of=alice) as run:
        propose(run, Grounds([Evidence(acme, "name", (0, 4), "Acme")], 0.9, "example/1"), acme.change, country="FR")


def _discontent(alice: User) -> None:
    _set(_acme(alice), "risk_of_discontent", 65)


def _close_slips(alice: User) -> None:
    deal = _deal(alice, expected_close=today() + timedelta(days=20))
    _set(deal, "foreseen_close", today() + timedelta(days=70))
    _set(deal, "chance_to_slip", 80)


def _prospect(alice: User, **facts: object) -> Organisation:
    return Organisation.create(name="Acme", owner=alice, lifecycle="prospect", **facts)


def _likely_customer(alice: User) -> None:
    _set(_prospect(alice), "chance_to_become_customer", 45)


def _supplier_contract(alice: User) -> None:
    _prospect(alice, supplied_by="Vibrotek", supplied_until=today() + timedelta(days=60))


def _more_expected(alice: User) -> None:
    acme = _acme(alice)
    ordered = today() - timedelta(days=100)
    Order.create(organisation=acme, status="delivered", ordered_on=ordered, amount=Decimal(2_000), owner=alice)
    _set(acme, "lifetime_value", 9_000)


def _next_offer(alice: User) -> None:
    acme = _acme(alice)
    _set(acme, "next_offer", "Valves")
    offers = [{"item": str(uuid4()), "because": str(uuid4()), "n": 12, "of": 40, "usual": 0.1, "cases": []}]
    _expect("next_offer", acme, value=0.3, detail={"offers": offers, "ending": {"cases": []}})


def _likely_risk(alice: User) -> None:
    risks = [{"risk": "went_silent", "n": 18, "usual": 0.3, "lost": 12, "cases": []}]
    _expect("deal_risks", _deal(alice), detail={"of": 30, "past": 200, "lost": 15, "risks": risks})


def _expect(outlook: str, record: Record, **told: object) -> None:
    Expectation.objects.create(outlook=outlook, record_id=record.pk, as_of=now(), **told)


EXAMPLES: Mapping[str, Callable[[User], None]] = {
    "no_next_step": _no_next_step,
    "overdue_task": _overdue_task,
    "unworked_lead": _unworked_lead,
    "silent_opportunity": _silent_opportunity,
    "stalled_stage": _stalled_stage,
    "step_due": _step_due,
    "contract_end": _contract_end,
    "waiting_ticket": _waiting_ticket,
    "quote_waiting": _quote_waiting,
    "leaving_customer": _leaving_customer,
    "contact_rhythm": _contact_rhythm,
    "open_proposals": _open_proposals,
    "discontent": _discontent,
    "close_slips": _close_slips,
    "more_expected": _more_expected,
    "next_offer": _next_offer,
    "likely_risk": _likely_risk,
    "likely_customer": _likely_customer,
    "supplier_contract": _supplier_contract,
}
