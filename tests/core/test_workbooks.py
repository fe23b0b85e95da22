"""A workbook that is not written to its end leaves none of its rows behind."""

import gc
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rapport.core.workbooks import workbook_pieces


def test_a_workbook_is_written_and_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pieces = b"".join(workbook_pieces("People", lambda _sheet: [["Name"], ["Zoé"]]))
    assert [row for (row,) in load_workbook(io.BytesIO(pieces)).worksheets[0].values] == ["Name", "Zoé"]
    assert not list(tmp_path.iterdir())


def test_rows_that_fail_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows(_sheet: Any) -> Iterator[list[str]]:
        yield ["Zoé"]
        raise KeyError

    with pytest.raises(KeyError):
        list(workbook_pieces("People", rows))
    assert not list(tmp_path.iterdir())
    gc.collect()  # what is still open would tell of it now, and pytest fail


def test_neither_does_what_fails_before_the_first_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows(_sheet: Any) -> list[list[str]]:
        raise KeyError

    with pytest.raises(KeyError):
        list(workbook_pieces("People", rows))
    assert not list(tmp_path.iterdir())
