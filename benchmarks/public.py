"""Where the public tables are that learning and data quality are measured on."""

import os
from pathlib import Path

from rapport.core.home import CHECKOUT


def public_tables() -> Path:
    """The folder named by `RAPPORT_DATA`, or the usual one beside the checkout; it may be absent."""
    return Path(os.environ.get("RAPPORT_DATA") or CHECKOUT.parent / "shared" / "data")
