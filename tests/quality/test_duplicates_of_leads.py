"""Leads: merged, found twice and among people and organisations, pointed out while typed, converted into them (Q4)."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from rapport.activities.models import Note
from rapport.activities.timeline import timeline
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.identity.models import User
from rapport.leads.models import Lead, LeadStatus
from rapport.quality.duplicates.running import ask_for_search, run, run_for_new
from rapport.quality.models import DuplicateDecision, DuplicatePair
from tests.cast import Cast
from tests.conftest import all_rows
from tests.quality.people import people

pytestmark = pytest.mark.django_db

LISTED, KNOWN = "/quality/duplicates/lead/", "/quality/duplicates/lead/known/"
WORK = "work"


def mail(address: str) -> list[dict[str, str]]:
    return [{"kind": WORK, "value": address}]


def phone(number: str) -> list[dict[str, str]]:
    return [{"kind": WORK, "value": number}]


@pytest.fixture
def alices(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.alice)
    return client


@pytest.fixture
def crowd(cast: Cast) -> Iterator[Cast]:
    """Thirty leads that have nothing to do with each other, and Ann Ames of Acme on record; all are Alice's."""
    with acting_as(SYSTEM):
        acme = Organisation.create(name="Acme Pumps SA", website="https://acme.example", owner=cast.alice)
        Person.create(
            first_name="Ann",
            last_name="Ames",
            organisation=acme,
            emails=mail("ann.ames@acme.example"),
            phones=phone("+351 21 000 11 22"),
            owner=cast.alice,
        )
        for _key, row in people(30, doubled=0, seed=5):
            address = f"{row['given']}.{row['family']}@{row['family']}.example".lower()
            Lead.create(first_name=row["given"], last_name=row["family"], emails=mail(address), owner=cast.alice)
        yield cast


def lead_of(cast: Cast, **facts: object) -> Lead:
    return Lead.create(owner=cast.alice, **facts)


