"""Random sequences of verbs and undoes, compared with whole tables."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event, collecting_events
from rapport.core.problems import Problem
from rapport.core.search_entries import SearchEntry
from rapport.core.search_keeping import entry_of
from rapport.core.undo import undo_event
from rapport.identity.models import Team, User
from tests.conftest import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = st.sampled_from(["A", "B", "C", "D"])
TABLES = ("identity_team", "identity_user")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create team"), NAMES, st.integers(0, 5)),
        st.tuples(st.just("create user"), NAMES, st.integers(0, 5)),
        st.tuples(st.just("rename team"), NAMES, st.integers(0, 5)),
        st.tuples(st.just("move team"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("move user"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("retitle user"), NAMES, st.integers(0, 5)),
        st.tuples(st.just("remove team"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("remove user"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("undo"), st.integers(0, 9), st.integers(0, 5)),
    ),
    min_size=1,
    max_size=14,
)


def pick(rows: Any, index: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[index % len(found)] if found else None


def do_step(step: tuple[str, Any, Any], events: list[Event]) -> None:
    action, one, two = step
    kind, _, what = action.partition(" ")
    if action == "undo":
        if events:
            undo_event(events[one % len(events)])
        return
    if kind == "create":
        parent = pick(Team.objects, two)
        _ = Team.create(name=one, parent=parent) if what == "team" else User.create(name=one, team=parent)
        return
    index = two if isinstance(one, str) else one
    record = pick((Team if what == "team" else User).objects, index)
    if record is None:
        return
    if kind == "remove":
        record.remove()
    elif kind == "move":
        record.change(**{"parent" if what == "team" else "team": pick(Team.objects, two)})
    else:
        record.change(**{"name" if what == "team" else "job_title": one})


def play(steps: list[tuple[str, Any, Any]]) -> list[tuple[Event, Any]]:
    """Do the steps; gives each event written with the tables as they were before it."""
    done: list[tuple[Event, Any]] = []
    for step in steps:
        before = all_rows(*TABLES)
        try:
            with transaction.atomic(), collecting_events() as events:
                do_step(step, [event for event, _ in done])
        except (Problem, ValidationError):
            assert all_rows(*TABLES) == before
            continue
        done += [(event, before) for event in events]
    return done


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undoing_everything_backwards_restores_each_earlier_state(db: None, steps: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic(), acting_as(SYSTEM):
        for event, before in reversed(play(steps)):
            result = undo_event(event)
            assert not result.conflicts
            assert all_rows(*TABLES) == before
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, index=st.integers(0, 13))
def test_undo_then_redo_of_any_event_changes_nothing(db: None, steps: list[tuple[str, Any, Any]], index: int) -> None:
    with transaction.atomic(), acting_as(SYSTEM):
        done = play(steps)
        if done:
            before = all_rows(*TABLES)
            try:
                with transaction.atomic():
                    undone = undo_event(done[index % len(done)][0])
            except Problem:
                assert all_rows(*TABLES) == before
            else:
                undo_event(undone.event)
                assert all_rows(*TABLES) == before
        transaction.set_rollback(True)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_search_entries_always_say_what_the_records_say(db: None, steps: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic(), acting_as(SYSTEM):
        play(steps)
        expected = {user.pk: entry_of(User, user.__dict__) for user in User.objects.all()}
        stored = {entry.record_id: (entry.title, entry.text) for entry in SearchEntry.objects.all()}
        assert stored == expected
        transaction.set_rollback(True)
