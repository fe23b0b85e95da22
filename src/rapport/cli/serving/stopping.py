"""Being asked to stop, by Ctrl-C or SIGTERM: obeyed at once, and never forgotten.

The signal raises `SystemExit` wherever the supervisor is. Python drops that exception in some places, and so does any
library that catches everything, for instance while it is loaded. So the request is noted as well, and looked at again.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """Whether somebody asked us to stop. A plain flag: a lock taken by the code a signal interrupts would never end."""

    def __init__(self) -> None:
        self._is_asked = False
        self._is_held = False

    def listen(self) -> None:
        """From here on signals are such requests."""
        for number in SIGNALS:
            signal.signal(number, self._note)

    def obey(self) -> None:
        """End when we were asked to, however long ago."""
        if self._is_asked:
            sys.exit(0)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A request that comes inside this block is obeyed at its end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        self.obey()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked = True
        if not self._is_held:
            sys.exit(0)


STOP = StopRequest()
