"""The dry run counts what is doubtful; it is brought in as it stands, and its correction waits on the board."""

import pytest

from rapport.directory.models import Person
from rapport.integrations.importing.service import report_of
from rapport.quality.models import Finding
from rapport.quality.verifying.order import out_of_order_in
from tests.jobs import do_jobs

from .conftest import imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ROWS = "First Name,Last Name,Email\nAnn,Bell,ann@gmial.com\nCarl,Dorn,carl@hotmial.com\nEve,Funk,eve@acme.com\n"


def test_q2_an_import_counts_what_is_doubtful_and_its_corrections_follow() -> None:
    subject = imported({"contacts.csv": ROWS})
    told = {(note.field, note.reason, note.rows) for note in report_of(subject).interpretations}
    sentence = "E-mail address with a slip: brought in as it stands; the correction then waits under “Data quality”."
    assert ("emails", sentence, 2) in told
    assert Person.objects.get(last_name="Bell").email == "ann@gmial.com"
    do_jobs()
    found = Finding.objects.filter(rule="email_misspelt", state="open")
    assert {one.source for one in found} == {"import"}
    assert {one.proposal[0]["value"] for one in found} == {"ann@gmail.com", "carl@hotmail.com"}


def test_q2_an_import_tells_names_the_wrong_way_round() -> None:
    people = imported({"contacts.csv": "First Name,Last Name,Email\nFerreira,Joana,\nAnn,Bell,ann@acme.com\n"})
    told = {(note.field, note.rows) for note in report_of(people).interpretations if "swapped" in note.reason}
    assert told == {("first_name", 1), ("last_name", 1)}


def test_days_the_wrong_way_round_are_told_of_a_row() -> None:
    row = {"starts_on": "2026-03-10", "ends_on": "2026-03-01"}
    assert list(out_of_order_in("contract", row)) == [("ends_on", "starts_on")]
    assert list(out_of_order_in("contract", row | {"ends_on": "2026-03-10"})) == []
    assert list(out_of_order_in("contract", row | {"starts_on": None})) == []
