"""“n/a”, “-” and the like where a number or an address is expected: nothing, and said so."""

import pytest

from rapport.directory.models import Organisation
from rapport.integrations.importing.guessing.placeholders import is_placeholder
from rapport.integrations.importing.service import report_of

from .conftest import imported, outcomes, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ROWS = (
    "Account Name,Phone,Website,Billing Street,Billing City,Billing Zip/Postal Code\n"
    "Acme,n/a,acme.example,1 Mill Road,Leeds,LS1\nBolt,+351213000000,-,2 Mill Road,,\nNone,N/A,none,,,\n"
)


def test_a_column_with_placeholders_is_still_known_by_its_other_values() -> None:
    (file,) = upload({"accounts.csv": ROWS}).files.all()
    assert file.mapping == {
        "Account Name": "name",
        "Phone": "phones",
        "Website": "website",
        "Billing Street": "addresses.street",
        "Billing City": "addresses.city",
        "Billing Zip/Postal Code": "addresses.postal_code",
    }


def test_placeholders_leave_typed_fields_empty_and_are_told() -> None:
    subject = imported({"accounts.csv": ROWS})
    assert outcomes(subject)["accounts.csv"] == (3, 0, 0, 0, 0)
    acme = Organisation.objects.get(name="Acme")
    assert acme.phones == []
    assert acme.addresses == [{"kind": "office", "street": "1 Mill Road", "city": "Leeds", "postal_code": "LS1"}]
    assert Organisation.objects.get(name="None").website == ""
    told = {(note.field, note.value, note.rows) for note in report_of(subject).interpretations if note.value}
    assert told == {("phones", "n/a", 1), ("phones", "N/A", 1), ("website", "-", 1), ("website", "none", 1)}


def test_words_that_say_something_are_no_placeholders() -> None:
    assert not any(is_placeholder(text) for text in ("0", "no", "non", "nan bread", "-5", "Nadia"))
