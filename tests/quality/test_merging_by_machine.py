"""Mergers of the machine after a nightly search go through the gate: parked for a person, or done in a run (Q4, G1)."""

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.oversight import trust
from rapport.oversight.actions import Level
from rapport.oversight.deciding import accept
from rapport.oversight.models import AutonomyLevel, MachineRun, Proposal, RunState
from rapport.oversight.rolling_back import roll_back
from rapport.quality.duplicates.proposing import ACTION, propose_sure_mergers
from rapport.quality.duplicates.running import ask_for_search, run
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def bolts(cast: Cast) -> list[Organisation]:
    """One company twice, among others, after a search."""
    with acting_as(SYSTEM):
        for number in range(30):
            Organisation.create(name=f"Company {chr(65 + number)} {number * 37}")
        twice = [
            Organisation.create(name=name, website="bolt.example", vat_number="DE129273398", owner=cast.alice)
            for name in ("Bolt GmbH", "Bolt")
        ]
        run(ask_for_search("organisation"))
    return twice


def nightly() -> None:
    with acting_as(SYSTEM):
        propose_sure_mergers("organisation")


def there(bolts: list[Organisation]) -> int:
    return Organisation.objects.filter(pk__in=[one.pk for one in bolts]).count()


def test_g1_a_merger_waits_for_a_person_and_is_done_when_accepted(cast: Cast, bolts: list[Organisation]) -> None:
    nightly()
    nightly()
    proposal = Proposal.objects.get(action=ACTION)
    assert (proposal.verb_name, proposal.level, there(bolts)) == ("organisation.merge_into", Level.DRAFT, 2)
    with cast.acting(cast.alice):
        accept(proposal)
    assert there(bolts) == 1


def test_g1_with_undo_allowed_it_is_done_in_a_run_that_is_undone_as_a_whole(
    cast: Cast, bolts: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "REVIEWED_AT_LEAST", 0)
    with cast.acting(cast.dora):
        AutonomyLevel.choose(action=ACTION, level=Level.ACT_WITH_UNDO, reason="A hundred of them were right.")
    nightly()
    assert (there(bolts), Proposal.objects.filter(action=ACTION, state="pending").count()) == (1, 0)
    made = MachineRun.objects.get(action=ACTION)
    with cast.acting(cast.dora):
        roll_back(made)
    made.refresh_from_db()
    assert (made.state, there(bolts)) == (RunState.UNDONE, 2)
