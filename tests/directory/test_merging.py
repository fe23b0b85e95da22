"""Two records that stand for the same become one, nothing is lost, and undo makes two of them again (Q4)."""

import pytest

from rapport.activities.models import Meeting, Note
from rapport.core.actors import SYSTEM, Actor
from rapport.core.clock import now
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.merging.links import foreign_keys_to
from rapport.core.merging.merger import survivor_of, with_merged
from rapport.core.problems import Forbidden, Problem
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.directory.models import Affiliation, Organisation, Person
from rapport.governance.models import OwnField
from rapport.identity.models import FieldRight, FieldRule, Scope, Share
from rapport.orders.models import Contract, Order
from rapport.pipeline.models import Opportunity
from rapport.support.models import Ticket
from tests.cast import Cast, seen_by

pytestmark = pytest.mark.django_db


def mail(address: str) -> dict[str, str]:
    return {"kind": "work", "value": address}


@pytest.fixture
def acme(as_system: Actor) -> Organisation:
    return Organisation.create(name="Acme", industry="Steel", emails=[mail("info@acme.example")])


@pytest.fixture
def twin(as_system: Actor) -> Organisation:
    facts = {"industry": "Metal", "country": "FR", "website": "https://acme.example"}
    return Organisation.create(name="ACME SA", emails=[mail("INFO@acme.example"), mail("sales@acme.example")], **facts)


def merged(gone: Organisation | Person, into: Organisation | Person, **options: str) -> Event:
    gone.merge_into(into, **options)  # type: ignore[arg-type]
    into.refresh_from_db()
    return Event.objects.latest("id")


def test_the_one_that_stays_keeps_its_values_and_gets_what_it_lacks(acme: Organisation, twin: Organisation) -> None:
    merged(twin, acme)
    assert (acme.name, acme.industry, acme.country, acme.domain) == ("Acme", "Steel", "FR", "acme.example")
    assert [entry["value"] for entry in acme.emails] == ["info@acme.example", "sales@acme.example"]


def test_chosen_values_come_from_the_one_that_goes(acme: Organisation, twin: Organisation) -> None:
    merged(twin, acme, take="name,industry")
    assert (acme.name, acme.industry) == ("ACME SA", "Metal")


def test_whatever_refers_to_the_one_refers_to_the_other(fresh: None, acme: Organisation, twin: Organisation) -> None:
    zoe = Person.create(last_name="Laurent", organisation=twin)
    made = [kind.create(organisation=twin) for kind in (Order, Contract)]
    made += [Opportunity.create(name="Pumps", organisation=twin), Ticket.create(subject="Leaks", organisation=twin)]
    part = Organisation.create(name="Part", parent=twin)
    note = Note.create(text="Likes sailing", about=[zoe])
    merged(twin, acme)
    for record in (zoe, *made):
        record.refresh_from_db()
        assert record.organisation == acme
    part.refresh_from_db()
    assert part.parent == acme
    note.refresh_from_db()
    assert [subject.record_id for subject in note.about_subjects] == [zoe.pk, acme.pk]


def test_links_in_own_fields_and_shares_come_along(
    fresh: None, cast: Cast, acme: Organisation, twin: Organisation
) -> None:
    OwnField.create(for_type="opportunity", kind="link", target="organisation", label="Rival")
    catch_up()
    deal = Opportunity.create(name="Pumps", own_rival=twin)
    acme.share_with(user=cast.charlie)
    twin.share_with(user=cast.charlie, may_edit=True)
    merged(twin, acme)
    deal.refresh_from_db()
    assert deal.own_rival == acme
    assert list(Share.objects.values_list("record_id", "may_edit")) == [(acme.pk, True)]


def test_two_roles_of_one_person_are_both_kept(acme: Organisation, as_system: Actor) -> None:
    rival = Organisation.create(name="Rival")
    one = Person.create(first_name="Zoé", last_name="Laurent", organisation=acme)
    other = Person.create(first_name="Zoe", last_name="Laurent", organisation=rival, job_title="Buyer")
    merged(other, one)
    assert (one.organisation, one.job_title) == (acme, "")
    role = Affiliation.objects.get()
    assert (role.person, role.organisation, role.role) == (one, rival, "Buyer")


