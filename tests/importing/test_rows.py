"""Each row becomes what it says, is the same as before, or is refused with its reason; nothing of it is lost."""

import csv
import io

import pytest

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.undo import may_undo, undo_event
from rapport.directory.models import Organisation, Person
from rapport.integrations.importing import jobs
from rapport.integrations.importing.reporting import as_json
from rapport.integrations.importing.service import bad_rows_csv, report_of, row_notes
from rapport.integrations.importing.undoing import left_alone
from rapport.integrations.models import ExternalLink, Import, Status

from .conftest import checked, imported, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ACCOUNTS = "Account ID,Account Name,Industry,Employees,Segment\nA1,Acme,Software,10,gold\nA2,Béta Ltd,Retail,20,\n"


def reasons(subject: Import) -> dict[int, str]:
    return {note.line: note.reason for file in subject.files.all() for note in row_notes(file)}


def extra_of(record: Record) -> dict[str, str]:
    return dict(ExternalLink.objects.get(record_id=record.pk).extra)


def test_a_column_without_field_stays_with_the_record() -> None:
    subject = imported({"accounts.csv": ACCOUNTS})
    assert extra_of(Organisation.objects.get(name="Acme")) == {"Segment": "gold"}
    assert [note.field for note in report_of(subject).columns_kept_aside] == ["Segment"]


def test_a_row_that_says_something_new_changes_its_record() -> None:
    imported({"accounts.csv": ACCOUNTS})
    again = imported({"accounts.csv": ACCOUNTS.replace("Acme,Software,10", "Acme Group,Software,11")})
    assert outcomes(again) == {"accounts.csv": (0, 1, 1, 0, 0)}
    assert sorted(Organisation.objects.values_list("name", "employees")) == [("Acme Group", 11), ("Béta Ltd", 20)]


def test_an_unchanged_row_leaves_later_corrections_alone() -> None:
    imported({"accounts.csv": ACCOUNTS})
    Organisation.objects.get(name="Acme").change(employees=99)
    assert outcomes(imported({"accounts.csv": ACCOUNTS})) == {"accounts.csv": (0, 0, 2, 0, 0)}
    assert Organisation.objects.get(name="Acme").employees == 99


def test_a_record_entered_by_hand_is_found_by_its_name() -> None:
    Organisation.create(name="BETA ltd")
    assert outcomes(imported({"accounts.csv": ACCOUNTS})) == {"accounts.csv": (1, 1, 0, 0, 0)}
    assert Organisation.objects.count() == 2


def test_a_vat_number_says_more_than_a_name() -> None:
    Organisation.create(name="Old name", vat_number="PT500000000")
    subject = imported({"accounts.csv": "Account Name,VAT Number\nNew name,PT 500 000 000\n"})
    assert outcomes(subject) == {"accounts.csv": (0, 1, 0, 0, 0)}
    assert [item.name for item in Organisation.objects.all()] == ["New name"]


def test_existing_records_can_be_left_alone() -> None:
    Organisation.create(name="Béta Ltd")
    subject = imported({"accounts.csv": ACCOUNTS}, existing="skip")
    assert outcomes(subject) == {"accounts.csv": (1, 0, 0, 1, 0)}
    assert Organisation.objects.get(name="Béta Ltd").industry == ""


def test_an_empty_cell_takes_nothing_away() -> None:
    imported({"accounts.csv": ACCOUNTS})
    imported({"accounts.csv": ACCOUNTS.replace("Software,10", ",10")})
    assert Organisation.objects.get(name="Acme").industry == "Software"


def test_rows_that_repeat_are_skipped_or_refused() -> None:
    text = ACCOUNTS + "A1,Acme,Software,10,gold\nA2,Other name,Retail,20,\nA3,,Retail,1,\n,,,,\nA4,Acme,x\n"
    subject = imported({"accounts.csv": text})
    found = reasons(subject)
    assert outcomes(subject) == {"accounts.csv": (2, 0, 0, 2, 3)}
    assert "same as the one in line 2" in found[4]
    assert "identifier of the one in line 3" in found[5]
    assert "lacks what each record needs: Name" in found[6]
    assert "empty" in found[7]
    assert "Cells in the row: 3, headings: 5" in found[8]


def test_a_nul_and_a_broken_byte_refuse_their_row_only() -> None:
    lines = [f"N{number},Né {number}".encode() for number in range(60)]
    content = b"\n".join([b"Account ID,Account Name", *lines, b"A\x00,B", b"X,Jos\xe9"])
    subject = imported({"accounts.csv": content})
    assert outcomes(subject) == {"accounts.csv": (60, 0, 0, 0, 2)}


def test_bad_rows_come_back_as_a_file_without_formulas() -> None:
    subject = imported({"accounts.csv": "Account ID,Account Name,Note\nA1,Acme,\nA2,,=1+1\nA3,,-5\n"})
    (file,) = subject.files.all()
    rows = list(csv.reader(io.StringIO("".join(bad_rows_csv(file)).removeprefix("\ufeff"))))
    assert rows[0] == ["line", "outcome", "reason", "Account ID", "Account Name", "Note"]
    assert [(row[0], row[1], row[-1]) for row in rows[1:]] == [("3", "rejected", "'=1+1"), ("4", "rejected", "-5")]


