"""The dry run counts what is doubtful; it is brought in as it stands, and its correction waits on the board."""

import pytest

from rapport.directory.models import Organisation, Person
from rapport.integrations.importing.service import report_of
from rapport.pipeline.models import Opportunity
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


def test_q2_an_import_tells_addresses_unlike_those_of_colleagues() -> None:
    acme = Organisation.create(name="Acme", website="https://acme.example")
    for first, last in (("Ann", "Bell"), ("Carl", "Dorn"), ("Eve", "Funk")):
        person = Person.create(first_name=first, last_name=last, organisation=acme)
        person.change(emails=[{"value": f"{first}.{last}@acme.example".lower()}])
    rows = (
        "Greta,Hartmann,greta.hartmnan@acme.example,Acme\nIvo,Jansen,ivo.jansen@amce.example,Acme\n"
        "Kim,Lund,kim@acme.example,Acme\nPia,Quist,pia.quist@acme.example,Acme\nUte,Voss,ute.vos@acme.example,\n"
    )
    subject = imported({"contacts.csv": "First Name,Last Name,Email,Organisation\n" + rows})
    told = sorted(note.reason for note in report_of(subject).interpretations if "acme.example" in note.reason)
    assert [reason.partition(": ")[0] for reason in told] == [
        "“greta.hartmnan@acme.example”",
        "“ivo.jansen@amce.example”",
    ]
    assert "Colleagues there have addresses like greta.hartmann@acme.example: a letter is probably wrong." in told[0]
    assert "amce.example looks like a slip of acme.example, the domain of Acme. It is brought in as it" in told[1]


@pytest.mark.usefixtures("sales_cycle")
def test_q2_an_import_tells_amounts_unlike_the_past_of_the_customer() -> None:
    acme = Organisation.create(name="Acme")
    for amount in (900, 950, 1000, 1050, 1100, 1200):
        Opportunity.create(name=f"Pumps {amount}", organisation=acme, amount=amount, currency="EUR")
    rows = "Name,Organisation,Amount,Currency\nValves,Acme,99000,EUR\nPipes,Acme,1300,EUR\nTaps,Beta,99000,EUR\n"
    subject = imported({"opportunities.csv": rows})
    told = [(note.reason, note.rows) for note in report_of(subject).interpretations if note.field == "amount"]
    assert told == [
        ("“99000.00”: 97 times the usual with this customer (median 1,025 of 6). It is brought in as it stands.", 1)
    ]
    again = "Name,Organisation,Amount,Currency\nPumps 900,Acme,1,EUR\n"
    assert "Far below the usual" in str(report_of(imported({"opportunities.csv": again})).interpretations)


def test_days_the_wrong_way_round_are_told_of_a_row() -> None:
    row = {"starts_on": "2026-03-10", "ends_on": "2026-03-01"}
    assert list(out_of_order_in("contract", row)) == [("ends_on", "starts_on")]
    assert list(out_of_order_in("contract", row | {"ends_on": "2026-03-10"})) == []
    assert list(out_of_order_in("contract", row | {"starts_on": None})) == []
