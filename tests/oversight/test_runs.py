"""Runs: limited in what they touch, undone as a whole, what people changed since is kept."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.directory.models import Organisation, Person
from rapport.oversight.machine import Grounds, acting_as_machine, propose
from rapport.oversight.models import MachineRun, RunState
from rapport.oversight.rolling_back import roll_back, undo_run
from tests.cast import Cast
from tests.conftest import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]
TABLES = ("directory_organisation", "directory_person", "directory_affiliation", "core_searchentry")


def wrong_organisations(cap: int) -> MachineRun:
    """A rule that creates 12,000 organisations which nobody wanted."""
    with acting_as_machine("test.act_with_undo", cap=cap) as run:
        for number in range(12_000):
            Organisation.create(name=f"Wrong {number}")
    return run.record


def test_twelve_thousand_wrong_organisations_stop_at_the_cap_and_go_by_one_call(cast: Cast) -> None:
    with acting_as(SYSTEM):
        Organisation.create(name="Right")
    run = wrong_organisations(cap=25)
    assert (run.state, Organisation.objects.count()) == (RunState.CAPPED, 26)
    with cast.acting(cast.dora):
        done = roll_back(run)
    assert done is not None
    assert (done.undone, done.conflicts, run.state) == (25, (), RunState.UNDONE)
    assert Organisation.objects.get().name == "Right"


@pytest.mark.soak
def test_a_great_run_is_undone_in_the_background(cast: Cast) -> None:
    run = wrong_organisations(cap=500)
    with cast.acting(cast.dora):
        assert roll_back(run) is None
        assert run.state == RunState.UNDOING
    undo_run.func(_Context(), run_id=str(run.pk), user_id=str(cast.dora.pk))
    run.refresh_from_db()
    assert (run.state, Organisation.objects.count(), run.progress["done"]) == (RunState.UNDONE, 0, 500)


class _Context:
    """As much of a job's surroundings as a job asks for."""

    class job:  # noqa: N801
        id = 1
        attempts = 0


def test_what_a_person_changed_since_is_kept_and_listed(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
    with acting_as_machine("test.act_with_undo", on_behalf_of=cast.alice) as run:
        acme.change(country="FR", employees=12)
    with cast.acting(cast.alice):
        acme.change(country="DE")
        done = roll_back(run.record)
    assert done is not None
    assert [conflict.field for conflict in done.conflicts] == ["country"]
    found = Organisation.objects.get()
    assert (found.country, found.employees) == ("DE", None)
    assert run.record.progress["kept"][0]["field"] == "country"


def test_what_the_run_still_proposes_goes_with_it(cast: Cast) -> None:
    with acting_as(SYSTEM):
        acme = Organisation.create(name="Acme")
    with acting_as_machine("test.draft") as run:
        proposal = propose(run, Grounds(), acme.change, country="FR")
    assert proposal is not None
    with cast.acting(cast.dora):
        roll_back(run.record)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_others_do_not_undo_a_run(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
    with acting_as_machine("test.act_with_undo", on_behalf_of=cast.alice) as run:
        acme.change(country="FR")
    with cast.acting(cast.charlie), pytest.raises(Forbidden):
        roll_back(run.record)
    assert Organisation.objects.get().country == "FR"


def test_no_machine_takes_back_what_was_done(cast: Cast) -> None:
    from rapport.core.undo import undo_event

    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        acme.change(country="FR")
    with cast.acting(cast.ada), pytest.raises(Forbidden):
        undo_event(Event.objects.latest("id"))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "rename", "country", "hire", "retitle"]), st.integers(0, 4), st.sampled_from("ABCD")
    ),
    min_size=1,
    max_size=12,
)


def play(steps: list[tuple[str, int, str]]) -> None:
    """What a machine at level 3 does: it creates and changes organisations and people."""
    for what, place, word in steps:
        organisations, people = list(Organisation.objects.order_by("pk")), list(Person.objects.order_by("pk"))
        if what == "create" or not organisations:
            Organisation.create(name=f"{word}{place}")
            continue
        chosen = organisations[place % len(organisations)]
        if what == "rename":
            chosen.change(name=word)
        elif what == "country":
            chosen.change(country={"A": "FR", "B": "DE", "C": "PT", "D": ""}[word])
        elif what == "hire":
            Person.create(first_name=word, organisation=chosen)
        elif people:
            people[place % len(people)].change(job_title=word)


def undone_as_if_never(steps: list[tuple[str, int, str]], dora: Any) -> None:
    """Whatever a machine did in a run, undoing the run leaves every table as it was, byte for byte."""
    with transaction.atomic(), acting_as(SYSTEM):
        acme = Organisation.create(name="Acme", country="FR")
        Person.create(first_name="Zoé", organisation=acme)
        before = all_rows_of_these()
        with acting_as_machine("test.act_with_undo", cap=10_000) as run:
            play(steps)
        with acting_as(dora):
            done = roll_back(run.record)
        assert done is not None
        assert not done.conflicts
        assert all_rows_of_these() == before
        transaction.set_rollback(True)


def all_rows_of_these() -> Any:
    return all_rows(*TABLES[:3])


HEALTH = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=12, deadline=None, suppress_health_check=HEALTH)
@given(STEPS)
def test_undoing_a_run_restores_every_byte(cast: Cast, steps: list[tuple[str, int, str]]) -> None:
    from rapport.identity.actors import actor_for

    undone_as_if_never(steps, actor_for(cast.dora))


@pytest.mark.soak
@settings(max_examples=1000, deadline=None, suppress_health_check=HEALTH)
@given(STEPS)
def test_undoing_a_thousand_runs_restores_every_byte(cast: Cast, steps: list[tuple[str, int, str]]) -> None:
    from rapport.identity.actors import actor_for

    undone_as_if_never(steps, actor_for(cast.dora))
