"""Facts pulled from PostgreSQL as Arrow."""

import pytest

from rapport.intelligence.features import sources
from rapport.intelligence.features.sources import FLAG, NUMBER, TEXT, pulled

pytestmark = pytest.mark.django_db

_ROWS = """
SELECT CASE WHEN n % 7 = 0 THEN NULL ELSE 'a "b",' || chr(10) || n END, n / 8.0, n % 2 = 0 FROM generate_series(1, %s) n
"""
_COLUMNS = {"text": TEXT, "number": NUMBER, "flag": FLAG}


@pytest.mark.parametrize("piece", [1, 50, 1 << 24])
def test_what_is_pulled_in_pieces_is_what_was_asked_for(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(sources, "_PIECE", piece)
    found = pulled(_ROWS.replace("%", "%%").replace("%%s", "%s"), _COLUMNS, [30]).to_pylist()
    assert found == [
        {"text": None if n % 7 == 0 else f'a "b",\n{n}', "number": n / 8, "flag": n % 2 == 0} for n in range(1, 31)
    ]


def test_nothing_makes_an_empty_table() -> None:
    found = pulled("SELECT 'a', 1, true WHERE false", _COLUMNS)
    assert (found.num_rows, found.column_names) == (0, list(_COLUMNS))
