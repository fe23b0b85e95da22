"""Tables made up for tests of learning, with what is true of them known."""

import numpy as np
from numpy.typing import NDArray

Table = dict[str, list[str | None]]


def leads(rows: int = 900, *, seed: int = 1, signal: float = 1.0) -> tuple[Table, NDArray[np.bool_]]:
    """Leads whose conversion depends on visits and source (not at all with signal 0), and which of them converted."""
    rng = np.random.default_rng(seed)
    visits = rng.poisson(4, rows)
    source = rng.choice(["referral", "fair", "advert"], rows)
    odds = signal * (0.6 * (visits - 4) + 1.2 * (source == "referral")) - 0.4
    yes = rng.random(rows) < 1 / (1 + np.exp(-odds))
    table: Table = {
        "Lead": [f"L-{number}" for number in range(rows)],
        "Visits": [str(number) for number in visits],
        "Source": [str(text) for text in source],
        "Size": [None if rng.random() < 0.1 else str(number) for number in rng.integers(1, 500, rows)],
    }
    return table, np.asarray(yes)
