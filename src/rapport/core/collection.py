"""Python's garbage collector while very many objects are made that it has nothing to do with."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 300_000


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within the block the collector looks for cycles after 300,000 new objects instead of 700, and only among those.

    Rows make hardly any cycles, so that looking often costs a third of the time of an import and finds nothing.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
