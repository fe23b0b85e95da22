"""Proposals in the pages: decided one by one, edited, several at once, and never behind somebody's rights."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.directory.models import Organisation
from rapport.identity.models import FieldRight, FieldRule, Scope
from rapport.oversight.deciding import accept
from rapport.oversight.judging import judge_what_is_new
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.oversight.models import Proposal, StopSwitch
from rapport.oversight.stopping import INSTANCE
from tests.cast import Cast, seen_by
from tests.clients import signed_in
from tests.oversight.conftest import machine_actions  # noqa: F401 - a fixture
from tests.rights.matrix import masked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def proposed(cast: Cast, *names: str, **values: object) -> list[Proposal]:
    """One proposal for each new organisation of Alice's."""
    with acting_as(SYSTEM):
        organisations = [Organisation.create(name=name, owner=cast.alice) for name in names]
    found = []
    with acting_as_machine("quality.fill_empty", on_behalf_of=cast.alice) as run:
        for one in organisations:
            grounds = Grounds([Evidence(one, "name", (0, 4), one.name)], 0.96, "rules.country/1", "Its name is French.")
            proposal = propose(run, grounds, one.change, **(values or {"country": "FR"}))
            assert proposal is not None
            found.append(proposal)
    return found


def test_the_inbox_shows_what_would_change_why_and_how_sure(cast: Cast) -> None:
    proposed(cast, "Acme")
    page = signed_in(cast.alice).get("/proposals/").content.decode()
    for told in ("Acme", "France", "Its name is French.", "very likely", "rules.country/1"):
        assert told in page
    assert 'class="bell-count" aria-hidden="true">1' in page


def test_an_empty_inbox_teaches(cast: Cast) -> None:
    assert "Nothing is done without you" in signed_in(cast.alice).get("/proposals/").content.decode()


def test_accepting_carries_it_out_and_offers_undo(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    answer = signed_in(cast.alice).post(
        f"/proposals/{one.pk}/accept/", {"seconds": "3.2", "sources": "1"}, headers={"HX-Request": "true"}
    )
    assert "/undo/" in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, one.seconds, one.saw_sources) == ("accepted", 3.2, True)
    assert Organisation.objects.get().country == "FR"


