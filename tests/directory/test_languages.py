"""Languages and other lists typed in one field."""

import pytest
from django.test import Client

from rapport.directory.models import Person
from rapport.governance.domains import Languages, Several, Text, ValueProblem
from rapport.identity.models import User
from tests.cast import Cast


def test_languages_are_read_by_name_or_code_and_kept_once() -> None:
    domain = Languages()
    assert domain.parse("Portuguese, en; PT; ") == ["pt", "en"]
    assert domain.parse(["fr", "fr"]) == ["fr"]
    assert domain.parse("") == []
    assert (domain.display(["pt", "en"]), domain.export(["pt", "en"])) == ("Portuguese, English", "pt; en")
    assert domain.parse(domain.export(["pt", "en"])) == ["pt", "en"]


def test_what_is_no_language_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueProblem, match="is not in the list"):
        Languages().parse("Klingon")


def test_names_with_commas_are_separated_by_semicolons() -> None:
    domain = Several(Text(60))
    assert domain.parse("Nuts, Bolts Ltd; Gears") == ["Nuts, Bolts Ltd", "Gears"]
    assert domain.parse("Nuts, Bolts") == ["Nuts", "Bolts"]
    with pytest.raises(ValueProblem, match="At most 30 values"):
        domain.parse(";".join(f"{number}" for number in range(31)))


def test_languages_are_edited_in_place(cast: Cast, client: Client) -> None:
    with cast.acting(cast.alice):
        ann = Person.create(last_name="Ames", languages=["pt", "en"])
    client.force_login(User.objects.get(pk=cast.alice.pk))
    address = f"/people/{ann.pk}/edit/languages/"
    assert b"pt; en" in client.get(address).content
    client.post(address, {"languages": "French; Portuguese"})
    ann.refresh_from_db()
    assert ann.languages == ["fr", "pt"]
