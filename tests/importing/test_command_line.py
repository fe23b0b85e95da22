"""The command line imports, reports and undoes; its exit status says whether each row is accounted for."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from rapport.cli.commands import import_files, undo_import
from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.integrations.models import ExternalLink, Import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ACCOUNTS = "Account ID,Account Name,Industry\nA1,Acme,Sofware\nA2,Beta,Retail\nA3,,Retail\n"


def command(module: object, *arguments: str) -> int:
    found = module.COMMAND  # type: ignore[attr-defined]
    parser = ArgumentParser()
    found.arguments(parser)
    status: int = found.run(parser.parse_args(arguments))
    return status


@pytest.fixture
def accounts(tmp_path: Path) -> str:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS)
    return str(path)


def test_a_dry_run_leaves_nothing_but_its_report(accounts: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert command(import_files, accounts, "--dry-run", "--report", str(report)) == 0
    assert not Organisation.objects.exists()
    assert not Import.objects.exists()
    (file,) = json.loads(report.read_text())["files"]
    assert (file["rows_read"], file["created"], file["rejected"]) == (3, 2, 1)
    assert file["rejected_rows"] == [{"line": 4, "reason": "The row lacks what each record needs: Name."}]


def test_an_import_without_a_terminal_wants_to_be_told(accounts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: PTH123, SIM115 - no terminal
    assert command(import_files, accounts) == 1
    assert not Organisation.objects.exists()


def test_the_report_accounts_for_each_row(accounts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.json"
    assert command(import_files, accounts, "--yes", "--report", str(report)) == 0
    told = json.loads(report.read_text())
    (file,) = told["files"]
    parts = [file[name] for name in ("created", "changed", "unchanged", "skipped", "rejected")]
    assert (told["accounted_for"], parts, sum(parts)) == (True, [2, 0, 0, 0, 1], file["rows_read"])
    assert [note["value"] for note in told["created_by_offer"]] == ["Sofware"]
    assert "“Sofware”" in capsys.readouterr().out


def test_a_file_nobody_recognises_is_not_accounted_for(accounts: str, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("foo,bar\n1,2\n")
    assert command(import_files, accounts, str(strange), "--yes") == 1
    assert Organisation.objects.count() == 2


def test_types_columns_and_decisions_are_given_as_options(accounts: str) -> None:
    arguments = ["--yes", "--type", "accounts.csv=organisation", "--map", "accounts.csv:Account ID=company_number"]
    assert command(import_files, accounts, *arguments, "--decide", "industry:Sofware=suggested") == 0
    acme = Organisation.objects.get(name="Acme")
    assert (acme.company_number, acme.industry) == ("A1", "Software")


def test_what_is_not_the_same_is_given_as_an_option(accounts: str) -> None:
    Path(accounts).write_text("Account Name,Industry\nAcme,retail\n", "utf-8")
    assert command(import_files, accounts, "--yes", "--not-same", "industry:retail") == 0
    assert Organisation.objects.get(name="Acme").industry == "retail"


def test_decisions_can_stand_in_a_file(accounts: str, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.txt"
    decisions.write_text("industry:Sofware=empty\n")
    assert command(import_files, accounts, "--yes", "--decide", str(decisions)) == 0
    acme = Organisation.objects.get(name="Acme")
    assert (acme.industry, ExternalLink.objects.get(record_id=acme.pk).extra) == ("", {"Industry": "Sofware"})


def test_a_user_imports_with_their_own_rights(accounts: str) -> None:
    User.create(name="Ray", email="ray@example.com", role=Role.READ_ONLY)
    with pytest.raises(Problem):
        command(import_files, accounts, "--yes", "--as", "ray@example.com")
    assert not Organisation.objects.exists()


def test_what_undo_left_alone_is_named(accounts: str, capsys: pytest.CaptureFixture[str]) -> None:
    command(import_files, accounts, "--yes")
    Organisation.objects.get(name="Acme").change(employees=11)
    command(undo_import)
    assert "organisation “Acme” employees: changed since; the record was kept" in "".join(capsys.readouterr())


def test_the_last_import_is_undone(accounts: str) -> None:
    command(import_files, accounts, "--yes")
    assert command(undo_import) == 0
    assert not Organisation.objects.exists()
    assert command(import_files, accounts, "--yes") == 0
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("arguments", [[], ["nowhere.csv"], ["--resume", "nonsense"]])
def test_a_wrong_call_is_explained(arguments: list[str]) -> None:
    with pytest.raises(Problem):
        command(import_files, *arguments)
