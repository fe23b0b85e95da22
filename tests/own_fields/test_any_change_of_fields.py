"""Fields added, renamed, moved, removed, brought back, deleted for good, undone, while records change: whole tables."""

import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.core.events import Event, collecting_events
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.governance.models import OwnField
from rapport.governance.models.own_field import UsedKey
from tests.conftest import all_rows
from tests.time_given import SECONDS

from .deriving import worked_off
from .making import own
from .test_any_sequence import QUIET, pick
from .test_everywhere import CASES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TABLES = ("directory_organisation", "governance_ownfield")
KINDS = [kind for kind in CASES if kind != "link"]
PLACES = st.integers(0, 4)
ACTIONS = ("rename", "move", "drop", "bring back", "found", "fill", "fill all", "empty", "remove", "undo")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(KINDS), PLACES),
        *(st.tuples(st.just(action), PLACES, PLACES) for action in ACTIONS),
        st.tuples(st.just("purge"), PLACES, PLACES),
    ),
    min_size=1,
    max_size=14,
)


def do_step(action: str, one: Any, two: int, events: list[Event]) -> None:
    if action == "add":
        own(one, label=f"Field {two}")
    elif action == "found":
        Organisation.create(name=f"Org {one}")
    elif action == "undo":
        if events:
            undo_event(events[one * 5 % len(events)])
    elif action in ("fill", "fill all", "empty", "remove"):
        _with_record(action, one, two)
    elif field := pick(OwnField.objects, one):
        _with_field(action, field, two)


def _with_record(action: str, one: int, two: int) -> None:
    organisation = pick(Organisation.objects, one)
    field = pick(OwnField.objects.filter(removed_at=None), two)
    if organisation and action == "remove":
        organisation.remove()
    elif organisation and field and action == "fill all":
        Organisation.change_several(list(Organisation.objects.values_list("pk", flat=True)), **_filled(field))
    elif organisation and field:
        organisation.change(**(_filled(field) if action == "fill" else {field.key: None}))


def _filled(field: OwnField) -> dict[str, Any]:
    return {field.key: CASES[field.kind].typed}


def _with_field(action: str, field: OwnField, two: int) -> None:
    if action == "rename":
        field.change(label=f"Renamed {two}")
    elif action == "move":
        field.move_to(two, instead_of=pick(OwnField.objects, two))
    elif action == "drop":
        field.remove()
    elif action == "bring back":
        field.restore()
    else:
        field.purge()


def play(steps: list[tuple[str, Any, int]]) -> list[tuple[Event, Any]]:
    """Do the steps; gives each event written since the last deletion for good, with the tables before it."""
    done: list[tuple[Event, Any]] = []
    for action, one, two in steps:
        before = all_rows(*TABLES)
        try:
            with transaction.atomic(), collecting_events() as events:
                do_step(action, one, two, [event for event, _ in done])
        except (Problem, ValidationError):
            assert all_rows(*TABLES) == before
            continue
        finally:
            catch_up()
        done += [(event, None if action == "purge" else before) for event in events]
        if action == "purge" and events:
            worked_off()
            done = [(event, None) for event, _tables in done]
        nothing_purged_is_left()
    return done


def nothing_purged_is_left() -> None:
    purged = set(UsedKey.objects.exclude(purged="").values_list("key", flat=True))
    assert not any(purged & set(held) for held in Organisation.objects.values_list("attributes", flat=True))


def check(steps: list[tuple[str, Any, int]]) -> None:
    with transaction.atomic(), acting_as(SYSTEM):
        for event, before in reversed(play(steps)):
            try:
                with transaction.atomic():
                    conflicts = undo_event(event).conflicts
            except Problem:
                assert event.verb == "ownfield.purge" or before is None
                continue
            finally:
                catch_up()
            nothing_purged_is_left()
            if before is not None and not conflicts:
                assert all_rows(*TABLES) == before
        transaction.set_rollback(True)
    catch_up()


@settings(max_examples=4, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_fields_may_change_while_records_do(db: None, steps: list[tuple[str, Any, int]]) -> None:
    check(steps)


@pytest.mark.soak
def test_fields_may_change_in_many_more_ways(db: None) -> None:
    begun, tried = time.monotonic(), []

    @settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
    @given(steps=STEPS)
    def try_out(steps: list[tuple[str, Any, int]]) -> None:
        if time.monotonic() - begun < SECONDS:
            tried.append(len(steps))
            check(steps)

    try_out()
    print(f"\n{len(tried)} sequences of {sum(tried):,} steps")
