"""Where this installation lies, and where it keeps its state."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def home_folder() -> Path:
    """The folder that holds all state: `RAPPORT_HOME`, or `.rapport` in the checkout."""
    return Path(os.environ.get("RAPPORT_HOME") or CHECKOUT / ".rapport").expanduser().resolve()
