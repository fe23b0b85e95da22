"""The long forms have more to try than a few minutes hold: RAPPORT_SECONDS takes what fits, chosen anew each time.

RAPPORT_SEED gives the order of an earlier run again.
"""

import os
import random
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SHORT_SEED = 20_261_122  # short forms draw the same each time, so that a change alone makes them fail; long ones anew
SECONDS = float(os.environ.get("RAPPORT_SECONDS") or "inf")
TOLD_EVERY = 1_000


def as_many_as_fit(items: Sequence[Item]) -> Iterator[Item]:
    """The items in an order of chance until the time is over; all of them when no time is given."""
    seed = int(os.environ.get("RAPPORT_SEED") or random.randrange(1_000_000))
    until, done = time.monotonic() + SECONDS, 0
    for item in random.Random(seed).sample(items, len(items)):
        if time.monotonic() > until:
            break
        yield item
        done += 1
        if done % TOLD_EVERY == 0:
            print(f"{time.strftime('%H:%M:%S')} {done:,} of {len(items):,}", flush=True)
    print(f"\n{done:,} of {len(items):,}, seed {seed}")