def test_a_text_that_an_export_made_harmless_is_read_as_it_was() -> None:
    imported({"accounts.csv": "Account ID,Account Name\nA1,'=Acme\nA2,O'Brien & Co\nA3,''@home\n"})
    assert set(Organisation.objects.values_list("name", flat=True)) == {"=Acme", "O'Brien & Co", "'@home"}


def test_several_columns_fill_one_list() -> None:
    text = "First Name,Last Name,Email,Other Email,Phone,Mobile,Street,City,Country\n"
    text += "Ana,Reis,ana@acme.example,ana@home.example,+351 213 000 000,+351 912 345 678,Rua A 1,Lisboa,Portugal\n"
    imported({"contacts.csv": text})
    ana = Person.objects.get()
    assert [entry["value"] for entry in ana.emails] == ["ana@acme.example", "ana@home.example"]
    assert [entry["kind"] for entry in ana.phones] == ["work", "mobile"]
    assert ana.addresses == [{"kind": "office", "street": "Rua A 1", "city": "Lisboa"}]
    assert ana.country == "PT"


def test_people_find_their_organisation_in_another_file() -> None:
    people = 'Contact ID,Full name,Account ID\nC1,Ana Reis,A1\nC2,"Doe, John",A2\nC3,Nobody,A9\n'
    subject = imported({"contacts.csv": people, "accounts.csv": ACCOUNTS})
    found = {person.title: person.organisation and person.organisation.name for person in Person.objects.all()}
    assert found == {"Ana Reis": "Acme", "John Doe": "Béta Ltd", "Nobody": "A9"}
    assert {(note.field, note.value) for note in report_of(subject).created_by_offer} == {("organisation", "A9")}


def test_a_parent_may_come_after_its_child() -> None:
    rows = [f"Child {number},Parent {number}" for number in range(5)] + [f"Parent {number}," for number in range(5)]
    subject = checked({"accounts.csv": "\n".join(["Account Name,Parent Account", *rows])}, chunk=3)
    jobs.run_now(subject)
    assert Organisation.objects.filter(parent__name="Parent 4").get().name == "Child 4"
    assert Organisation.objects.filter(parent=None).count() == 5


def test_undo_keeps_and_lists_what_was_changed_since() -> None:
    subject = imported({"accounts.csv": ACCOUNTS})
    Organisation.objects.get(name="Acme").change(employees=11)
    jobs.undo_now(subject)
    assert [organisation.name for organisation in Organisation.objects.all()] == ["Acme"]
    assert [(conflict.field, conflict.record_type) for conflict in left_alone(subject)] == [
        ("employees", "organisation")
    ]
    (left,) = as_json(subject)["left_by_undo"]
    assert (left["title"], left["field"]) == ("Acme", "employees")


def test_what_the_database_refuses_is_one_rejected_row() -> None:
    text = "Product Code,Product Name\n" + "".join(f"P{number},Thing {number}\n" for number in range(20))
    subject = checked({"products.csv": text})
    imported({"other.csv": "Product Name,Product Code\nElsewhere,P7\n"})
    jobs.run_now(subject)
    subject.refresh_from_db()
    assert subject.status == Status.DONE
    assert outcomes(subject) == {"products.csv": (19, 0, 0, 0, 1)}
    assert "P7" in reasons(subject)[9]


def test_dates_and_numbers_follow_their_column() -> None:
    text = "nom;chiffre d'affaires;salariés\nA;1 234,56;1 000\nB;2.345,00;12\n"
    imported({"entreprises.csv": text})
    found = {item.name: (str(item.annual_revenue), item.employees) for item in Organisation.objects.all()}
    assert found == {"A": ("1234.56", 1000), "B": ("2345.00", 12)}


def test_more_names_than_are_remembered_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapport.integrations.importing.linking._CACHED", 2)
    monkeypatch.setattr("rapport.integrations.importing.checking.file_check.CHUNK", 4)
    accounts = "Account Name\n" + "".join(f"Account {n}\n" for n in range(6))
    contacts = "Last Name,Account Name\n" + "".join(f"Person {n},Account {n % 6}\n" for n in range(24))
    subject = imported({"accounts.csv": accounts, "contacts.csv": contacts})
    assert outcomes(subject)["contacts.csv"] == (24, 0, 0, 0, 0)
    assert not Person.objects.filter(organisation=None).exists()


def test_no_part_of_an_import_is_undone_alone(as_system: Actor) -> None:
    subject = imported({"accounts.csv": "account\nAcme\nBeta\n"}, chunk=1)
    part = Event.objects.filter(batch=subject.pk, verb="import.bring_in").latest("id")
    assert not may_undo(as_system, part)
    with pytest.raises(Problem, match="as a whole"):
        undo_event(part)
    jobs.undo_now(subject)
    assert not Organisation.objects.exists()
