"""The stop switch: once pulling it is answered, no machine commits anything within its reach."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.directory.models import Organisation, Person
from rapport.oversight.deciding import accept
from rapport.oversight.machine import Grounds, Stopped, acting_as_machine, propose
from rapport.oversight.models import MachineRun, RunState, StopSwitch
from rapport.oversight.stopping import INSTANCE, action_key, agent_key, record_key, team_key
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


def pull(cast: Cast, key: str = INSTANCE) -> StopSwitch:
    with cast.acting(cast.bob):
        return StopSwitch.pull(key=key, reason="It went wrong.")


@pytest.fixture(autouse=True)
def released(db: None) -> Iterator[None]:
    """What the machine wrote before may be committed: the test's end checks as a commit does."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_stopswitch SET is_pulled = false")


@pytest.mark.parametrize("scope", ["instance", "action", "team", "record", "agent", "estimator", "version"])
def test_each_scope_stops_what_it_reaches(cast: Cast, acme: Organisation, scope: str) -> None:
    keys = {"action": action_key("test.act"), "team": team_key(cast.north.pk), "record": record_key(acme.pk)}
    keys |= {"agent": agent_key("Ada"), "estimator": "estimator:rules", "version": "estimator:rules/1"}
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run, run.grounds(Grounds(estimator="rules/1")):
        acme.change(country="FR")
        pull(cast, keys.get(scope, INSTANCE))
        acme.change(country="DE")
    assert run.record.state == RunState.STOPPED
    assert Organisation.objects.get().country == "FR"


def test_another_version_and_another_agent_go_on(cast: Cast, acme: Organisation) -> None:
    for key in ("estimator:rules/1", agent_key("Somebody else")):
        pull(cast, key)
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run, run.grounds(Grounds(estimator="rules/2")):
        acme.change(country="FR")
    assert run.record.state == RunState.DONE


@pytest.mark.parametrize("scope", ["agent:Ada", "estimator:rules/1"])
def test_the_database_itself_refuses_the_commit_whatever_the_scope(cast: Cast, acme: Organisation, scope: str) -> None:
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run, run.grounds(Grounds(estimator="rules/1")):
        acme.change(country="FR")
    pull(cast, scope)
    with pytest.raises(DatabaseError, match="stopped"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_machine_for_a_person_reaches_what_is_given_to_it_and_leaves_others_alone(
    cast: Cast, acme: Organisation
) -> None:
    with cast.acting(cast.alice):
        zoe = Person.create(first_name="Zoé", organisation=acme, owner=cast.alice)
    pull(cast, record_key(zoe.pk))
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run:
        acme.change(country="FR")
        zoe.change(job_title="Buyer")
    assert run.record.state == RunState.STOPPED
    assert (Organisation.objects.get().country, Person.objects.get().job_title) == ("FR", "")


def test_nothing_begins_and_proposals_freeze_while_it_is_pulled(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        proposal = propose(run, Grounds(), acme.change, country="FR")
    assert proposal is not None
    switch = pull(cast)
    with pytest.raises(Stopped), acting_as_machine("test.act", on_behalf_of=cast.alice):
        pass
    with cast.acting(cast.bob), pytest.raises(Stopped):
        accept(proposal)
    with cast.acting(cast.alice):
        acme.change(country="PT")  # people work on
        acme.change(country="")
    with cast.acting(cast.dora):
        switch.release(reason="Mended.")
        accept(proposal)
    assert Organisation.objects.get().country == "FR"


def test_any_manager_pulls_and_only_an_administrator_releases_with_a_reason(cast: Cast) -> None:
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        StopSwitch.pull(key=INSTANCE)
    switch = pull(cast)
    with cast.acting(cast.bob), pytest.raises(Forbidden):
        switch.release(reason="It is well.")
    with cast.acting(cast.dora), pytest.raises(Problem):
        switch.release(reason=" ")


def test_a_switch_that_can_not_be_read_is_off(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM oversight_stopswitch")
    with pytest.raises(Stopped), acting_as_machine("test.act", on_behalf_of=cast.alice):
        pass


@pytest.fixture
def committed(transactional_db: None, machine_actions: None) -> Iterator[Organisation]:
    begin()
    with acting_as(SYSTEM):
        yield Organisation.create(name="Acme")


def storm(acme: Organisation, *, runs: int, rounds: int) -> None:
    """Machines in as many threads write on; each time the switch is pulled, what they commit after is counted: none."""
    over = threading.Event()
    threads = [threading.Thread(target=_write_on, args=(acme.pk, over)) for _number in range(runs)]
    for thread in threads:
        thread.start()
    try:
        for _round in range(rounds):
            _pull_and_look()
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _write_on(key: object, over: threading.Event) -> None:
    acme = Organisation._base_manager.get(pk=key)
    while not over.is_set():
        try:
            with acting_as_machine("test.act", cap=10_000):
                while not over.is_set():
                    acme.change(employees=int(time.monotonic() * 1000) % 1_000_000)
        except Stopped:
            time.sleep(0.01)
    connection.close()


def _pull_and_look() -> None:
    time.sleep(0.15)
    with acting_as(SYSTEM):
        switch = StopSwitch.pull(key=INSTANCE)
        answered = _newest()
        time.sleep(0.1)
        assert _newest() == answered
        switch.release(reason="Next round.")
    _wait_for_more(answered)


def _newest() -> int:
    return Event.objects.filter(actor_kind="ai").order_by("-id").values_list("pk", flat=True).first() or 0


def _wait_for_more(answered: int) -> None:
    for _attempt in range(200):
        if _newest() > answered:
            return
        time.sleep(0.02)
    raise AssertionError("The machines did not go on.")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_machine_is_committed_after_the_answer(committed: Organisation) -> None:
    storm(committed, runs=4, rounds=4)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_hundred_activations_under_fifty_runs(committed: Organisation) -> None:
    storm(committed, runs=50, rounds=100)


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_ends_at_its_next_call_and_leaves_nothing(committed: Organisation) -> None:
    pulled = threading.Event()

    def late() -> None:
        with acting_as(SYSTEM):
            StopSwitch.pull(key=INSTANCE)
        pulled.set()
        connection.close()

    with pytest.raises(Exception, match="stopped"), transaction.atomic(), acting_as_machine("test.act") as run:
        committed.change(country="FR")
        thread = threading.Thread(target=late)
        thread.start()
        assert pulled.wait(5)  # the answer does not wait for us
        thread.join()
        assert run.record.pk
    assert Organisation.objects.get().country == ""
    assert not MachineRun.objects.filter(state=RunState.DONE).exists()
