"""Converting a lead: into what, from what on record, and back again."""

from decimal import Decimal
from typing import Any

import pytest

from rapport.activities.models import Note
from rapport.activities.timeline import timeline
from rapport.catalog.models import Product
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.leads.models import Campaign, Lead, LeadStatus
from rapport.leads.queries import result_of, suggestions_for
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.conftest import all_rows

pytestmark = pytest.mark.usefixtures("fresh")
TABLES = (
    *("leads_lead", "directory_organisation", "directory_person", "pipeline_opportunity", "pipeline_stagevisit"),
    *("activities_note",),
)


@pytest.fixture
def ames(cast: Cast) -> Lead:
    with cast.acting(cast.bob):
        pump = Product.create(name="Pump")
        fair = Campaign.create(name="Spring fair")
    with cast.acting(cast.alice):
        return Lead.create(
            first_name="Ann",
            last_name="Ames",
            organisation_name="Acme",
            job_title="Buyer",
            department="Purchasing",
            industry="Chemicals",
            employees=40,
            country="PT",
            languages=["pt", "en"],
            website="https://www.acme.example",
            emails=[{"kind": "work", "value": "ann@acme.example"}],
            phones=[{"kind": "mobile", "value": "+351910000000"}],
            addresses=[{"kind": "office", "city": "Porto"}],
            need="Pump acid",
            product=pump,
            amount=Decimal(5_000),
            currency="EUR",
            source="Event",
            campaign=fair,
            description="Met at the fair",
            owner=cast.alice,
        )


def test_nothing_of_the_lead_is_lost(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice):
        became = ames.convert(expected_close=today())
    organisation, person, opportunity = became.organisation, became.person, became.opportunity
    assert organisation is not None
    assert person is not None
    assert opportunity is not None
    kept: dict[Any, tuple[str, ...]] = {
        organisation: ("industry", "employees", "country", "website", "addresses", "source", "owner", "team"),
        person: (
            *("first_name", "last_name", "job_title", "department", "languages", "country", "emails", "phones"),
            *("source", "description", "owner", "team"),
        ),
        opportunity: ("need", "product", "amount", "currency", "source", "description", "owner", "team"),
    }
    for record, names in kept.items():
        record.refresh_from_db()
        assert {name: getattr(record, name) for name in names} == {name: getattr(ames, name) for name in names}
    assert (organisation.name, person.organisation) == ("Acme", organisation)
    assert (opportunity.organisation, opportunity.person) == (organisation, person)
    assert (opportunity.name, opportunity.expected_close) == ("Acme – Pump", today())
    ames.refresh_from_db()
    assert (ames.status, ames.converted_on) == (LeadStatus.CONVERTED, today())
    assert (ames.organisation, ames.person, ames.opportunity) == (organisation, person, opportunity)


def test_conversion_is_one_event_and_undone_as_a_whole(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice):
        Note.create(text="Called her", about=[ames])
        before, count = all_rows(*TABLES), Event.objects.count()
        ames.convert()
        assert Event.objects.count() == count + 1
        assert Event.objects.latest("id").subject_id == ames.pk
        assert not undo_event(Event.objects.latest("id")).conflicts
    assert all_rows(*TABLES) == before


def test_what_was_noted_about_the_lead_is_on_the_timelines_of_what_it_became(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice) as alice:
        note = Note.create(text="Called her", about=[ames])
        became = ames.convert()
        for record in (ames, became.organisation, became.person, became.opportunity):
            assert record is not None
            assert note in [item.record for item in timeline(alice, record).items]


def test_records_that_exist_only_get_what_they_lack(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme SA", industry="Pharmaceuticals")
        ann = Person.create(
            first_name="Anne",
            last_name="Ames",
            organisation=acme,
            emails=[{"kind": "private", "value": "ann@acme.example"}],
        )
        became = ames.convert(organisation=acme, person=ann)
    acme.refresh_from_db()
    ann.refresh_from_db()
    assert (became.organisation, became.person) == (acme, ann)
    assert (acme.name, acme.industry, acme.employees) == ("Acme SA", "Pharmaceuticals", 40)
    assert (ann.first_name, ann.job_title, len(ann.emails), ann.phone) == ("Anne", "Buyer", 1, "+351910000000")


def test_a_lead_can_become_a_contact_without_an_opportunity(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice):
        became = ames.convert(with_opportunity=False)
        assert became.opportunity is None
        assert not Opportunity.objects.exists()
        with pytest.raises(Problem, match="converted already"):
            ames.convert()


def test_a_lead_of_an_organisation_alone_makes_no_person(cast: Cast) -> None:
    with cast.acting(cast.alice):
        lead = Lead.create(organisation_name="Acme", emails=[{"kind": "work", "value": "info@acme.example"}])
        became = lead.convert()
    assert became.person is None
    assert became.organisation is not None
    assert became.organisation.email == "info@acme.example"


def test_who_the_lead_could_be_is_suggested_with_reasons(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice) as alice:
        acme = Organisation.create(name="Acme", website="acme.example")
        similar = Organisation.create(name="Acme Portugal")
        Organisation.create(name="Bolt")
        ann = Person.create(last_name="A.", organisation=acme, emails=[{"kind": "work", "value": "Ann@acme.example"}])
        found = suggestions_for(alice, ames)
    assert [one.record for one in found.people] == [ann]
    assert [one.record for one in found.organisations] == [acme, similar]
    assert found.organisations[0].reasons == ("works with A.", "same web domain", "same name")
    assert found.people[0].reasons == ("same e-mail address",)


def test_a_campaign_tells_what_it_brought(cast: Cast, ames: Lead) -> None:
    with cast.acting(cast.alice) as alice:
        opportunity = ames.convert().opportunity
        assert opportunity is not None
        opportunity.win()
        assert ames.campaign is not None
        found = result_of(alice, ames.campaign)
    assert (found.leads, found.converted, found.won, found.revenue.amount) == (1, 1, 1, Decimal(5_000))
    assert result_of(actor_for(cast.charlie), ames.campaign).leads == 0


def test_others_do_not_convert_it(cast: Cast, ames: Lead) -> None:
    for outsider in (cast.charlie, cast.stranger):
        with cast.acting(outsider), pytest.raises(Forbidden):
            ames.convert()
    assert not Organisation.objects.exists()
