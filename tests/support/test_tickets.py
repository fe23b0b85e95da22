"""Tickets: answered, solved, opened again; who has how many."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from rapport.activities.models import Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.support.models import Ticket, TicketStatus
from rapport.support.queries import open_tickets, open_tickets_of, tickets_of
from tests.activities.conftest import titles
from tests.cast import Cast


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with acting_as(SYSTEM):
        return Organisation.create(name="Acme", owner=cast.alice)


@pytest.fixture
def sam(cast: Cast) -> User:
    """Answers tickets."""
    with acting_as(SYSTEM):
        return User.create(name="Sam Support", role=Role.SUPPORT)


@pytest.fixture
def ticket(sam: User, acme: Organisation) -> Ticket:
    with acting_as(actor_for(sam)):
        return Ticket.create(
            subject="The pump leaks", organisation=acme, owner=sam, opened_at=now() - timedelta(hours=2)
        )


def test_the_first_answer_is_kept_and_it_is_the_customers_turn(sam: User, acme: Organisation, ticket: Ticket) -> None:
    with acting_as(actor_for(sam)) as actor:
        ticket.answer("Please tighten the screw.")
        first = ticket.first_answer_at
        with fixed_at(now() + timedelta(hours=1)):
            ticket.answer("Did that help?")
        assert first is not None
        assert (ticket.first_answer_at, ticket.status) == (first, TicketStatus.PENDING)
        assert Note.objects.filter(owner=sam).count() == 2
        assert len(titles(actor, acme, "note")) == 2
        with pytest.raises(Problem, match="Write what"):
            ticket.answer("  ")


def test_undoing_an_answer_takes_its_words_back_too(sam: User, ticket: Ticket) -> None:
    with acting_as(actor_for(sam)):
        ticket.answer("Wrong window")
        undo_event(Event.objects.latest("id"))
    ticket.refresh_from_db()
    assert (ticket.first_answer_at, ticket.status, Note.objects.count()) == (None, TicketStatus.NEW, 0)


def test_solved_and_opened_again(sam: User, ticket: Ticket) -> None:
    with acting_as(actor_for(sam)):
        ticket.solve(resolution="A new seal", satisfaction=4)
        assert (ticket.is_open, ticket.satisfaction, ticket.resolution) == (False, 4, "A new seal")
        assert ticket.solved_at is not None
        with pytest.raises(Problem, match="already solved"):
            ticket.solve()
        ticket.reopen()
        assert (ticket.status, ticket.solved_at) == (TicketStatus.OPEN, None)
        with pytest.raises(Problem, match="still open"):
            ticket.reopen()


@pytest.mark.parametrize("satisfaction", [6, -1])
def test_satisfaction_goes_from_1_to_5(sam: User, ticket: Ticket, satisfaction: int) -> None:
    with acting_as(actor_for(sam)), pytest.raises(ValidationError, match="satisfaction"):
        ticket.solve(satisfaction=satisfaction)


def test_it_is_answered_after_it_was_opened(sam: User, ticket: Ticket) -> None:
    with acting_as(actor_for(sam)), pytest.raises(ValidationError, match="before the ticket was opened"):
        ticket.change(first_answer_at=ticket.opened_at - timedelta(minutes=1))


def test_open_ones_come_by_urgency_then_age(sam: User, acme: Organisation, ticket: Ticket) -> None:
    with acting_as(actor_for(sam)) as actor:
        urgent = Ticket.create(subject="Fire", organisation=acme, priority="urgent")
        newer = Ticket.create(subject="A question")
        done = Ticket.create(subject="Old", organisation=acme)
        done.solve()
        assert list(open_tickets(actor)) == [urgent, ticket, newer]
        assert list(open_tickets_of(actor, acme)) == [urgent, ticket]
        assert set(tickets_of(actor, acme)) == {urgent, ticket, done}


def test_it_stands_on_the_customers_timeline_and_is_found(cast: Cast, acme: Organisation, ticket: Ticket) -> None:
    alice = actor_for(cast.alice)
    assert titles(alice, acme, "ticket") == [ticket.title]
    assert [hit.record_id for hit in search(alice, "pump leaks")] == [ticket.pk]
    assert ticket.number.startswith("T-")


def test_sellers_open_tickets_but_support_solves_them(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        ticket = Ticket.create(subject="Broken on arrival", organisation=acme)
        with pytest.raises(Forbidden):
            ticket.solve()
