"""Files of comma-separated values that pages answer with."""

import csv
import io
from typing import Any


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The rows of a file, by its headings."""
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))
