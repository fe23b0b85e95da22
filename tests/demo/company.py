"""The demo company as it is written for one day, read back."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 22)


Content = dict[str, list[dict[str, Any]]]


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".json":
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return rows
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
