"""Verdicts while typing: what is wrong is said, what was meant is offered, nothing is refused."""

from decimal import Decimal

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation, Person
from rapport.identity.models import FieldRule
from rapport.pipeline.models import Opportunity
from rapport.quality.checking import Grade, Verdict
from rapport.quality.verifying import SERVICES
from tests.cast import Cast
from tests.clients import signed_in

pytestmark = pytest.mark.django_db


def said(client: Client, address: str, **typed: object) -> str:
    place, _mark, asked = address.partition("/?")
    answer = client.post(f"/quality/verdict/{place}/?{asked}", typed)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "proposal"),
    [
        ("person/emails", {"emails__value": ["ann@gmial.com"]}, "ann@gmail.com"),
        ("person/emails", {"emails__value": ["ann@acme.com", "bob@hotmial.com"]}, "bob@hotmail.com"),
        ("person/phones", {"phones__value": ["06 12 34 56 78"], "country": "FR"}, "+33612345678"),
        ("person/last_name", {"last_name": "DUPONT"}, "Dupont"),
        ("organisation/vat_number", {"vat_number": "501964843", "country": "PT"}, "PT501964843"),
        ("organisation/vat_number", {"vat_number": "GB 980 7806 84"}, "GB980780684"),
        ("organisation/website", {"website": "htp://acme.com"}, "http://acme.com"),
        ("organisation/addresses", {"addresses__postal_code": ["SW1A1AA"], "addresses__country": ["GB"]}, "SW1A 1AA"),
    ],
)
def test_a_slip_is_named_and_its_correction_offered(
    cast: Cast, address: str, typed: dict[str, object], proposal: str
) -> None:
    assert f'data-correct="{proposal}"' in said(signed_in(cast.alice), address, **typed)


def test_a_right_value_is_left_alone(cast: Cast) -> None:
    page = said(signed_in(cast.alice), "person/emails", emails__value=["ann@acme.com"])
    assert "data-correct" not in page
    assert "verdict-good" in page


def test_an_organisation_s_own_domain_and_pattern_tell_slips(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", website="https://acme-pumps.com")
        for first, last in (("Ann", "Bell"), ("Carl", "Dorn"), ("Eve", "Funk")):
            address = {"kind": "work", "value": f"{first}.{last}@acme-pumps.com".lower()}
            Person.create(first_name=first, last_name=last, organisation=acme, emails=[address])
    client = signed_in(cast.alice)
    typed = {"organisation": str(acme.pk), "first_name": "Gina", "last_name": "Hart"}
    domain = said(client, "person/emails", emails__value=["gina.hart@acme-pump.com"], **typed)
    assert 'data-correct="gina.hart@acme-pumps.com"' in domain
    letter = said(client, "person/emails", emails__value=["gina.hatr@acme-pumps.com"], **typed)
    assert 'data-correct="gina.hart@acme-pumps.com"' in letter


def test_q2_names_in_each_other_s_place_can_be_turned_round(cast: Cast) -> None:
    page = said(signed_in(cast.alice), "person/first_name", first_name="Ferreira", last_name="Joana")
    assert 'data-correct="Joana"' in page
    assert 'data-other="last_name" data-typed="Ferreira"' in page
    page = said(signed_in(cast.alice), "person/last_name", first_name="Martin", last_name="Simon")
    assert "data-correct" not in page


def test_names_are_turned_round_by_the_address_too_and_only_where_both_are_asked_for(cast: Cast) -> None:
    typed = {"first_name": "Bellamo", "last_name": "Zelna", "emails__value": ["zelna.bellamo@acme.com"]}
    assert 'data-correct="Zelna"' in said(signed_in(cast.alice), "person/first_name", **typed)
    with cast.acting(cast.alice):
        person = Person.create(first_name="Ferreira", last_name="Joana")
    page = said(signed_in(cast.alice), f"person/first_name/?record={person.pk}".rstrip("/"), first_name="Ferreira")
    assert "the wrong way round" in page
    assert "data-correct" not in page


def test_a_near_miss_of_a_list_that_users_extend_is_proposed(cast: Cast) -> None:
    with cast.acting(cast.alice):
        Organisation.create(name="Acme", industry="Technology")
    assert 'data-correct="Technology"' in said(signed_in(cast.alice), "organisation/industry", industry="Technolgy")


def test_days_out_of_order_and_unusual_amounts_are_doubted(cast: Cast, fresh: None) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme")
        for amount in (900, 1000, 1100, 950, 1050, 1000):
            Opportunity.create(name="Pumps", organisation=acme, amount=Decimal(amount), owner=cast.alice)
    client = signed_in(cast.alice)
    typed = {"organisation": str(acme.pk), "opened_on": "2026-11-20", "expected_close": "2026-11-02"}
    assert "one of the two is wrong" in said(client, "opportunity/expected_close", **typed)
    assert "100 times the usual" in said(client, "opportunity/amount", amount="100000", **typed)
    assert "usual" not in said(client, "opportunity/amount", amount="1200", **typed)


def test_the_past_of_a_hidden_amount_is_not_told(cast: Cast, fresh: None) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme")
        for _time in range(8):
            Opportunity.create(name="Pumps", organisation=acme, amount=Decimal(1000), owner=cast.alice)
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="opportunity", field="amount", right="hidden")
    answer = signed_in(cast.alice).post(
        "/quality/verdict/opportunity/amount/", {"amount": "9", "organisation": acme.pk}
    )
    assert answer.status_code == 404


def test_an_outside_service_may_add_its_verdict(cast: Cast) -> None:
    SERVICES.append(lambda question: Verdict(Grade.BAD, "There is no such mailbox.", None, 0.99))
    try:
        page = said(signed_in(cast.alice), "person/emails", emails__value=["ann@acme.com"])
    finally:
        SERVICES.pop()
    assert "There is no such mailbox." in page


def test_a_doubtful_value_can_be_saved(cast: Cast) -> None:
    typed = {"last_name": "BELL", "emails__value": ["ann@gmial.com"], "emails__kind": ["work"]}
    assert signed_in(cast.alice).post("/people/new/", typed).status_code == 302
    assert Person.objects.get().email == "ann@gmial.com"


def test_e9_verdicts_are_in_the_reader_s_language(cast: Cast) -> None:
    with acting_as(SYSTEM):
        cast.alice.change(language="fr")
    page = said(signed_in(cast.alice), "person/emails", emails__value=["ann@gmial.com"])
    assert "faute de frappe" in page
