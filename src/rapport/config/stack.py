"""Room for all frames of a page at once.

CPython keeps the frames of its functions in chunks of 16 KiB and gives a chunk back to the system as soon as the last
frame in it ends. A page is some two hundred frames deep. Where a template calls to and fro across the end of a chunk,
each of these calls asks the system for memory and returns it, which took *Who and where* a third of its processor time.
A chunk is made as large as the first frame in it needs, so below everything stands a frame that claims a large one.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_SLOTS = 16 * 1024 + 64
"""Just over half of 256 KiB, and chunks are powers of two: the other half is for the frames of a page."""


def with_room(application: Application) -> Application:
    """The application, called from a frame so large that all frames above it fit into one chunk."""

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return application(environ, start_response)

    served.__code__ = served.__code__.replace(co_stacksize=_SLOTS)
    return served
