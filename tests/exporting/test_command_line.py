"""`./rapport export` and `./rapport import FOLDER` as they are typed: out, in again on an empty instance, undone."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from rapport.cli.commands import export, import_files, undo_import
from rapport.core.actors import Actor
from rapport.core.problems import Forbidden, Problem
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.integrations.models import Import
from rapport.oversight.models import StopSwitch
from tests.cast import Cast, seen_by
from tests.importing.test_command_line import command

from .conftest import all_rows, emptied

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("arguments", [["all"], ["all.zip", "--format", "xlsx"], ["all", "--format", "json"]])
def test_x2_everything_goes_out_and_comes_back_by_commands(
    filled: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    before, place = all_rows(), str(tmp_path / arguments[0])
    assert command(export, "--all", place, *arguments[1:]) == 0
    assert f"{sum(map(len, before.values())):,} records exported" in capsys.readouterr().out
    with emptied():
        assert command(import_files, place) == 0
        assert all_rows() == before
        with pytest.raises(Problem, match="empty instance only"):
            command(import_files, place)
        assert command(undo_import, str(Import.objects.latest("created_at").pk)) == 0
        assert not Organisation.objects.exists()


def test_where_machines_were_stopped_no_export_lets_them_go_on(filled: Actor, tmp_path: Path) -> None:
    place = str(tmp_path / "all")
    assert command(export, "--all", place) == 0
    with emptied():
        StopSwitch.pull(key="instance", reason="A test.")
        with pytest.raises(Problem, match="stop switches"):
            command(import_files, place)


def test_an_export_without_switches_leaves_the_one_there_is(filled: Actor, tmp_path: Path) -> None:
    place = str(tmp_path / "some.zip")
    assert command(export, "team", "user", place) == 0
    with emptied():
        assert command(import_files, place) == 0
        assert StopSwitch.objects.count() == 1


def test_one_type_becomes_one_file(filled: Actor, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    assert command(export, "person", str(path)) == 0
    columns = [cell.value for cell in next(load_workbook(path).worksheets[0].iter_rows())]
    assert {"id", "first_name", "organisation_id"} <= set(columns)


def test_an_export_as_somebody_holds_what_they_see(filled: Actor, cast: Cast, tmp_path: Path) -> None:
    seen_by("organisation", Scope.OWNER)
    Organisation.create(name="Charlie's", owner=cast.charlie)
    assert command(export, "organisation", str(tmp_path / "seen.csv"), "--as", str(cast.alice.email)) == 0
    assert "Charlie's" not in (tmp_path / "seen.csv").read_text("utf-8-sig")
    User.create(name="Rita", email="rita@rapport.example", role="read-only")
    with pytest.raises(Forbidden):
        command(export, "organisation", str(tmp_path / "no.csv"), "--as", "rita@rapport.example")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{}/all"], "Name the record types"),
        (["nothing", "{}/all"], "can't be exported"),
        (["--all", "{}"], "is not empty"),
        (["--all", "{}/there.csv"], "is there already"),
        (["person", "organisation", "{}/two.csv"], "One file holds one record type"),
        (["person", "{}/x.csv", "--as", "nobody@x.example"], "There is no user"),
    ],
)
def test_what_is_typed_wrongly_is_answered_in_words(
    filled: Actor, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "there.csv").write_text("")
    with pytest.raises(Problem, match=told):
        command(export, *[argument.format(tmp_path) for argument in arguments])
