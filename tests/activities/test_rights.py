"""What is about another team's opportunity stays with that team: on timelines, in lists, search and mentions."""

from collections.abc import Iterator

import pytest

from rapport.activities.models import Note, Notification, Task
from rapport.activities.queries import my_tasks, open_tasks_about, recent_activity
from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.core.search import search
from rapport.core.undo import may_undo
from rapport.core.work import Work, working
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope
from rapport.pipeline.models import Opportunity
from tests.activities.conftest import items, titles
from tests.cast import Cast, seen_by


@pytest.fixture
def secret(cast: Cast, acme: Organisation, deal: Opportunity) -> Iterator[Note]:
    with cast.acting(cast.alice):
        yield Note.create(text="Our secret price is 900", about=[deal])


@pytest.mark.parametrize("who", ["alice", "bob", "dora"])
def test_the_team_and_the_administrator_see_it(cast: Cast, secret: Note, acme: Organisation, who: str) -> None:
    actor = actor_for(getattr(cast, who))
    assert titles(actor, acme, "note") == ["Our secret price is 900"]
    assert Note.objects.visible_to(actor).count() == 1


def test_another_team_sees_it_nowhere(cast: Cast, secret: Note, acme: Organisation, deal: Opportunity) -> None:
    charlie = actor_for(cast.charlie)
    assert titles(charlie, acme) == titles(charlie, deal) == []
    assert not Note.objects.visible_to(charlie).exists()
    assert search(charlie, "secret price") == []
    assert recent_activity(charlie, [cast.north.pk], until=now()) == []


def test_another_team_sees_what_is_about_the_organisation_alone(cast: Cast, secret: Note, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        Note.create(text="New address", about=[acme])
    assert titles(actor_for(cast.charlie), acme, "note") == ["New address"]


def test_another_team_can_neither_change_nor_delete_nor_undo_it(cast: Cast, secret: Note) -> None:
    event = Event.objects.latest("id")
    with cast.acting(cast.charlie) as charlie:
        with pytest.raises(Forbidden):
            secret.change(text="Mine now")
        with pytest.raises(Forbidden):
            secret.remove()
        assert not may_undo(charlie, event)


def test_it_stays_hidden_when_the_opportunity_is_deleted(
    cast: Cast, secret: Note, acme: Organisation, deal: Opportunity
) -> None:
    with cast.acting(cast.dora):
        deal.remove()
    charlie = actor_for(cast.charlie)
    assert titles(charlie, acme, "note") == []
    assert not Note.objects.visible_to(charlie).exists()


def test_a_stranger_sees_nothing(cast: Cast, secret: Note, acme: Organisation) -> None:
    assert not Note.objects.visible_to(cast.stranger).exists()
    assert search(cast.stranger, "secret") == []
    assert titles(cast.stranger, acme) == []


def test_the_machine_sees_what_alice_sees(cast: Cast, secret: Note, acme: Organisation) -> None:
    assert titles(cast.ada, acme, "note") == ["Our secret price is 900"]


def test_a_mention_of_somebody_who_may_not_see_it_tells_nobody(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.alice):
        note = Note.create(text="@Charlie Costa must not know", about=[deal])
    assert note.mentions == []
    assert not Notification.objects.exists()


def test_notes_seen_by_their_owner_only(cast: Cast, acme: Organisation) -> None:
    seen_by("note", Scope.OWNER)
    with cast.acting(cast.alice):
        Note.create(text="To myself", about=[acme], owner=cast.alice)
    assert titles(actor_for(cast.alice), acme, "note") == titles(actor_for(cast.bob), acme, "note") == ["To myself"]
    assert titles(actor_for(cast.charlie), acme, "note") == []


def test_tasks_about_a_hidden_opportunity_are_not_even_listed(
    cast: Cast, acme: Organisation, deal: Opportunity
) -> None:
    with cast.acting(cast.alice):
        Task.create(subject="Send the price", about=[deal], owner=cast.alice)
    charlie = actor_for(cast.charlie)
    assert not open_tasks_about(charlie, acme).exists()
    assert open_tasks_about(actor_for(cast.alice), acme).count() == 1
    assert my_tasks(charlie).undated == ()


def test_a_read_only_user_reads_and_writes_nothing(cast: Cast, acme: Organisation) -> None:
    reader = Actor(
        cast.ada.kind, "Reader", user_id=cast.bob.pk, permissions=frozenset({"note.read", "organisation.read"})
    )
    with cast.acting(reader), pytest.raises(Forbidden):
        Note.create(text="Hm", about=[acme])


def test_what_was_done_to_a_hidden_record_is_told_without_its_name(fresh: None, cast: Cast, acme: Organisation) -> None:
    """Winning the secret deal also changed Acme: that it changed is no secret, the deal is."""
    with cast.acting(cast.dora) as dora:
        deal = Opportunity.create(name="Project Nightfall", organisation=acme, owner=cast.alice)
        with working(Work("opportunity.win", dora)) as work:
            acme.change(lifecycle="customer")
            work.write_event(deal, reason="They were desperate")
    seen, blind = (items(actor_for(who), acme, "event")[0].event for who in (cast.alice, cast.charlie))
    assert seen is not None
    assert blind is not None
    assert (seen.subject_label, seen.reason) == ("Project Nightfall", "They were desperate")
    assert (blind.subject_label, blind.reason) == ("", "")