def test_q4_two_leads_become_one_that_is_as_far_as_the_further(fresh: None, cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        gone = lead_of(cast, last_name="Ames", emails=mail("ann@acme.example"), need="Pumps")
        stays = lead_of(cast, first_name="Ann", last_name="Ames", phones=phone("+351210001122"))
        gone.qualify()
        note = Note.create(text="Called her", about=[gone])
        before = all_rows("leads_lead", "activities_note")
        gone.merge_into(stays)
        stays.refresh_from_db()
        assert (stays.status, stays.need, stays.email) == (LeadStatus.QUALIFIED, "Pumps", "ann@acme.example")
        assert note in [item.record for item in timeline(alice, stays).items]
        assert not undo_event(Event.objects.latest("id")).conflicts
        assert all_rows("leads_lead", "activities_note") == before


def test_what_a_converted_lead_became_is_kept(fresh: None, cast: Cast) -> None:
    with cast.acting(cast.alice):
        gone, stays, third = (lead_of(cast, last_name="Ames", organisation_name="Acme") for _number in range(3))
        stays.discard(reason="No need")
        became = gone.convert()
        gone.merge_into(stays)
        stays.refresh_from_db()
        assert (stays.status, stays.discard_reason, stays.opportunity) == ("converted", "", became.opportunity)
        third.convert()
        with pytest.raises(Problem, match="different records"):
            third.merge_into(stays)


def test_q4_leads_that_stand_twice_are_found_merged_and_taken_apart_in_the_pages(crowd: Cast, alices: Client) -> None:
    first = lead_of(crowd, first_name="Rui", last_name="Teixeira", emails=mail("rui@tex.example"), country="PT")
    again = lead_of(crowd, first_name="Rui", last_name="Texeira", emails=mail("rui@tex.example"), phones=phone("+351"))
    run(ask_for_search("lead"))
    pair = DuplicatePair.objects.get(for_type="lead")
    assert (pair.left_id, pair.right_id) == (first.pk, again.pk)
    page = alices.get(LISTED).content.decode()
    assert "Rui Teixeira · Rui Texeira" in page
    answers = {"record": [str(first.pk), str(again.pk)], "do": "merge", "stays": str(first.pk)}
    alices.post(f"{LISTED}compare/", answers)
    assert list(Lead.objects.filter(first_name="Rui", last_name__endswith="xeira")) == [first]
    undo = alices.get(LISTED).content.decode().split('action="/undo/')[1].split('"')[0]
    alices.post(f"/undo/{undo}")
    assert Lead.objects.filter(first_name="Rui", last_name__endswith="xeira").count() == 2


def test_q4_leads_that_are_on_record_are_found_until_converted_or_called_different(crowd: Cast, alices: Client) -> None:
    ann = lead_of(crowd, first_name="Anne", last_name="Ames", phones=phone("00351 210001122"))
    firm = lead_of(crowd, organisation_name="ACME Pumps", website="www.acme.example")
    run(ask_for_search("lead"))
    page = alices.get(KNOWN).content.decode()
    assert ["Anne Ames" in page, "ACME Pumps" in page, "Phone" in page] == [True, True, True]
    assert "2 leads are probably on record" in alices.get(LISTED).content.decode()
    acme, person = Organisation.objects.get(), Person.objects.get()
    assert f"do/convert/?person={person.pk}" in page
    alices.post(KNOWN, {"lead": str(firm.pk), "record": str(acme.pk)})
    assert "ACME Pumps" not in alices.get(KNOWN).content.decode()
    assert str(acme.pk) not in alices.get(f"/leads/{firm.pk}/do/convert/").content.decode()
    form = alices.get(f"/leads/{ann.pk}/do/convert/").content.decode()
    assert f'value="{person.pk}"' in form
    alices.post(f"/leads/{ann.pk}/do/convert/", {"person": str(person.pk), "with_opportunity": "no"})
    assert Person.objects.get() == person
    assert "do/convert/" not in alices.get(KNOWN).content.decode()


def test_new_leads_are_compared_with_who_is_on_record(crowd: Cast) -> None:
    run(ask_for_search("lead"))
    assert not DuplicatePair.objects.exists()
    lead = lead_of(crowd, first_name="Ann", last_name="Ames", emails=mail("ann.ames@acme.example"))
    run_for_new("lead")
    found = DuplicatePair.objects.get(for_type="lead-person")
    assert found.right_id == lead.pk


def test_the_other_records_that_a_lead_could_be_are_offered_too(crowd: Cast, alices: Client) -> None:
    other = Organisation.create(name="Acme Pumps Portugal", owner=crowd.alice)
    lead = lead_of(crowd, organisation_name="Acme Pumps", website="https://acme.example")
    form = alices.get(f"/leads/{lead.pk}/do/convert/").content.decode()
    assert f'name="offer" value="organisation={other.pk} Acme Pumps Portugal"' in form
    taken = alices.post(f"/leads/{lead.pk}/do/convert/", {"offer": f"organisation={other.pk} {other.name}"})
    assert f'value="{other.pk}"' in taken.content.decode()
    assert not Lead.objects.filter(status=LeadStatus.CONVERTED).exists()


def test_q4_who_is_on_record_is_pointed_out_while_a_lead_is_typed(crowd: Cast, alices: Client) -> None:
    typed = {"last_name": "Am", "emails__value": "ann.ames@acme.example", "organisation_name": "Acme Pumps"}
    shown = alices.get("/look-alikes/leads/", typed).content.decode()
    assert ["Ann Ames" in shown, "same e-mail address" in shown, "same web domain" in shown] == [True, True, True]
    person = Person.objects.get()
    alices.post("/leads/new/", {**typed, "emails__kind": WORK, "unlike": [str(person.pk)]})
    said = DuplicateDecision.objects.get()
    assert {said.left_id, said.right_id} == {person.pk, Lead.objects.get(last_name="Am").pk}


def test_nobody_is_told_of_a_record_that_they_do_not_see(
    crowd: Cast, alices: Client, hide: Callable[[User], None]
) -> None:
    lead_of(crowd, first_name="Ann", last_name="Ames", emails=mail("ann.ames@acme.example"))
    run(ask_for_search("lead"))
    assert "Ann Ames" in alices.get(KNOWN).content.decode()
    hide(crowd.charlie)
    assert "Ann Ames" not in alices.get(KNOWN).content.decode()


@pytest.fixture
def hide(cast: Cast) -> Callable[[User], None]:
    """Gives everybody on record to somebody of another team, and hides it from all others."""
    from rapport.identity.models import Scope
    from tests.cast import seen_by

    def to(owner: User) -> None:
        with acting_as(SYSTEM):
            for model in (Organisation, Person):
                seen_by(model.record_type, Scope.TEAM)
                for record in model.objects.all():
                    record.change(owner=owner, team=owner.team)

    return to
