"""Organisations: creating, finding, hierarchy."""

from rapport.core.search import search
from rapport.directory.models import Organisation
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


def test_name_and_domain_are_kept_ready_for_sorting_and_looking_up(as_system: object) -> None:
    acme = Organisation.create(name="Éclair  SA", website="https://www.Eclair.example:8080/x")
    acme.refresh_from_db()
    assert (acme.sort_name, acme.domain) == ("eclair  sa", "eclair.example")
