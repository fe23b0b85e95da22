"""The one timeline of a record: everything, newest first, filtered, page by page."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.activities.models import Call, Mail, Meeting, Note, Task
from rapport.activities.timeline import timeline
from rapport.core.clock import fixed_at
from rapport.core.problems import Problem
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.orders.models import Contract, Order
from rapport.pipeline.models import Opportunity
from rapport.support.models import Ticket
from tests.activities.conftest import items, titles
from tests.cast import Cast

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return NOON + timedelta(days=number)


@pytest.fixture
def busy(cast: Cast, acme: Organisation, zoe: Person) -> Organisation:
    """Something of every kind, one a day."""
    with cast.acting(cast.dora):
        Note.create(text="A note", about=[acme], at=day(1), owner=cast.alice)
        Task.create(subject="A task", about=[acme], at=day(2))
        Meeting.create(subject="A meeting", about=[acme], at=day(3), attendees=[zoe, cast.alice])
        Call.create(subject="A call", about=[zoe], at=day(4))
        Mail.create(subject="A mail", about=[zoe], at=day(5))
        Order.create(number="O-1", organisation=acme, ordered_on=day(6).date(), amount=Decimal(10))
        Contract.create(number="C-1", organisation=acme, starts_on=day(7).date())
        Ticket.create(number="T-1", subject="A ticket", organisation=acme, opened_at=day(8))
    return acme


def test_everything_stands_on_it_newest_first(cast: Cast, busy: Organisation) -> None:
    assert titles(actor_for(cast.alice), busy) == [
        *("T-1 · A ticket", "C-1", "O-1", "A mail", "A call", "A meeting", "A task", "A note"),
    ]


def test_events_of_the_record_stand_among_the_rest(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        with fixed_at(datetime(2030, 1, 1, 8, tzinfo=UTC)):
            Note.create(text="Before", about=[acme])
        with fixed_at(datetime(2030, 1, 1, 9, tzinfo=UTC)):
            acme.change(country="FR")
        with fixed_at(datetime(2030, 1, 1, 10, tzinfo=UTC)):
            Note.create(text="After", about=[acme])
    page = timeline(alice, acme)
    assert [
        item.record.title if item.record else item.event.verb for item in page.items if item.record or item.event
    ] == [
        *("After", "organisation.change", "Before", "organisation.create"),
    ]
    changed = page.items[1]
    assert (changed.before, changed.after, changed.owner_name) == ({"country": ""}, {"country": "FR"}, "Alice Almeida")


def test_it_names_the_owner_and_what_else_an_activity_is_about(cast: Cast, busy: Organisation) -> None:
    by_kind = {item.kind: item for item in items(actor_for(cast.alice), busy)}
    assert by_kind["note"].owner_name == "Alice Almeida"
    assert [subject.title for subject in by_kind["call"].about] == ["Zoé Laurent", "Acme"]
    assert [subject.title for subject in by_kind["meeting"].about] == ["Acme", "Zoé Laurent"]


def test_records_come_whole(cast: Cast, busy: Organisation) -> None:
    (order,) = (item.record for item in items(actor_for(cast.alice), busy, "order"))
    assert order == Order.objects.get()
    assert isinstance(order, Order)
    assert {f.attname: getattr(order, f.attname) for f in Order._meta.concrete_fields} == Order.objects.values().get()


@pytest.mark.parametrize(("kinds", "expected"), [(("call", "mail"), ["A mail", "A call"]), (("file",), [])])
def test_only_some_kinds(cast: Cast, busy: Organisation, kinds: tuple[str, ...], expected: list[str]) -> None:
    assert titles(actor_for(cast.alice), busy, *kinds) == expected


def test_only_events(cast: Cast, busy: Organisation) -> None:
    assert [item.kind for item in items(actor_for(cast.alice), busy, "event")] == ["event"]


def test_words_are_found_whatever_their_accents(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        Note.create(text="Réunion avec Zoé", about=[acme])
        Note.create(text="Nothing of the kind", about=[acme])
    assert titles(alice, acme, text="reunion zoe") == ["Réunion avec Zoé"]


def test_a_task_moves_to_the_moment_it_was_done(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        task = Task.create(subject="Call back", about=[acme], at=day(0))
        Note.create(text="In between", about=[acme], at=day(1))
        assert titles(alice, acme) == ["In between", "Call back"]
        task.complete()
        assert titles(alice, acme) == ["Call back", "In between"]
        task.reopen()
        assert titles(alice, acme) == ["In between", "Call back"]


def test_an_opportunity_stands_on_its_customers_timeline(cast: Cast, acme: Organisation, deal: Opportunity) -> None:
    assert titles(actor_for(cast.alice), acme) == ["Pumps for Acme"]
    assert titles(actor_for(cast.charlie), acme) == []


def test_a_ticket_has_a_timeline_of_its_own(cast: Cast, busy: Organisation) -> None:
    ticket = Ticket.objects.get()
    with cast.acting(cast.dora) as dora:
        ticket.answer("Turn it off and on again")
    assert titles(dora, ticket) == ["Answer"]
    assert "Answer" in titles(dora, busy)


def test_an_address_that_is_no_cursor_is_refused(cast: Cast, acme: Organisation) -> None:
    for cursor in ("", "x", "2026-01-01~1~zz", "2026-01-01T00:00:00~1~1", "2026-01-01T00:00:00+00:00~1~" + "f" * 40):
        if cursor:
            with pytest.raises(Problem, match="does not exist"):
                timeline(actor_for(cast.alice), acme, before=cursor)


def test_a_cursor_far_from_greenwich_is_one_all_the_same(cast: Cast, acme: Organisation) -> None:
    assert list(timeline(actor_for(cast.alice), acme, before="1000-01-01T00:00:00+23:59~1~1").items) == []
    with pytest.raises(Problem, match="does not exist"):
        timeline(actor_for(cast.alice), acme, before="0001-01-01T00:00:00+01:00~1~1")


def test_four_questions_whatever_is_on_it(cast: Cast, busy: Organisation, deal: Opportunity) -> None:
    for who in (cast.alice, cast.charlie, cast.dora):
        actor = actor_for(who)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            timeline(actor, busy)
        assert len(asked) <= 4
