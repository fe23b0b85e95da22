"""Workbooks and JSON are read in a child process with limits; dates stay dates and hostile files are refused."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from rapport.integrations.importing.reading import UnreadableFile, inspect, open_rows

SEEN = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - workbooks know no zones


def test_every_filled_sheet_is_a_table(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Accounts"  # type: ignore[union-attr]
    book.active.append(["name", "since", "seen", "revenue", "active"])  # type: ignore[union-attr]
    book.active.append(["Ästra & Co", date(2020, 2, 29), SEEN, 1100.04, True])  # type: ignore[union-attr]
    book.create_sheet("Empty")
    people = book.create_sheet("People")
    people.append(["name", "city"])
    people.append([None, None])
    people.append(["Bo", None])
    path = tmp_path / "book.xlsx"
    book.save(path)
    accounts, persons = inspect(path)
    assert (accounts.layout.sheet, persons.layout.sheet) == ("Accounts", "People")
    assert accounts.sample[0].cells == ("Ästra & Co", "2020-02-29", "2026-01-02 03:04:05", "1100.04", "true")
    assert [(row.line, row.cells) for row in open_rows(path, persons.layout)] == [(3, ("Bo", ""))]


def test_a_cell_beyond_the_headings_rejects_its_row(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["name"])  # type: ignore[union-attr]
    book.active["ZZ3"] = "far"  # type: ignore[index]
    path = tmp_path / "far.xlsx"
    book.save(path)
    (table,) = inspect(path)
    assert "column 702" in table.sample[0].reason
    assert table.sample[0].extra == {"column 702": "far"}


def test_a_formula_without_result_rejects_its_row(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["name", "sum"])  # type: ignore[union-attr]
    book.active.append(["A", "=1+1"])  # type: ignore[union-attr]
    path = tmp_path / "formula.xlsx"
    book.save(path)
    (table,) = inspect(path)
    assert "formula without a result" in table.sample[0].problem


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"0" * 10_000_000)
    with pytest.raises(UnreadableFile, match="no workbook"):
        inspect(path)


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "A", "n": 1}, {"name": "B", "n": null}]',
        '{"name": "A", "n": 1}\n{"name": "B", "n": null}\n',
        '{"total": 2, "records": [{"name": "A", "n": 1}, {"name": "B", "n": null}]}',
    ],
)
def test_json_comes_in_three_shapes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    (table,) = inspect(path)
    assert table.layout.columns == ("name", "n")
    assert [row.cells for row in open_rows(path, table.layout)] == [("A", "1"), ("B", "")]


def test_nested_json_is_flattened_and_late_keys_stay_with_their_row(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"name": f"n{number}", "address": {"city": "Lyon"}, "tags": ["a", "b"]} for number in range(1500)
    ]
    rows[1400]["late"] = "kept"
    path = tmp_path / "file.json"
    path.write_text(json.dumps(rows, indent=1))
    (table,) = inspect(path)
    read = list(open_rows(path, table.layout))
    assert table.layout.columns == ("name", "address.city", "tags")
    assert read[0].cells == ("n0", "Lyon", "a; b")
    assert (len(read), read[1400].extra) == (1500, {"late": "kept"})
    assert read[1].line > read[0].line > 1


@pytest.mark.parametrize("text", ['[{"a": 1}', '[{"a": 1}] x', '{"a": ', "[" * 100_000, '[{"a": tru}]', "{"])
def test_broken_json_says_where(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    with pytest.raises(UnreadableFile):
        read_all(path)


def read_all(path: Path) -> None:
    for table in inspect(path):
        list(open_rows(path, table.layout))


def test_a_lone_surrogate_rejects_its_row(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('[{"name": "\\ud800"}, {"name": "ok"}, "bare"]')
    (table,) = inspect(path)
    assert [bool(row.problem) for row in table.sample] == [True, False, True]
