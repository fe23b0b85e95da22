"""The dry run tells which rows that it would create are probably on record already, or twice in the file."""

import pytest

from rapport.directory.models import Organisation, Person
from rapport.integrations.importing.service import report_of

from .conftest import checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ROWS = (
    "First Name,Last Name,Phone,Company\n"
    "Zoe,Laurant,+33 4 72 00 00 17,Alpen GmbH\n"
    "Ann,Bell,+33 4 72 11 22 33,Alpen GmbH\n"
    "Ann,Bel,+33 4 72 11 22 33,Alpen GmbH\n"
    "Carl,Dorn,,\n"
)


def test_q4_the_dry_run_lists_rows_that_are_probably_on_record() -> None:
    alpen = Organisation.create(name="Alpen GmbH")
    phones = [{"kind": "work", "value": "+33 4 72 00 00 17"}]
    zoe = Person.create(first_name="Zoé", last_name="Laurent", organisation=alpen, phones=phones)
    told = report_of(checked({"contacts.csv": ROWS})).doubles
    assert (told["looked_at"], told["count"]) == (4, 2)
    by_line = {note["line"]: note for note in told["shown"]}
    assert (by_line[2]["record"], by_line[2]["title"]) == (str(zoe.pk), "Zoé Laurent")
    assert "phone" in by_line[2]["evidence"]
    assert (by_line[4]["record"], by_line[4]["other_line"]) == ("", 3)
