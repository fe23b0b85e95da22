"""Every call of a machine passes the gate: refused, parked as a proposal, or done and undoable."""

import pytest

from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.governance.domains import ValueProblem
from rapport.oversight.deciding import accept
from rapport.oversight.machine import Evidence, Grounds, Refused, acting_as_machine, propose
from rapport.oversight.models import MachineRun, Proposal, RunState
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


def test_a_machine_without_a_run_does_nothing(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.ada), pytest.raises(Refused):
        acme.change(country="FR")


def test_an_unknown_action_is_off(cast: Cast) -> None:
    with pytest.raises(Refused), acting_as_machine("test.unheard"):
        pass


def test_an_action_that_is_off_is_refused(cast: Cast, acme: Organisation) -> None:
    with pytest.raises(Refused), acting_as_machine("test.off", on_behalf_of=cast.alice):
        acme.change(country="FR")
    assert MachineRun.objects.get().state == RunState.FAILED


def test_a_draft_waits_with_its_grounds_and_is_carried_out_when_accepted(cast: Cast, acme: Organisation) -> None:
    grounds = Grounds([Evidence(acme, "name", (0, 4), "Acme")], 0.97, "rules.country/1", "Its name is French.")
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        proposal = propose(run, grounds, acme.change, country="FR")
    assert proposal is not None
    assert Organisation.objects.get().country == ""
    assert (proposal.asked, proposal.confidence, proposal.evidence[0]["span"]) == (cast.alice, 0.97, [0, 4])
    with cast.acting(cast.bob):
        accept(proposal)
    assert Organisation.objects.get().country == "FR"
    event = Event.objects.get(pk=proposal.event_id)
    assert (event.verb, event.actor_kind, event.actor_name) == ("organisation.change", "ai", "Ada")
    assert event.on_behalf_of == cast.alice.pk
    assert event.detail["machine"]["approved_by"] == "Bob Bernard"


@pytest.mark.parametrize("action", ["test.suggest", "test.draft", "test.act"])
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"country": "ZZ"}, "Country"),
        ({"employees": -1}, "Employees"),
        ({"emails": [{"value": "nobody"}]}, "E-mail"),
        ({"website": "javascript:alert(1)"}, "Website"),
        ({"name": " "}, "Name.* is needed"),
    ],
)
def test_what_the_dictionary_forbids_is_refused_before_anybody_is_asked(
    cast: Cast, acme: Organisation, action: str, values: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueProblem, match=said), acting_as_machine(action, on_behalf_of=cast.alice) as run:
        propose(run, Grounds(), acme.change, **values)
    assert not Proposal.objects.exists()
    assert Event.objects.filter(verb="organisation.change").count() == 0


def test_a_suggestion_is_shown_and_not_kept(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.suggest", on_behalf_of=cast.alice) as run:
        proposal = propose(run, Grounds(), acme.change, country="FR")
    assert proposal is not None
    assert not Proposal.objects.exists()


def test_acting_with_undo_is_done_at_once(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.act_with_undo", on_behalf_of=cast.alice) as run:
        assert propose(run, Grounds(), acme.change, country="FR") is None
    assert Organisation.objects.get().country == "FR"
    assert (run.record.touched, run.record.state) == (1, RunState.DONE)
