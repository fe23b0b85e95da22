"""Delimited files are read whatever their encoding, delimiter and faults, and no row is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.integrations.importing.reading import Layout, Row, UnreadableFile, inspect, open_rows


def written(folder: Path, content: str | bytes, *, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(path: Path) -> tuple[Layout, list[Row]]:
    (table,) = inspect(path)
    return table.layout, list(open_rows(path, table.layout))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_a_file_in_any_western_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    text = "nom,ville\nÉmile,Orléans\nJürgen,Köln\nJoão,São Paulo\n"
    layout, rows = read(written(tmp_path, text, encoding=encoding))
    assert layout.columns == ("nom", "ville")
    assert [row.cells for row in rows] == [("Émile", "Orléans"), ("Jürgen", "Köln"), ("João", "São Paulo")]


def test_an_inferred_encoding_is_said(tmp_path: Path) -> None:
    layout, _ = read(written(tmp_path, "nom\nÉmile\n", encoding="cp1252"))
    assert (layout.encoding, len(layout.guesses)) == ("cp1252", 1)


def test_cyrillic_in_its_old_encoding_reads(tmp_path: Path) -> None:
    lines = [f"{number},Общество с ограниченной ответственностью Рассвет" for number in range(20)]
    layout, rows = read(written(tmp_path, "\n".join(["id,name", *lines]), encoding="cp1251"))
    assert rows[0].cells[1] == "Общество с ограниченной ответственностью Рассвет"
    assert layout.guesses


def test_a_currency_is_taken_for_no_letter(tmp_path: Path) -> None:
    amounts = [f"K{number};{number},50 €" for number in range(200)]
    _layout, rows = read(written(tmp_path, "\n".join(["id;Betrag", *amounts]), encoding="cp1252"))
    assert rows[7].cells == ("K7", "7,50 €")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f", ":"])
def test_any_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "city", "since"], ["Ada", "Lyon", "2020"], ["Bo", "Nice", "2021"]]
    layout, read_rows = read(written(tmp_path, "\n".join(delimiter.join(row) for row in rows)))
    assert layout.delimiter == delimiter
    assert [list(row.cells) for row in read_rows] == rows[1:]


def test_a_decimal_comma_is_no_delimiter(tmp_path: Path) -> None:
    layout, rows = read(written(tmp_path, "nom;montant;date\nA;1 234,56;31/12/2026\nB;7,5;01/01/2026\n"))
    assert layout.delimiter == ";"
    assert rows[0].cells == ("A", "1 234,56", "31/12/2026")


def test_the_delimiter_a_spreadsheet_names_is_obeyed(tmp_path: Path) -> None:
    layout, rows = read(written(tmp_path, "sep=|\na,b|c\n1,5|2\n"))
    assert (layout.delimiter, layout.columns, rows[0].line) == ("|", ("a,b", "c"), 3)


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    text = 'name,note\r\nA,"one\r\ntwo"\r\n\r\nB,three\r\n"C ""x""",four\r\n'
    _, rows = read(written(tmp_path, text))
    assert [(row.line, row.cells) for row in rows] == [
        (2, ("A", "one\ntwo")),
        (5, ("B", "three")),
        (6, ('C "x"', "four")),
    ]


def test_ragged_rows_are_kept_with_their_reason(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, "name,email,amount\nA\nB,b@x.y,1,2,3\nC,c@x.y,1,,\nD,d@x.y,2\n"))
    assert [bool(row.problem) for row in rows] == [True, True, False, False]
    assert rows[1].cells == ("B", "b@x.y", "1", "2", "3")
    assert rows[1].details == {"cells": 5, "headings": 3}


def test_a_quote_that_never_closes_costs_only_its_own_row(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, 'name,email\n"A,a@x.y\nB,b@x.y\nC,c@x.y\n'))
    assert "never closed" in rows[0].problem
    assert [row.cells for row in rows[1:]] == [("B", "b@x.y"), ("C", "c@x.y")]


def test_a_quote_in_the_wrong_place_costs_only_its_own_row(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, 'name,size\n"A" x,1\nB,15" screen\nC,2\n'))
    assert [bool(row.problem) for row in rows] == [True, False, False]
    assert rows[1].cells == ("B", '15" screen')


def test_bytes_that_are_no_text_reject_their_row(tmp_path: Path) -> None:
    lines = [f"Zoé {number},é".encode() for number in range(50)]
    _, rows = read(written(tmp_path, b"\n".join([b"name,x", *lines, b"Jos\xe9,1", b"A\x00B,2"])))
    assert [row.line for row in rows if row.problem] == [52, 53]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02" * 100, b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"\w+.*\."):
        inspect(written(tmp_path, content))


def test_headings_are_made_distinct(tmp_path: Path) -> None:
    layout, _ = read(written(tmp_path, "name,,name,name (2)\nA,B,C,D\n"))
    assert layout.columns == ("name", "column 2", "name (2)", "name (2) (2)")


def test_an_endless_line_is_a_rejected_row(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, "name,note\nA," + "x" * 2_500_000 + "\nB,short\n"))
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_the_standard_library_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    import csv

    path = tmp_path_factory.mktemp("csv") / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *table])
    _, rows = read(path)
    assert [list(row.cells) for row in rows] == table
