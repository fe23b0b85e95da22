"""`./rapport bench predictions`: every part in turn."""

import os
from pathlib import Path

from rapport.core.home import CHECKOUT


def run(part: str, *, seeds: int) -> None:
    """Measure `answers` (or a table of it), `lifetime`, `offers`, `forecasts`, `kinds`, `uplift`, `bandit` or `all`."""
    from benchmarks.predictions import answers, bandit, kinds, own_files, uplift

    folder = Path(os.environ.get("RAPPORT_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        print("The public tables aren't here; RAPPORT_DATA names their folder.")
        return
    answers.run(folder, part, seeds=seeds)
    own_files.run(folder, part)
    kinds.run(folder, part)
    if part in {"all", "uplift"}:
        uplift.run(folder, seeds=seeds)
    if part in {"all", "bandit"}:
        bandit.run(folder)
