"""The person's own answer first: the machine's is withheld until then; both are kept, what came of it is counted."""

from datetime import date

import pytest

from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.oversight.deciding import accept
from rapport.oversight.judging import judge_what_is_new
from rapport.oversight.machine import Grounds, acting_as_machine, propose
from rapport.oversight.models import OwnAnswer, Proposal, Vigilance
from rapport.oversight.own_answers import first_answers_of
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clients import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions", "fresh")]


@pytest.fixture
def deal(cast: Cast) -> Opportunity:
    with cast.acting(cast.alice):
        return Opportunity.create(name="Pumps", owner=cast.alice, expected_close=date(2031, 1, 1))


@pytest.fixture
def waiting(cast: Cast, deal: Opportunity) -> Proposal:
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        grounds = Grounds(confidence=0.95, estimator="dates/3", why="The buyer wrote so.")
        found = propose(run, grounds, deal.change, expected_close=date(2031, 7, 14))
    assert found is not None
    return found


@pytest.mark.parametrize("place", ["/proposals/", "/proposals/{}/", "/proposals/{}/answer/", "/today/proposals/"])
def test_the_machines_view_is_in_no_page_before_the_answer(cast: Cast, waiting: Proposal, place: str) -> None:
    page = signed_in(cast.alice).get(place.format(waiting.pk), follow=True).content.decode()
    assert "Pumps" in page
    for told in ("07/14/2031", "14 Jul", "2031-07-14", "The buyer wrote so", "very likely", "dates/3"):
        assert told not in page


def test_the_ledger_says_that_the_own_answer_comes_first(cast: Cast, waiting: Proposal) -> None:
    client = signed_in(cast.alice)
    page, file = (client.get(f"/ai-control/ledger/{part}").content.decode() for part in ("", "export/"))
    assert "Your own answer comes first" in page
    assert file.splitlines()[1].endswith(",yes")
    assert all(told not in page + file for told in ("95%", "95 %", "0.95", "dates/3"))
    assert "Pumps" not in client.get("/ai-control/ledger/?estimator=dates/3").content.decode()
    client.post(f"/proposals/{waiting.pk}/answer/", {"expected_close": "2031-03-01"})
    assert "95 %" in client.get("/ai-control/ledger/").content.decode().replace("95%", "95 %")
    assert "dates/3" in client.get("/ai-control/ledger/export/").content.decode()


def test_programs_with_the_persons_token_are_not_told_either(cast: Cast, deal: Opportunity, waiting: Proposal) -> None:
    program = Program(cast.alice)
    record = f"opportunities/{deal.pk}"
    for address in (record, f"{record}/history", f"{record}/timeline", "opportunities", "search?q=Pumps"):
        answer = program.get(address)
        assert answer.status_code == 200
        assert all(told not in answer.content.decode() for told in ("2031-07-14", "The buyer wrote so", "dates/3"))
    for address in ("proposals", f"proposals/{waiting.pk}", f"proposals/{waiting.pk}/history"):
        assert program.get(address).status_code == 404


def test_it_is_not_decided_before_the_answer_in_any_way(cast: Cast, waiting: Proposal) -> None:
    client = signed_in(cast.alice)
    with cast.acting(cast.alice), pytest.raises(Problem, match="Say first what you would do"):
        accept(waiting)
    client.post(f"/proposals/{waiting.pk}/accept/")
    client.post("/proposals/several/", {"pick": [str(waiting.pk)], "decide": "accept"})
    assert client.get(f"/proposals/{waiting.pk}/edit/").headers["Location"].endswith("/answer/")
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_after_the_answer_both_are_shown_and_it_is_decided(cast: Cast, deal: Opportunity, waiting: Proposal) -> None:
    client = signed_in(cast.alice)
    answered = client.post(f"/proposals/{waiting.pk}/answer/", {"expected_close": "2031-03-01"}, follow=True)
    page = answered.content.decode()
    assert "You answered: " in page
    assert "The buyer wrote so" in page
    kept = OwnAnswer.objects.get()
    assert (kept.agrees, kept.values) == (False, {"expected_close": {"$date": "2031-03-01"}})
    client.post(f"/proposals/{waiting.pk}/accept/")
    deal.refresh_from_db()
    assert f"{deal.expected_close:%Y-%m-%d}" == "2031-07-14"


def test_an_answer_that_can_not_be_read_is_asked_again(cast: Cast, waiting: Proposal) -> None:
    answer = signed_in(cast.alice).post(f"/proposals/{waiting.pk}/answer/", {"expected_close": "soon"})
    assert answer.status_code == 422
    assert not OwnAnswer.objects.exists()


def test_whoever_does_not_know_says_so_and_sees_it(cast: Cast, waiting: Proposal) -> None:
    page = signed_in(cast.alice).post(f"/proposals/{waiting.pk}/answer/", {"unsure": "1"}, follow=True)
    assert "I don&#x27;t know" in page.content.decode()
    assert OwnAnswer.objects.get().agrees is None


def test_an_administrator_turns_it_off(cast: Cast, waiting: Proposal) -> None:
    signed_in(cast.bob).post("/ai-control/ask-first/", {"on": "0"})
    assert Vigilance.objects.count() == 0
    signed_in(cast.dora).post("/ai-control/ask-first/", {"on": "0"})
    assert "The buyer wrote so" in signed_in(cast.alice).get("/proposals/").content.decode()
    signed_in(cast.alice).post(f"/proposals/{waiting.pk}/accept/")
    waiting.refresh_from_db()
    assert waiting.state == "accepted"


def test_switching_to_what_turned_out_wrong_is_counted(cast: Cast, waiting: Proposal) -> None:
    with cast.acting(cast.alice):
        OwnAnswer.give(proposal=waiting, values={"expected_close": date(2031, 3, 1)})
        accept(waiting)
        undo_event(Event.objects.get(pk=waiting.event_id))
    judge_what_is_new()
    first = first_answers_of([cast.alice.pk])
    assert (first.decided, first.agreed, first.switched, first.switched_to_wrong) == (1, 0, 1, 1)
    page = signed_in(cast.alice).get("/ai-control/you/").content.decode()
    assert "1, of which 1 turned out wrong" in page
    assert "1, of which 1 turned out wrong" not in signed_in(cast.charlie).get("/ai-control/you/").content.decode()


def test_refusing_what_turned_out_right_is_counted(cast: Cast, deal: Opportunity, waiting: Proposal) -> None:
    with cast.acting(cast.alice):
        OwnAnswer.give(proposal=waiting, values={"expected_close": date(2031, 3, 1)})
        waiting.reject()
        deal.change(expected_close=date(2031, 7, 14))
    judge_what_is_new()
    first = first_answers_of([cast.alice.pk])
    assert (first.refused, first.refused_right) == (1, 1)
