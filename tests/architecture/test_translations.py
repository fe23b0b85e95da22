"""Every text is there in French and Portuguese, with its placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR

from toolchain import PACKAGE
from toolchain.messages import KEYWORDS, LANGUAGES, catalogue, missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """When this fails: `.venv/bin/python -m toolchain.messages`, then translate what is empty in the `.po` file."""
    assert not list(missing(language))


def test_french_signs_are_never_parted_from_their_words() -> None:
    """When this fails: `.venv/bin/python -m toolchain.messages` sets the spaces."""
    texts = [text for message in catalogue("fr") for text in _forms(message.string)]
    assert not [text for text in texts if re.search(r" [?!;:»]|« ", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_takes_the_place_of_a_month_or_a_day(language: str) -> None:
    """Django names months and days by the same words: “May” translated as the verb would stand in every date."""
    ours = {str(message.id) for message in catalogue(language) if not message.context}
    dates = {*MONTHS.values(), *MONTHS_3.values(), *WEEKDAYS.values(), *WEEKDAYS_ABBR.values()}
    assert not ours & {str(word) for word in dates}


def test_no_text_hides_in_an_f_string() -> None:
    """Babel reads an f-string as one piece: what is marked inside is never found. Give it a name above."""
    assert not [place for path in PACKAGE.rglob("*.py") for place in _hidden_in(path)]


def _forms(translation: Any) -> list[str]:
    return [translation] if isinstance(translation, str) else list(translation)


def _hidden_in(path: Path) -> Iterator[str]:
    for joined in ast.walk(ast.parse(path.read_text())):
        if isinstance(joined, ast.JoinedStr):
            yield from (f"{path.relative_to(PACKAGE)}:{call.lineno}" for call in ast.walk(joined) if _marks_text(call))


def _marks_text(call: ast.AST) -> bool:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
        return False
    return call.func.id in KEYWORDS and isinstance(call.args[0], ast.Constant)
