"""The hook for outside services: somebody who knows whether a mailbox exists, or a VAT number is registered."""

from collections.abc import Callable

from ..checking import Verdict
from .question import Question

Service = Callable[[Question], Verdict | None]

SERVICES: list[Service] = []
"""Each is asked in order, after our own checks found nothing, and answers with a verdict or None. It must be quick."""
