"""What is exported comes back identically: every record with its identifier, every file, and nothing that runs."""

import csv
import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from openpyxl import load_workbook

from rapport.activities.models import File
from rapport.core.actors import SYSTEM, Actor
from rapport.core.problems import Forbidden, Problem
from rapport.core.search_entries import SearchEntry
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.integrations.exporting.bringing_back import bring_back, is_export
from rapport.integrations.exporting.export import Export, write_file, write_folder
from rapport.integrations.importing.jobs import undo_now
from rapport.integrations.importing.service import report_of
from tests.cast import Cast
from tests.rights.rules import hide

from .conftest import FORMULAS, all_rows, emptied

pytestmark = pytest.mark.django_db
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_x2_everything_exported_comes_back_identically(filled: Actor, tmp_path: Path, settings: Any, kind: str) -> None:
    before = all_rows()
    searched = set(SearchEntry.objects.values_list("record_id", "title", "text"))
    write_folder(Export(filled, format=kind), tmp_path / "all")
    assert is_export(tmp_path / "all")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    with emptied():
        subject = bring_back(tmp_path / "all")
        assert all_rows() == before
        assert set(SearchEntry.objects.values_list("record_id", "title", "text")) == searched
        file = File.objects.get()
        assert (tmp_path / "elsewhere" / file.sha256[:2] / file.sha256).read_bytes() == b"What we offer"
        assert not User.objects.get(email="alice@rapport.example").has_usable_password()
        report = report_of(subject)
        assert report.accounted
        assert report.total("created") == sum(map(len, before.values()))
        undo_now(subject)
        assert not Organisation.objects.exists()


def test_a_zip_comes_back_like_a_folder(filled: Actor, tmp_path: Path) -> None:
    before = all_rows()
    write_file(Export(filled), tmp_path / "all.zip")
    assert is_export(tmp_path / "all.zip")
    with emptied():
        bring_back(tmp_path / "all.zip")
        assert all_rows() == before


def test_t13_no_cell_of_an_export_runs_and_none_changes(filled: Actor, tmp_path: Path) -> None:
    write_folder(Export(filled, ("organisation", "note")), tmp_path / "csv")
    text = (tmp_path / "csv" / "records" / "organisation.csv").read_text("utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(_RUN)]
    write_file(Export(filled, ("currency",), "xlsx"), tmp_path / "currency.xlsx")
    sheet = load_workbook(tmp_path / "currency.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    names = {name for name in Organisation.objects.values_list("name", flat=True) if name in FORMULAS}
    assert len(FORMULAS) == 18
    assert names


def test_a_workbook_refuses_what_it_would_cut(filled: Actor, tmp_path: Path) -> None:
    Organisation.create(name="Just right", description="x" * 32_767)
    write_file(Export(filled, ("organisation",), "xlsx"), tmp_path / "fits.xlsx")
    Organisation.create(name="Wordy", description="x" * 32_768)
    with pytest.raises(Problem, match="“Description” has 32,768 characters"):
        write_file(Export(filled, ("organisation",), "xlsx"), tmp_path / "organisations.xlsx")
    assert {path.name for path in tmp_path.iterdir()} == {"fits.xlsx", "media"}


def test_an_export_holds_only_what_one_may_see(filled: Actor, cast: Cast, tmp_path: Path) -> None:
    hide("organisation.emails", role=cast.bob.role)
    write_folder(Export(actor_for(cast.bob), ("organisation",), "json"), tmp_path / "bob")
    rows = [orjson.loads(line) for line in (tmp_path / "bob/records/organisation.jsonl").read_bytes().splitlines()]
    assert rows
    assert not any("emails" in row for row in rows)
    assert "emails" not in orjson.loads((tmp_path / "bob/dictionary.json").read_bytes())["organisation"]["fields"]
    with pytest.raises(Forbidden):
        Export(cast.stranger)


def test_a_damaged_or_foreign_export_is_refused_and_nothing_written(filled: Actor, tmp_path: Path) -> None:
    write_folder(Export(filled), tmp_path / "all")
    with pytest.raises(Problem, match="empty instance only"):
        bring_back(tmp_path / "all")
    before = all_rows()
    damaged = tmp_path / "damaged"
    shutil.copytree(tmp_path / "all", damaged)
    with (damaged / "records" / "person.csv").open("a") as file:
        file.write("x")
    with pytest.raises(Problem, match="damaged"):
        bring_back(damaged)
    (damaged / "manifest.json").write_text("{}")
    with pytest.raises(Problem, match="no complete export"):
        bring_back(damaged)
    manifest = orjson.loads((tmp_path / "all" / "manifest.json").read_bytes())
    manifest["files"] = {"../outside": {"sha256": "", "bytes": 0}}
    (damaged / "manifest.json").write_bytes(orjson.dumps(manifest))
    with pytest.raises(Problem, match="no place"):
        bring_back(damaged)
    assert all_rows() == before
    assert SYSTEM.may("record.import")
