"""Files, functions and templates stay small enough to be read by somebody who is tired."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import code, name_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_TEMPLATE = 150


def test_no_file_is_too_long() -> None:
    lengths = {name_of(path): _lines(path) for path in code(".py", ".ts", ".css")}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_no_template_is_too_long() -> None:
    lengths = {name_of(path): _lines(path) for path in code(".html")}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_TEMPLATE}


def test_no_function_is_too_long() -> None:
    lengths = {name: lines for path in code(".py") for name, lines in _functions(path)}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
