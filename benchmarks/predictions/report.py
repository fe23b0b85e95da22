"""`./rapport bench predictions`: every part in turn."""

import sys

from benchmarks.public import public_tables

PARTS = ("answers", "lifetime", "offers", "forecasts", "kinds", "uplift", "bandit", "tone")


def run(part: str, *, seeds: int) -> None:
    """Measure one part, one of the tables of `answers` by its name, or all parts (`all`)."""
    from benchmarks.predictions import answers, bandit, forecasts, kinds, lifetime_value, offers, tone, uplift
    from benchmarks.predictions.tables import TABLES

    tables = [named.name for named in TABLES]
    if part not in (*PARTS, *tables, "all"):
        sys.exit(f"There is no part {part}; there are {', '.join((*PARTS, *tables))}, product and all.")
    folder = public_tables()
    if not folder.is_dir():
        print("The public tables aren't here; RAPPORT_DATA names their folder.")
        return
    measures = {
        "answers": lambda: answers.run(folder, "all" if part in PARTS else part, seeds=seeds),
        "lifetime": lambda: lifetime_value.run(folder, seeds=seeds),
        "offers": lambda: offers.run(folder, seeds=seeds),
        "forecasts": lambda: forecasts.run(folder, seeds=seeds),
        "kinds": lambda: kinds.run(folder),
        "uplift": lambda: uplift.run(folder, seeds=seeds),
        "bandit": lambda: bandit.run(folder),
        "tone": lambda: tone.run(folder, seeds=seeds),
    }
    for name in PARTS if part == "all" else ("answers" if part in tables else part,):
        measures[name]()
