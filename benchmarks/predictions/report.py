"""`./rapport bench predictions`: every part in turn."""

import os
from pathlib import Path

from rapport.core.home import CHECKOUT


def run(part: str, *, seeds: int) -> None:
    """Measure `answers` (or a table of it), `lifetime`, `offers`, `forecasts`, `kinds`, `uplift`, `bandit`, `tone` or
    `all`.
    """
    from benchmarks.predictions import answers, bandit, forecasts, kinds, lifetime_value, offers, tone, uplift

    folder = Path(os.environ.get("RAPPORT_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        print("The public tables aren't here; RAPPORT_DATA names their folder.")
        return
    answers.run(folder, part, seeds=seeds)
    for name, one in {"lifetime": lifetime_value, "offers": offers, "forecasts": forecasts}.items():
        if part in {"all", name}:
            one.run(folder, seeds=seeds)
    kinds.run(folder, part)
    if part in {"all", "uplift"}:
        uplift.run(folder, seeds=seeds)
    if part in {"all", "bandit"}:
        bandit.run(folder)
    if part in {"all", "tone"}:
        tone.run(folder, seeds=seeds)
