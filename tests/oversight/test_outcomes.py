"""What became of what machines did and of what was rejected: kept, shown, filtered, exported, used in the rates."""

import csv
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.oversight.deciding import accept
from rapport.oversight.judging import judge_all, judge_what_is_new
from rapport.oversight.machine import Grounds, acting_as_machine, propose
from rapport.oversight.models import Outcome, Proposal
from rapport.web.oversight import ledger
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


@pytest.fixture
def made(cast: Cast) -> dict[str, Organisation]:
    with cast.acting(cast.alice):
        names = ("Kept", "Changed", "Undone", "Deleted", "Refused", "Needed")
        return {name: Organisation.create(name=name, owner=cast.alice) for name in names}


@pytest.fixture
def decided(cast: Cast, made: dict[str, Organisation]) -> dict[str, Proposal]:
    """A country proposed for each; four are accepted, two rejected."""
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        found = {
            name: propose(run, Grounds(estimator="rules/1"), one.change, country="FR") for name, one in made.items()
        }
    with cast.acting(cast.alice):
        for name, proposal in found.items():
            assert proposal is not None
            if name in ("Refused", "Needed"):
                proposal.reject()
            else:
                accept(proposal)
    return {name: proposal for name, proposal in found.items() if proposal is not None}


def later_on(cast: Cast, made: dict[str, Organisation], decided: dict[str, Proposal]) -> None:
    """Three days later people changed, undid, deleted, and entered what they had rejected."""
    with fixed_at(now() + timedelta(days=3)), cast.acting(cast.dora):
        for one in made.values():
            one.refresh_from_db()
        made["Changed"].change(country="DE")
        made["Kept"].change(industry="Steel")
        undo_event(Event.objects.get(pk=decided["Undone"].event_id))
        made["Deleted"].remove()
        made["Needed"].change(country="FR")


def became(decided: dict[str, Proposal]) -> dict[str, tuple[str, int]]:
    by_event = {one.event_id: name for name, one in decided.items() if one.event_id}
    by_proposal = {one.pk: name for name, one in decided.items()}
    kept = Outcome.objects.all()
    return {by_event.get(one.event_id) or by_proposal[one.proposal_id]: (one.became, one.days) for one in kept}


AFTERWARDS = {
    "Kept": ("stands", 0),
    "Changed": ("changed", 3),
    "Undone": ("undone", 3),
    "Deleted": ("removed", 3),
    "Refused": ("stayed_out", 0),
    "Needed": ("set_anyway", 3),
}


def test_each_decided_proposal_has_its_outcome_and_its_date(
    cast: Cast, made: dict[str, Organisation], decided: dict[str, Proposal]
) -> None:
    judge_what_is_new()
    assert set(became(decided).values()) == {("stands", 0), ("stayed_out", 0)}
    later_on(cast, made, decided)
    judge_what_is_new()
    assert became(decided) == AFTERWARDS
    assert judge_all() == 6
    assert became(decided) == AFTERWARDS


def test_what_a_person_changed_and_took_back_still_stands(
    cast: Cast, made: dict[str, Organisation], decided: dict[str, Proposal]
) -> None:
    with cast.acting(cast.dora):
        made["Kept"].refresh_from_db()
        made["Kept"].change(country="DE")
        undo_event(Event.objects.latest("id"))
    judge_what_is_new()
    assert became(decided)["Kept"] == ("stands", 0)


def test_what_machines_did_by_themselves_has_an_outcome_too(cast: Cast, made: dict[str, Organisation]) -> None:
    with acting_as_machine("test.act", on_behalf_of=cast.alice):
        made["Kept"].change(country="FR")
    judge_what_is_new()
    assert list(Outcome.objects.values_list("action", "became", "decided_by_id")) == [("test.act", "stands", None)]


def test_the_ledger_shows_filters_and_exports_outcomes(
    cast: Cast, made: dict[str, Organisation], decided: dict[str, Proposal]
) -> None:
    later_on(cast, made, decided)
    judge_what_is_new()
    client = Client()
    client.force_login(cast.dora)
    page = client.get("/ai-control/ledger/").content.decode()
    for told in (
        "still stands",
        "changed by a person after 3 days",
        "undone after 3 days",
        "set by a person after all",
    ):
        assert f'class="under">{told}' in page
    filtered = client.get("/ai-control/ledger/?outcome=changed").content.decode()
    assert "Changed</a>" in filtered
    assert "Undone</a>" not in filtered
    exported = client.get("/ai-control/ledger/export/?outcome=removed").content.decode().splitlines()
    assert "outcome,outcome_at,outcome_after_days" in exported[0]
    assert [row["outcome"] for row in csv.DictReader(exported)] == ["removed"]


def test_rates_by_version_count_outcomes(
    cast: Cast, made: dict[str, Organisation], decided: dict[str, Proposal]
) -> None:
    from rapport.identity.actors import actor_for
    from rapport.web.oversight.rates import rates_of

    later_on(cast, made, decided)
    judge_what_is_new()
    (row,) = rates_of(actor_for(cast.dora))
    shares = (row["estimator"], row["undone_share"], row["changed_share"], row["after_all_share"])
    assert shares == ("rules/1", "25%", "25%", "50%")


def test_the_pages_of_the_ledger_tell_each_line_of_one_moment_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "AT_ONCE", 2)
    names = {f"Firm {letter}" for letter in "ABCDEFG"}
    with cast.acting(cast.alice):
        firms = [Organisation.create(name=name, owner=cast.alice) for name in sorted(names)]
    with fixed_at(now()), acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        for one in firms[:4]:
            propose(run, Grounds(estimator="rules/1"), one.change, country="FR")
    with fixed_at(Proposal.objects.get(subject_id=firms[0].pk).proposed_at):
        for one in firms[4:]:
            with acting_as_machine("test.act", on_behalf_of=cast.alice):
                one.change(country="FR")
    client = Client()
    client.force_login(cast.alice)
    told: list[str] = []
    address = "/ai-control/ledger/"
    while address:
        page = client.get(address)
        told += [line.subject for line in page.context["lines"]]
        assert len(told) <= len(names)
        older = page.context["older"]
        address = f"/ai-control/ledger/?{urlencode({'until': older})}" if older else ""
    assert sorted(told) == sorted(names)
