"""A worker, which loads no pages, knows all questions whose answers are kept: else it would drop instead of freshen."""

import re
import subprocess
import sys
from pathlib import Path

import rapport.insights

_ASK = """
import django
django.setup()
from rapport.insights.kept.freshening import all_questions
print(*all_questions())
"""
_NAMED = re.compile(r'kept_question\(Question\("([a-z-]+)"')


def test_a_process_without_pages_knows_all_questions() -> None:
    folder = Path(rapport.insights.__file__).parent
    written = {name for file in folder.rglob("*.py") for name in _NAMED.findall(file.read_text())}
    told = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert written >= {"trends", "segments"}
    assert set(told.stdout.split()) == written
