"""The hostile files made for this project are refused or reported row by row, quickly, and never hurt the reader."""

import os
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from rapport.integrations.importing.reading import UnreadableFile, inspect, open_rows
from rapport.integrations.importing.reading.inspection import Table

DATA = Path(os.environ.get("RAPPORT_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data") / "attacks"


def hostile(folder: str) -> list[Path]:
    where = DATA / folder / "data"
    return sorted(where.iterdir()) if where.is_dir() else []


FILES = [*hostile("csv-made-here"), *hostile("archives-made-here")]


@pytest.mark.skipif(
    not FILES, reason="the attack files aren't here; set RAPPORT_DATA to the folder that holds attacks/"
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_hostile_file_is_refused_or_its_rows_accounted_for(path: Path) -> None:
    started = time.monotonic()
    tables: tuple[Table, ...] = ()
    with suppress(UnreadableFile):
        tables = inspect(path)
    assert time.monotonic() - started < 10
    for table in tables:
        rows = list(open_rows(path, table.layout)) if path.stat().st_size < 1_000_000 else table.sample
        assert all(row.problem or len(row.cells) == len(table.layout.columns) for row in rows)


@pytest.mark.skipif(
    not FILES, reason="the attack files aren't here; set RAPPORT_DATA to the folder that holds attacks/"
)
def test_a_workbook_that_names_outside_files_is_refused() -> None:
    for name in ("xxe.xlsx", "billion-laughs.xlsx"):
        with pytest.raises(UnreadableFile, match="document type"):
            inspect(DATA / "archives-made-here" / "data" / name)


def test_a_workbook_broken_inside_is_called_damaged(tmp_path: Path) -> None:
    path, part = tmp_path / "broken.xlsx", "xl/workbook.xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, "<workbook><sheets/></workbook>" * 20)
    whole = path.read_bytes()
    place = whole.index(part.encode()) + len(part)
    path.write_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :])
    with pytest.raises(UnreadableFile, match="damaged"):
        inspect(path)
