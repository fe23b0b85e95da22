"""Records come without the values that are hidden from whoever looks, and never lose them."""

from decimal import Decimal

import pytest
from django.test import Client

from rapport.core.search import search
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.own_fields.making import own
from tests.rights.rules import hide

PHONES = [{"value": "+33 1 70 18 99 00", "kind": "work"}]
EMAILS = [{"value": "canary@zoe.example", "kind": "work"}]


@pytest.fixture
def zoe(cast: Cast) -> Person:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", employees=12)
        return Person.create(first_name="Zoé", last_name="Laurent", organisation=acme, phones=PHONES, emails=EMAILS)


def test_a_record_is_loaded_without_hidden_values_but_whole_for_others(cast: Cast, zoe: Person) -> None:
    hide("person.phones", "organisation.employees")
    with cast.acting(cast.alice):
        seen = Person.objects.select_related("organisation").get(pk=zoe.pk)
        assert (seen.phones, seen.organisation.employees) == ([], None)  # type: ignore[union-attr]
        assert seen.emails == EMAILS
    with cast.acting(cast.bob):
        assert Person.objects.get(pk=zoe.pk).phones == PHONES


def test_a_verb_keeps_what_is_concealed(cast: Cast, zoe: Person) -> None:
    hide("person.phones", "organisation.employees")
    with cast.acting(cast.alice):
        seen = Person.objects.get(pk=zoe.pk)
        seen.change(job_title="Buyer")
        assert seen.phones == []
        acme = Organisation.objects.get()
        lead = Lead.create(first_name="Max", last_name="Muster", employees=99, phones=[])
        lead.convert(organisation=acme, with_opportunity=False)
    acme, seen = Organisation.objects.get(), Person.objects.get(pk=zoe.pk)
    assert acme.employees == 12
    assert (seen.phones, seen.job_title) == (PHONES, "Buyer")


def test_nobody_is_found_by_what_is_hidden(cast: Cast, zoe: Person) -> None:
    hide("person.emails")
    for asked in ("canary", "canary@zoe.example", "canari", "99 00"):
        assert not search(actor_for(cast.alice), asked, types=["person"]), asked
        assert search(actor_for(cast.bob), asked, types=["person"]), asked
    for asked in (
        "zoe",
        "Zoé Laur",
        "laurant",
        "zoe canary",
        "zoe nothing",
    ):  # by the title
        assert [hit.record_id for hit in search(actor_for(cast.alice), asked, types=["person"])] == [zoe.pk], asked


def test_a_hidden_fact_is_not_asked_for_by_a_stage(fresh: None, cast: Cast) -> None:
    with cast.acting(cast.dora):
        deal = Opportunity.create(name="Pumps", owner=cast.alice, amount=Decimal(9))
        stages = deal.pipeline.ordered_stages()
        stages[1].change(required_fields=["amount"])
        bare = Opportunity.create(name="Bare", owner=cast.alice)
    hide("opportunity.amount")
    with cast.acting(cast.alice):
        for one in (deal, bare):
            assert one.missing_for(stages[1]) == ()
            one.move_to(stages[1])


def test_a_record_of_which_only_a_part_is_loaded_is_concealed_too(fresh: None, cast: Cast, client: Client) -> None:
    """The board loads of organisations their names alone; an own field hidden there must not stop it."""
    with cast.acting(cast.dora):
        own("text")
        own("number", for_type="opportunity")
        acme = Organisation.create(name="Acme", own_my_text="Hush")
        deal = Opportunity.create(name="Pumps", organisation=acme, owner=cast.alice, own_my_number=7)
    hide("organisation.own_my_text", "opportunity.own_my_number")
    client.force_login(cast.alice)
    assert client.get("/pipeline/").status_code == 200
    with cast.acting(cast.alice):
        seen = Organisation.objects.only("name").get()
        assert seen.name == "Acme"
        assert seen.attributes == {}
        assert Opportunity.objects.only("name").get(pk=deal.pk).own_my_number is None  # type: ignore[attr-defined]
