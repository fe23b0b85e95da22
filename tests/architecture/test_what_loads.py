"""What learns is loaded by who learns: a page that shows numbers starts without it, and holds less memory."""

import subprocess
import sys

ALL_ADDRESSES = """
import sys
import django
django.setup()
from django.urls import get_resolver
import rapport.intelligence.scoring.readying
get_resolver().url_patterns
print(*{name.partition(".")[0] for name in sys.modules})
"""
OF_LEARNERS = {"duckdb", "ibis", "interpret", "lightgbm", "openpyxl", "pandas", "pyarrow", "scipy", "sklearn"}


def test_a_web_process_starts_without_the_libraries_that_learn() -> None:
    told = subprocess.run([sys.executable, "-c", ALL_ADDRESSES], capture_output=True, text=True, check=True).stdout
    assert {"django", "rapport"} <= set(told.split())
    assert not OF_LEARNERS & set(told.split())
