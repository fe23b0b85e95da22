"""Text goes through a spreadsheet unharmed and harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.spreadsheets import neutral, restored

PLAIN = ["=HYPERLINK(1)", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "'=1", "-cmd|'/c calc'!A0"]
DISGUISED = ["＝1+1", "＋1+cmd", "＠SUM(A1)", "－2", " =1", "\u200b=1", "\ufeff=1", "\u00a0@x"]


@pytest.mark.parametrize("text", [*PLAIN, *DISGUISED])
def test_what_would_run_is_made_plain(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+351213000000", "-12.50", "Acme", "'quoted'", "+351213000000 x12", "", "O'Brien"])
def test_harmless_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text == restored(text)


@given(st.text(st.sampled_from("'=+-@\t1a. ＝\u200b\r\n")))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert restored(neutral(text)) == text