def test_editing_then_accepting_keeps_how_much_was_changed(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    alice = signed_in(cast.alice)
    wrong = alice.post(f"/proposals/{one.pk}/edit/", {"country": "Atlantis"})
    assert (wrong.status_code, Proposal.objects.get().state) == (422, "pending")
    alice.post(f"/proposals/{one.pk}/edit/", {"country": "Germany"})
    one.refresh_from_db()
    assert (one.state, Organisation.objects.get().country) == ("edited", "DE")
    assert one.edits == {"country": "DE"}
    assert one.edit_distance


def test_editing_a_list_of_e_mails_keeps_the_kind_of_each(cast: Cast) -> None:
    entries = [{"kind": "work", "value": "a@acme.example"}, {"kind": "other", "value": "b@acme.example"}]
    (one,) = proposed(cast, "Acme", emails=entries)
    alice = signed_in(cast.alice)
    assert 'name="emails__kind"' in alice.get(f"/proposals/{one.pk}/edit/").content.decode()
    typed = {"emails__kind": ["work", "other"], "emails__value": ["anna@acme.example", "b@acme.example"]}
    alice.post(f"/proposals/{one.pk}/edit/", typed)
    one.refresh_from_db()
    assert one.state == "edited"
    assert Organisation.objects.get().emails == [{"kind": "work", "value": "anna@acme.example"}, entries[1]]


def test_an_edit_that_changes_nothing_is_an_acceptance(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    signed_in(cast.alice).post(f"/proposals/{one.pk}/edit/", {"country": "FR"})
    one.refresh_from_db()
    assert (one.state, one.edits) == ("accepted", {})


def test_rejecting_keeps_the_reason_and_is_not_proposed_again(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    signed_in(cast.alice).post(f"/proposals/{one.pk}/reject/", {"code": "wrong"})
    one.refresh_from_db()
    assert (one.state, one.reason_code, Organisation.objects.get().country) == ("rejected", "wrong", "")
    with acting_as_machine("quality.fill_empty", on_behalf_of=cast.alice) as run:
        again = propose(run, Grounds(), Organisation.objects.get().change, country="FR")
    assert again == one


def test_what_was_overtaken_is_set_aside_and_told(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    with cast.acting(cast.alice):
        Organisation.objects.get().change(country="DE")
    page = signed_in(cast.alice).post(f"/proposals/{one.pk}/accept/", follow=True).content.decode()
    assert "overtaken" in page
    one.refresh_from_db()
    assert (one.state, Organisation.objects.get().country) == ("stale", "DE")


def test_several_are_looked_at_before_they_are_accepted_together(cast: Cast) -> None:
    found = proposed(cast, "Acme", "Beta", "Gamma")
    alice, picked = signed_in(cast.alice), [str(one.pk) for one in found[:2]]
    preview = alice.post("/proposals/several/", {"pick": picked}).content.decode()
    assert "Accept these 2" in preview
    assert not Organisation.objects.filter(country="FR").exists()
    alice.post("/proposals/several/", {"pick": picked, "decide": "accept"})
    assert Organisation.objects.filter(country="FR").count() == 2


def test_others_see_neither_the_proposal_nor_decide_about_it(cast: Cast) -> None:
    seen_by("organisation", Scope.TEAM)
    (one,) = proposed(cast, "Acme")
    charlie = signed_in(cast.charlie)
    assert "Acme" not in charlie.get("/proposals/?view=all").content.decode()
    assert charlie.post(f"/proposals/{one.pk}/accept/").status_code == 404
    assert "Acme" not in charlie.get("/ai-control/ledger/").content.decode()


def test_a_proposal_for_a_hidden_field_is_hidden_too(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme", employees=4711)
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="organisation", field="employees", right=FieldRight.HIDDEN)
    alice = signed_in(cast.alice)
    assert alice.get(f"/proposals/{one.pk}/").status_code == 404
    for page in ("/proposals/", "/proposals/?view=all", "/ai-control/ledger/"):
        told = masked(alice.get(page).content.decode())
        assert not [number for number in ("4711", "4,711") if number in told], page


def test_a_reader_decides_nothing(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    with acting_as(SYSTEM):
        cast.charlie.change(role="read-only")
    assert signed_in(cast.charlie).post(f"/proposals/{one.pk}/accept/").status_code == 403


def test_it_stands_on_the_record_and_on_today(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    alice = signed_in(cast.alice)
    assert f"proposal-{one.pk}" in alice.get(f"/organisations/{one.subject_id}/panel/proposals/").content.decode()
    assert "/today/proposals/" in alice.get("/").content.decode()
    assert f"proposal-{one.pk}" in alice.get("/today/proposals/").content.decode()


def test_while_machines_are_stopped_proposals_wait(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    with acting_as(SYSTEM):
        switch = StopSwitch.pull(key=INSTANCE)
    alice = signed_in(cast.alice)
    page = alice.get("/proposals/").content.decode()
    assert "Machines are stopped" in page
    assert f"/proposals/{one.pk}/accept/" not in page
    alice.post(f"/proposals/{one.pk}/accept/")
    assert Organisation.objects.get().country == ""
    with acting_as(SYSTEM):
        switch.release(reason="Test over.")


def test_the_history_tells_that_a_machine_did_it_and_who_approved(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    signed_in(cast.bob).post(f"/proposals/{one.pk}/accept/")
    page = signed_in(cast.alice).get(f"/organisations/{one.subject_id}/history/").content.decode()
    assert "approved by Bob Bernard" in page
    assert "timeline-machine" in page


def test_what_a_machine_did_by_itself_stands_in_the_ledger(
    cast: Cast,
    machine_actions: None,  # noqa: F811
) -> None:
    with acting_as(SYSTEM):
        acme = Organisation.create(name="Acme", owner=cast.alice)
    with acting_as_machine("test.act", on_behalf_of=cast.alice):
        acme.change(country="FR")
    assert "done by itself</span>" in signed_in(cast.dora).get("/ai-control/ledger/?state=acted").content.decode()


def test_the_ledger_tells_what_became_of_it(cast: Cast) -> None:
    (one,) = proposed(cast, "Acme")
    with cast.acting(cast.alice):
        accept(one)
    assert told_of_outcome(cast) == "still stands"
    with cast.acting(cast.alice), fixed_at(now() + timedelta(days=3, hours=1)):
        Organisation.objects.get().change(employees=12)
        assert told_of_outcome(cast) == "still stands"
        Organisation.objects.get().change(country="DE")
    assert told_of_outcome(cast) == "changed by a person after 3 days"


def told_of_outcome(cast: Cast) -> str:
    """What stands under the badge of the ledger's only line, once the job has looked."""
    judge_what_is_new()
    page = signed_in(cast.alice).get("/ai-control/ledger/").content.decode()
    return page.split("accepted</span>")[1].split("</span>")[0].removeprefix('<span class="under">')


def test_ten_mergers_take_no_more_questions_than_two(cast: Cast) -> None:
    inbox, asked = signed_in(cast.alice), []
    for names in (("One", "Two"), ("Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")):
        merged_into_the_first(cast, *names)
        inbox.get("/proposals/")
        with CaptureQueriesContext(connection) as counted:
            page = inbox.get("/proposals/").content.decode()
        asked.append(len(counted))
    assert "Nine" in page
    assert asked[1] == asked[0]


def merged_into_the_first(cast: Cast, *names: str) -> None:
    """One proposal for each new organisation: to be merged into one that stays."""
    with acting_as(SYSTEM):
        stays, *others = [Organisation.create(name=name, owner=cast.alice) for name in ("Stays", *names)]
    with acting_as_machine("quality.merge", on_behalf_of=cast.alice) as run:
        for one in others:
            grounds = Grounds([Evidence(one, "name", (0, 3), one.name)], 0.96, "duplicates/1", "Both are one.")
            propose(run, grounds, one.merge_into, other=stays)


def test_a_merger_tells_what_differs_between_records_of_one_name(cast: Cast) -> None:
    with acting_as(SYSTEM):
        gone, stays = (Organisation.create(name="Acme", owner=cast.alice, country=code) for code in ("FR", "DE"))
        with acting_as_machine("quality.merge", on_behalf_of=cast.alice) as run:
            propose(
                run, Grounds([Evidence(gone), Evidence(stays)], 0.99, "duplicates/1", ""), gone.merge_into, other=stays
            )
    page = " ".join(signed_in(cast.alice).get("/proposals/").content.decode().split())
    assert '<th scope="row">Country</th><td>France</td><td>Germany</td>' in page
    assert f"record={gone.pk}&amp;record={stays.pk}" in page
    with acting_as(SYSTEM):
        FieldRule.create(for_type="organisation", field="country", role="seller", right=FieldRight.HIDDEN)
    assert "Germany" not in signed_in(cast.alice).get("/proposals/").content.decode()
