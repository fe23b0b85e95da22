"""Random verbs and undoes on records with own fields, a formula and roll-ups: whole tables are compared."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.core.events import Event, collecting_events
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from tests.conftest import all_rows

from .deriving import formula, from_scratch, roll_up, stored
from .making import own

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TABLES = ("directory_organisation", "directory_person")
SIZES = st.sampled_from([None, Decimal("0.00"), Decimal("1.50"), Decimal("40.00")])
PLACES = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("found"), PLACES, SIZES),
        st.tuples(st.just("hire"), PLACES, SIZES),
        st.tuples(st.just("resize"), PLACES, SIZES),
        st.tuples(st.just("resize all"), PLACES, SIZES),
        st.tuples(st.just("move"), PLACES, PLACES),
        st.tuples(st.just("place under"), PLACES, PLACES),
        st.tuples(st.just("merge"), PLACES, PLACES),
        st.tuples(st.just("remove person"), PLACES, PLACES),
        st.tuples(st.just("remove"), PLACES, PLACES),
        st.tuples(st.just("undo"), st.integers(0, 9), PLACES),
    ),
    min_size=1,
    max_size=10,
)


def fields() -> None:
    """Size of a person; twice that; their sum and number by organisation; a text of both; the sum of a group."""
    size = own("number", label="Size", for_type="person").key
    twice = formula(f"{size} * 2", label="Twice", for_type="person")
    total = roll_up("sum", twice, of="person.organisation", label="Total")
    roll_up(of="person.organisation", label="Heads", rolled_where=f"{size}:least:1")
    told = formula(f'name & " " & text({total})', label="Told", result="text")
    roll_up("max", total, of="organisation.parent", label="Largest below")
    roll_up("newest", told, of="organisation.parent", label="Newest below")


def pick(rows: Any, index: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[index % len(found)] if found else None


def do_step(step: tuple[str, Any, Any], events: list[Event]) -> None:
    action, one, two = step
    organisation, person = pick(Organisation.objects, one), pick(Person.objects, one)
    if action == "undo":
        if events:
            undo_event(events[one % len(events)])
    elif action == "found":
        Organisation.create(name=f"Org {one}")
    elif action == "hire":
        Person.create(last_name="P", organisation=organisation, own_size=two)
    elif action == "resize all":
        Person.change_several([row.pk for row in Person.objects.all()], own_size=two)
    elif action in ("resize", "move", "remove person") and person is not None:
        _with_person(action, person, two)
    elif action in ("place under", "merge", "remove") and organisation is not None:
        _with_organisation(action, organisation, pick(Organisation.objects, two))


def _with_person(action: str, person: Any, two: Any) -> None:
    if action == "resize":
        person.change(own_size=two)
    elif action == "move":
        person.change(organisation=pick(Organisation.objects, two))
    else:
        person.remove()


def _with_organisation(action: str, organisation: Any, other: Any) -> None:
    if action == "place under":
        organisation.change(parent=other)
    elif action == "merge":
        organisation.merge_into(other)
    else:
        organisation.remove()


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


def assert_right() -> None:
    for record_type in ("person", "organisation"):
        assert stored(record_type) == from_scratch(record_type)


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_what_is_derived_is_always_as_if_worked_out_from_scratch(db: None, steps: list[tuple[str, Any, Any]]) -> None:
    check(steps)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_the_same_for_many_more_sequences(db: None, steps: list[tuple[str, Any, Any]]) -> None:
    check(steps)


def check(steps: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic(), acting_as(SYSTEM):
        fields()
        done = play(steps)
        assert_right()
        for event, before in reversed(done):
            if not undo_event(event).conflicts:
                assert all_rows(*TABLES) == before
            assert_right()
        transaction.set_rollback(True)
    catch_up()
