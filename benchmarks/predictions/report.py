"""`./rapport bench predictions`: every part in turn."""

import os
from pathlib import Path

from rapport.core.home import CHECKOUT

PARTS = ("answers", "lifetime", "offers", "forecasts", "uplift")


def run(part: str, *, seeds: int) -> None:
    """Measure one part, or all of them (`all`)."""
    from benchmarks.predictions import answers, own_files, uplift

    folder = Path(os.environ.get("RAPPORT_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        print("The public tables aren't here; RAPPORT_DATA names their folder.")
        return
    if part in {"all", "answers"}:
        answers.run(folder, seeds=seeds)
    own_files.run(folder, part)
    if part in {"all", "uplift"}:
        uplift.run(folder, seeds=seeds)
