"""What the check took as the same as something known can be told apart from it; then it is a decision like others."""

import pytest

from rapport.core.problems import Problem
from rapport.directory.models import Organisation, Person
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import (
    decide_by_name,
    hold_same,
    interpretations,
    pairs_apart,
    questions,
    repeat,
    report_of,
    tell_apart,
    tell_apart_by_name,
)
from rapport.integrations.models import Import, Status

from .conftest import Files, checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

FILES: Files = {
    "accounts.csv": "Account Name,Industry,Country,Parent Account\nAcme,retail,Holland,\nB,retail,France,ACME\n",
    "contacts.csv": "Last Name,Company\nDoe,ACME\nRoe,Acme\n",
}


def told_apart(subject: Import, *rules: str) -> Import:
    assert tell_apart_by_name(subject, rules)
    jobs.check_now(subject)
    return subject


def asked(subject: Import) -> dict[str, list[str]]:
    return {item.decision.value: [str(choice) for choice in item.choices] for item in questions(subject)}


def finished(subject: Import) -> None:
    jobs.run_now(subject)
    subject.refresh_from_db()
    assert subject.status == Status.DONE, subject.problem


def test_the_dry_run_lists_what_it_took_as_the_same_with_its_rows() -> None:
    found = {(item.value, item.suggestion): item.rows for item in interpretations(checked(FILES))}
    assert found == {("retail", "Retail"): 2, ("Holland", "Netherlands"): 1, ("ACME", "Acme"): 1}


def test_x2_what_was_wrongly_taken_as_the_same_is_told_apart() -> None:
    """A value of a list, a choice, a link to a row of the same file and one to another file."""
    subject = checked(FILES)
    told_apart(subject, "industry:retail", "country:Holland", "accounts.csv:parent:ACME", "organisation:ACME")
    assert asked(subject) == {
        "retail": ["create", "empty", "reject"],
        "Holland": ["empty", "reject"],
        "ACME": ["create", "empty", "reject"],
    }
    assert not interpretations(subject)
    finished(subject)
    assert set(Organisation.objects.values_list("name", "industry", "country")) == {
        ("Acme", "retail", ""),
        ("B", "retail", "FR"),
        ("ACME", "", ""),
    }
    assert Organisation.objects.get(name="B").parent == Organisation.objects.get(name="ACME")
    assert Person.objects.get(last_name="Doe").organisation == Organisation.objects.get(name="ACME")
    assert Person.objects.get(last_name="Roe").organisation == Organisation.objects.get(name="Acme")


def test_all_suggestions_taken_does_not_put_together_what_was_told_apart() -> None:
    subject = told_apart(checked(FILES, take_suggestions=True), "industry:retail", "parent:ACME")
    finished(subject)
    assert Organisation.objects.get(name="Acme").industry == "retail"
    assert Organisation.objects.get(name="B").parent == Organisation.objects.get(name="ACME")


def test_it_is_the_same_after_all() -> None:
    subject = told_apart(checked(FILES), "industry:retail", "country:Holland")
    hold_same(subject, [pair for pair in pairs_apart(subject) if pair.value == "retail"])
    jobs.check_now(subject)
    assert [pair.value for pair in pairs_apart(subject)] == ["Holland"]
    assert list(asked(subject)) == ["Holland"]


def test_decisions_made_before_hold_after_the_next_check() -> None:
    other = Organisation.create(name="Chosen")
    subject = checked({"accounts.csv": "Name,Industry,Country,Parent\nAcme,retail,Holland,Nobody\nB,Sofware,X,Acmee\n"})
    decide_by_name(subject, ["industry:Sofware=suggested", "country:X=reject", "parent:Acmee=suggested"])
    decision = next(item.decision for item in questions(subject) if item.decision.value == "Nobody")
    decision.suggestion, decision.takes, decision.choice = "Chosen", str(other.pk), "suggested"
    decision.save()
    told_apart(subject, "industry:retail")
    made = {item.decision.value: (str(item.choice), item.decision.suggestion) for item in questions(subject)}
    assert made == {
        "Sofware": ("suggested", "Software"),
        "X": ("reject", ""),
        "Acmee": ("suggested", "Acme"),
        "Nobody": ("suggested", "Chosen"),
        "retail": ("create", ""),
    }


def test_a_number_or_a_placeholder_told_apart_is_kept_aside() -> None:
    subject = checked({"accounts.csv": "Account Name,Employees,Website\nAcme,12,n/a\n"})
    told_apart(subject, "website:n/a")
    assert [str(item.choice) for item in questions(subject)] == ["empty"]


def test_an_import_of_the_same_files_remembers() -> None:
    again = repeat(told_apart(checked(FILES), "industry:retail"))
    jobs.check_now(again)
    assert list(asked(again)) == ["retail"]


def test_a_rule_that_means_nothing_is_refused() -> None:
    subject = checked(FILES)
    for rule in ("nonsense", "industry:Software", "contacts.csv:industry:retail"):
        with pytest.raises(Problem):
            tell_apart_by_name(subject, [rule])


def test_nothing_is_told_apart_after_the_run() -> None:
    subject = checked(FILES)
    found = list(interpretations(subject))
    finished(subject)
    with pytest.raises(Problem):
        tell_apart(subject, found)
    assert report_of(subject).accounted
