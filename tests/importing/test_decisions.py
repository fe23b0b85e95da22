"""What isn't plainly one thing is shown, can be decided, and is never corrected by itself."""

import pytest

from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import decide, decide_by_name, decide_record, questions, report_of
from rapport.integrations.models import Decision, ExternalLink, Import

from .conftest import checked, imported, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ACCOUNTS = (
    "Account Name,Industry,Country,Parent Account\nAcme,Sofware,Philipines,\nBeta,retail,Holland,Acmee\nC,,,ACME\n"
)


def finished(subject: Import) -> Import:
    jobs.run_now(subject)
    subject.refresh_from_db()
    return subject


def test_near_misses_are_offered_with_their_likeness() -> None:
    found = {item.decision.value: item for item in questions(checked({"accounts.csv": ACCOUNTS}))}
    assert {value: item.decision.suggestion for value, item in found.items()} == {
        "Sofware": "Software",
        "Philipines": "Philippines",
        "Acmee": "Acme",
    }
    assert [str(choice) for choice in found["Acmee"].choices] == ["suggested", "create", "empty", "reject"]
    assert [str(choice) for choice in found["Philipines"].choices] == ["suggested", "empty", "reject"]


def test_by_default_nothing_is_corrected() -> None:
    report = report_of(imported({"accounts.csv": ACCOUNTS}))
    acme = Organisation.objects.get(name="Acme")
    assert (acme.industry, acme.country) == ("Sofware", "")
    assert ExternalLink.objects.get(record_id=acme.pk).extra == {"Country": "Philipines"}
    assert Organisation.objects.get(name="Beta").parent == Organisation.objects.get(name="Acmee")
    told = {(note.field, note.value, note.taken_as) for note in report.interpretations}
    assert told == {("industry", "retail", "Retail"), ("country", "Holland", "Netherlands"), ("parent", "ACME", "Acme")}


def test_suggestions_can_be_taken_all_at_once() -> None:
    subject = imported({"accounts.csv": ACCOUNTS}, take_suggestions=True)
    acme = Organisation.objects.get(name="Acme")
    assert (acme.industry, acme.country) == ("Software", "PH")
    assert Organisation.objects.get(name="Beta").parent == acme
    assert {note.value for note in report_of(subject).interpretations} >= {"Sofware", "Philipines", "Acmee"}


def test_one_value_is_decided_by_name() -> None:
    subject = checked({"accounts.csv": ACCOUNTS})
    decide_by_name(subject, ["accounts.csv:industry:Sofware=suggested", "parent:Acmee=empty"])
    finished(subject)
    assert Organisation.objects.get(name="Acme").industry == "Software"
    beta = Organisation.objects.get(name="Beta")
    assert (beta.parent, ExternalLink.objects.get(record_id=beta.pk).extra) == (None, {"Part of": "Acmee"})


def test_the_dry_run_tells_what_a_rejection_entails() -> None:
    subject = checked({"accounts.csv": ACCOUNTS})
    decide_by_name(subject, ["country:Philipines=reject", "parent:Acmee=empty"])
    assert outcomes(subject) == {"accounts.csv": (1, 0, 0, 0, 2)}
    finished(subject)
    assert outcomes(subject) == {"accounts.csv": (1, 0, 0, 0, 2)}
    assert [organisation.name for organisation in Organisation.objects.all()] == ["Beta"]


@pytest.mark.parametrize(
    "rule", ["nonsense", "industry:Sofware=maybe", "industry:Unknown=create", "country:Philipines=create"]
)
def test_a_decision_that_makes_no_sense_is_refused(rule: str) -> None:
    with pytest.raises(Problem):
        decide_by_name(checked({"accounts.csv": ACCOUNTS}), [rule])


def test_a_name_can_be_given_to_a_record_of_ones_choice() -> None:
    subject = checked({"accounts.csv": ACCOUNTS})
    chosen = Organisation.create(name="Somebody else")
    decide_record(Decision.objects.get(part_of=subject, value="Acmee"), chosen)
    finished(subject)
    assert Organisation.objects.get(name="Beta").parent == chosen


def test_nothing_is_decided_after_the_run() -> None:
    subject = imported({"accounts.csv": ACCOUNTS})
    decision = Decision.objects.filter(part_of=subject, value="Acmee").get()
    with pytest.raises(Problem):
        decide(decision, "empty")


def test_a_name_of_two_records_is_never_chosen_silently() -> None:
    Organisation.create(name="Twin")
    Organisation.create(name="Twin")
    subject = checked({"contacts.csv": "Last Name,Company\nDoe,Twin\n"})
    (item,) = questions(subject)
    assert (item.decision.suggestion, str(item.choice)) == ("Twin", "empty")
    assert "2 records" in item.decision.reason


def test_rows_that_link_to_a_rejected_row_say_so() -> None:
    files = {
        "accounts.csv": "Account ID,Account Name,Country\nA1,Acme,Atlantis\n",
        "contacts.csv": "Contact ID,Last Name,Account ID\nC1,Doe,A1\n",
    }
    subject = checked(files)
    decide_by_name(subject, ["country:Atlantis=reject"])
    finished(subject)
    assert outcomes(subject) == {"accounts.csv": (0, 0, 0, 0, 1), "contacts.csv": (0, 0, 0, 0, 1)}
