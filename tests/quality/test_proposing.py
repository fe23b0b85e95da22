"""Sure corrections wait as proposals of the machine, and are carried out when somebody accepts."""

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Person
from rapport.oversight.deciding import accept
from rapport.oversight.models import Proposal
from rapport.quality.findings.full import run_in_full
from rapport.quality.models import Disagreement
from rapport.quality.proposing import propose_sure_corrections
from tests.cast import Cast
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


def test_q3_a_sure_correction_is_proposed_once_and_carried_out_on_acceptance(cast: Cast) -> None:
    with cast.acting(cast.alice):
        wrong = [{"kind": "work", "value": "ann@gmial.com"}]
        person = Person.create(first_name="Ann", last_name="Bell", emails=wrong, owner=cast.alice)
    with acting_as(SYSTEM):
        run_in_full()
        propose_sure_corrections()
        propose_sure_corrections()
    proposal = Proposal.objects.get(subject_id=person.pk)
    person.refresh_from_db()
    assert person.email == "ann@gmial.com"
    with cast.acting(cast.alice):
        accept(proposal)
    person.refresh_from_db()
    assert person.email == "ann@gmail.com"


def test_q8_what_somebody_accepted_from_a_machine_is_no_disagreement(cast: Cast) -> None:
    with cast.acting(cast.alice):
        wrong = [{"kind": "work", "value": "ann@gmial.com"}]
        Person.create(first_name="Ann", last_name="Bell", emails=wrong, owner=cast.alice)
    with acting_as(SYSTEM):
        run_in_full()
        propose_sure_corrections()
    with cast.acting(cast.alice):
        accept(Proposal.objects.get())
    do_jobs()
    assert not Disagreement.objects.exists()
