"""Organisations: creating, finding, hierarchy."""

import pytest
from django.core.exceptions import ValidationError

from rapport.core.problems import Forbidden, StillNeeded
from rapport.core.search import search
from rapport.directory.models import Organisation, Person
from rapport.directory.queries import hierarchy_of, organisations_named, organisations_with_domain
from rapport.identity.actors import actor_for
from tests.cast import Cast


def test_an_organisation_is_found_by_name_website_number_phone_and_e_mail(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme = Organisation.create(
            name="Acmé Industries",
            website="https://www.acme.example/about",
            vat_number="PT507957547",
            emails=[{"kind": "work", "value": "info@acme.example"}],
            phones=[{"kind": "work", "value": "+351213000111"}],
            owner=cast.alice,
        )
        for question in ("acme ind", "acme.example", "PT507957547", "213000111", "info@acme"):
            assert search(alice, question, types=["organisation"])[0].record_id == acme.pk, question


def test_a_stranger_neither_sees_nor_creates_organisations(cast: Cast) -> None:
    with cast.acting(cast.alice):
        Organisation.create(name="Acme")
    assert not Organisation.objects.visible_to(cast.stranger).exists()
    with cast.acting(cast.stranger), pytest.raises(Forbidden):
        Organisation.create(name="Spam Ltd")


def test_colleagues_of_other_teams_see_organisations_too(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
    assert list(Organisation.objects.visible_to(actor_for(cast.charlie))) == [acme]


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Eclair.example:8080/x", "eclair.example"),
        ("http://shop.eclair.example", "shop.eclair.example"),
        ("eclair.example", "eclair.example"),
        ("", ""),
    ],
)
def test_the_domain_is_taken_from_the_website(as_system: object, website: str, domain: str) -> None:
    organisation = Organisation.create(name="Éclair", website=website)
    organisation.refresh_from_db()
    assert (organisation.sort_name, organisation.domain) == ("eclair", domain)


def test_an_organisation_is_found_by_the_domain_of_an_address_but_not_by_a_public_one(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme = Organisation.create(name="Acme", website="https://www.acme.example")
        Organisation.create(name="Mail", website="https://gmail.com")
    assert organisations_with_domain(alice, "ann@acme.example").get() == acme
    assert not organisations_with_domain(alice, "ann@gmail.com").exists()
    assert organisations_named(alice, "  ACMÉ ").get() == acme


def test_a_group_is_shown_upwards_and_downwards(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        holding = Organisation.create(name="Holding")
        company = Organisation.create(name="Company", parent=holding)
        plant = Organisation.create(name="Plant", parent=company)
    found = hierarchy_of(alice, company)
    assert (found.above, found.below) == ((holding,), (plant,))
    assert hierarchy_of(alice, plant).above == (holding, company)


def test_an_organisation_cannot_be_part_of_its_own_subsidiary(cast: Cast) -> None:
    with cast.acting(cast.alice):
        holding = Organisation.create(name="Holding")
        plant = Organisation.create(name="Plant", parent=Organisation.create(name="Company", parent=holding))
        with pytest.raises(ValidationError, match="own subsidiaries"):
            holding.change(parent=plant)


def test_an_organisation_with_people_is_not_deleted_but_a_parent_is(cast: Cast) -> None:
    with cast.acting(cast.alice):
        holding = Organisation.create(name="Holding")
        company = Organisation.create(name="Company", parent=holding)
        Person.create(last_name="Ames", organisation=company)
        with pytest.raises(StillNeeded, match="people"):
            company.remove()
        holding.remove()
    company.refresh_from_db()
    assert company.parent is None
