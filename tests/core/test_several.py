"""The same done to several records: one event, one undo, and those that refuse stay as they were."""

import pytest

from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, Team
from tests.cast import Cast, seen_by
from tests.conftest import all_rows


def organisations(cast: Cast) -> list[Organisation]:
    with cast.acting(cast.dora):
        return [
            Organisation.create(name=f"O {n}", owner=who)
            for n, who in enumerate([cast.alice, cast.alice, cast.charlie])
        ]


def test_many_records_are_changed_in_one_event_and_undone_in_one(cast: Cast) -> None:
    found = organisations(cast)
    before = all_rows("directory_organisation")
    with cast.acting(cast.alice):
        outcome = Organisation.change_several([one.pk for one in found], industry="Energy")
        event = Event.objects.order_by("-id")[0]
        assert (outcome.done, event.verb, event.changes.count()) == (3, "organisation.change_several", 3)
        undo_event(event)
    assert all_rows("directory_organisation") == before


def test_records_out_of_reach_are_never_touched(cast: Cast) -> None:
    seen_by("organisation", Scope.OWNER)
    found = organisations(cast)
    with cast.acting(cast.alice):
        assert Organisation.change_several([one.pk for one in found], industry="Energy").done == 2
    assert Organisation.objects.get(pk=found[2].pk).industry == ""


def test_a_record_that_refuses_is_told_and_the_others_are_done(cast: Cast) -> None:
    found = organisations(cast)
    with cast.acting(cast.dora):
        Organisation.objects.get(pk=found[1].pk).change(parent=found[0])
        outcome = Organisation.change_several([found[0].pk, found[2].pk], parent=found[1], name="Renamed")
    assert outcome.done == 1
    assert outcome.refusals[0].title == "O 0"
    assert "can't be part of itself" in outcome.refusals[0].reason
    assert Event.objects.order_by("-id")[0].changes.count() == 1


def test_what_others_need_is_not_deleted(cast: Cast) -> None:
    with cast.acting(cast.dora):
        outcome = Team.remove_several([cast.north.pk, Team.create(name="Empty").pk])
    assert outcome.done == 1
    assert outcome.refusals[0].title == "North"


def test_nothing_done_leaves_no_event(cast: Cast) -> None:
    with cast.acting(cast.dora):
        count = Event.objects.count()
        with pytest.raises(Problem, match="Nothing was done"):
            Team.remove_several([cast.north.pk])
        assert Event.objects.count() == count


def test_it_needs_the_right_to_change_one(cast: Cast) -> None:
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        Team.change_several([cast.north.pk], name="X")
