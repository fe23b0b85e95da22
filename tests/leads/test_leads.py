"""Leads: entering, working, parking, discarding."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.identity.actors import actor_for
from rapport.leads.models import Lead, LeadStatus
from rapport.leads.parking import bring_back_due
from rapport.leads.queries import leads_to_work
from tests.cast import Cast


def lead(cast: Cast, **facts: object) -> Lead:
    with cast.acting(cast.alice):
        return Lead.create(**{"last_name": "Ames", "organisation_name": "Acme", "owner": cast.alice, **facts})


def test_a_lead_needs_something_to_be_known_by(cast: Cast) -> None:
    with cast.acting(cast.alice):
        with pytest.raises(ValidationError, match="a name, an organisation or an e-mail"):
            Lead.create(need="A pump")
        assert Lead.create(organisation_name="Acme").title == "Acme"


def test_a_lead_is_found_by_organisation_and_phone(cast: Cast) -> None:
    ames = lead(cast, phones=[{"kind": "work", "value": "+33 1 40 00 00 01"}])
    for question in ("acme", "140000001", "ames"):
        assert search(actor_for(cast.alice), question, types=["lead"])[0].record_id == ames.pk, question


def test_leads_to_work_on_are_those_still_open_and_visible(cast: Cast) -> None:
    first, second, third = (lead(cast, last_name=name) for name in ("A", "B", "C"))
    with cast.acting(cast.alice):
        first.work()
        second.discard(reason="No need")
        third.qualify()
    assert list(leads_to_work(actor_for(cast.alice))) == [third, first]
    assert list(leads_to_work(actor_for(cast.charlie))) == []
    with acting_as(SYSTEM):
        nobodys = Lead.create(last_name="Nobody's")
    assert list(leads_to_work(actor_for(cast.charlie))) == [nobodys]


def test_a_lead_is_discarded_with_a_reason_and_can_be_taken_up_again(cast: Cast) -> None:
    ames = lead(cast)
    with cast.acting(cast.alice):
        with pytest.raises(ValidationError, match="why it is given up"):
            ames.discard(reason="")
        ames.discard(reason="No budget")
        with pytest.raises(Problem, match="converted or discarded already"):
            ames.park(until=today() + timedelta(days=3))
        with pytest.raises(Problem, match="Take it up again first"):
            ames.work()
        ames.reopen()
        assert (ames.status, ames.discard_reason) == (LeadStatus.WORKING, "")


def test_the_status_of_a_lead_is_not_edited_by_hand(cast: Cast) -> None:
    ames = lead(cast)
    with cast.acting(cast.alice):
        ames.change(status="new", job_title="Buyer")
        with pytest.raises(ValidationError, match="not edited by hand"):
            ames.change(status="converted")


def test_undoing_a_discard_brings_the_lead_back(cast: Cast) -> None:
    ames = lead(cast)
    with cast.acting(cast.alice):
        ames.discard(reason="No budget")
        undo_event(Event.objects.latest("id"))
    ames.refresh_from_db()
    assert (ames.status, ames.discard_reason) == (LeadStatus.NEW, "")


def test_a_parked_lead_comes_back_by_itself_on_its_day(cast: Cast) -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with fixed_at(start):
        ames = lead(cast)
        with cast.acting(cast.alice):
            with pytest.raises(ValidationError, match="after today"):
                ames.park(until=today())
            ames.park(until=today() + timedelta(days=7), reason="On holiday")
    with acting_as(SYSTEM), fixed_at(start + timedelta(days=6)):
        assert bring_back_due() == 0
    with acting_as(SYSTEM), fixed_at(start + timedelta(days=8)):
        assert bring_back_due() == 1
    ames.refresh_from_db()
    assert (ames.status, ames.parked_until) == (LeadStatus.WORKING, None)


def test_strangers_and_other_teams_do_not_touch_a_lead(cast: Cast) -> None:
    ames = lead(cast)
    for outsider in (cast.charlie, cast.stranger):
        with cast.acting(outsider), pytest.raises(Forbidden):
            ames.discard(reason="Spite")
    with cast.acting(cast.bob):
        ames.work()