def test_who_attended_as_the_one_attended_as_the_other(as_system: Actor) -> None:
    one, other = (Person.create(last_name=name) for name in ("Laurent", "Lauren"))
    visit = Meeting.create(subject="Visit", at=now(), attendees=[one, other])
    merged(other, one)
    visit.refresh_from_db()
    assert [attendee["id"] for attendee in visit.attendees] == [str(one.pk)]


@pytest.mark.parametrize("upside_down", [False, True])
def test_an_organisation_is_merged_with_one_above_or_below_it(acme: Organisation, upside_down: bool) -> None:
    middle = Organisation.create(name="Middle", parent=acme)
    low = Organisation.create(name="Low", parent=middle)
    gone, stays = (acme, low) if upside_down else (low, acme)
    merged(gone, stays)
    middle.refresh_from_db()
    assert (stays.parent_id, middle.parent_id) == (None, stays.pk)


def test_undo_brings_both_back_as_they_were(acme: Organisation, twin: Organisation) -> None:
    zoe = Person.create(last_name="Laurent", organisation=twin)
    event = merged(twin, acme, take="name")
    assert not Organisation.objects.filter(pk=twin.pk).exists()
    assert not undo_event(event).conflicts
    zoe.refresh_from_db()
    assert zoe.organisation == Organisation.objects.get(name="ACME SA") == twin
    assert [entry["value"] for entry in Organisation.objects.get(name="Acme").emails] == ["info@acme.example"]
    assert survivor_of(twin.pk) is None


def test_undo_keeps_and_lists_what_was_changed_since(acme: Organisation, twin: Organisation) -> None:
    event = merged(twin, acme)
    acme.change(country="PT")
    assert [conflict.field for conflict in undo_event(event).conflicts] == ["country"]
    acme.refresh_from_db()
    assert acme.country == "PT"


def test_an_id_leads_to_the_record_through_any_number_of_mergers(acme: Organisation, twin: Organisation) -> None:
    last = Organisation.create(name="Acme Group")
    merged(twin, acme)
    merged(acme, last)
    assert survivor_of(twin.pk) == last.pk
    assert set(with_merged(last.pk)) == {last.pk, acme.pk, twin.pk}


def test_a_merger_into_what_was_merged_further_is_undone_from_the_end(acme: Organisation, twin: Organisation) -> None:
    last = Organisation.create(name="Acme Group")
    first = merged(twin, acme)
    second = merged(acme, last)
    with pytest.raises(Problem, match="merged into another record since"):
        undo_event(first)
    undo_event(second)
    assert not undo_event(first).conflicts


def test_the_search_finds_one_by_what_either_was_found_by(acme: Organisation, twin: Organisation) -> None:
    merged(twin, acme)
    assert [hit.record_id for hit in search(SYSTEM, "sales@acme.example")] == [acme.pk]


def test_it_takes_the_right_to_change_both(cast: Cast, as_system: Actor) -> None:
    seen_by("organisation", Scope.TEAM)
    own = Organisation.create(name="Acme", owner=cast.alice)
    theirs = Organisation.create(name="Acme SA", owner=cast.charlie)
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        own.merge_into(theirs)
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        theirs.merge_into(own)


def test_who_owned_the_one_still_sees_it_where_a_rule_hides_the_other(cast: Cast, as_system: Actor) -> None:
    seen_by("organisation", Scope.OWNER)
    stays = Organisation.create(name="Acme", owner=cast.alice)
    gone = Organisation.create(name="Acme SA", owner=cast.charlie)
    gone.merge_into(stays)
    with cast.acting(cast.charlie) as charlie:
        assert Organisation.objects.visible_to(charlie).get() == stays


def test_hidden_fields_are_kept_whole(cast: Cast, acme: Organisation, twin: Organisation) -> None:
    FieldRule.create(role="seller", for_type="organisation", field="country", right=FieldRight.HIDDEN)
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        twin.merge_into(acme, take="country")
    with cast.acting(cast.alice):
        Organisation.objects.get(pk=twin.pk).merge_into(Organisation.objects.get(pk=acme.pk))
    acme.refresh_from_db()
    assert acme.country == "FR"


def test_only_two_records_of_a_kind_are_merged(acme: Organisation) -> None:
    with pytest.raises(Problem, match="Choose another"):
        acme.merge_into(acme)


def test_every_link_to_a_person_or_organisation_is_one_of_a_record() -> None:
    for model in (Organisation, Person):
        relations = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created]
        assert len(foreign_keys_to(model)) == len(relations)
