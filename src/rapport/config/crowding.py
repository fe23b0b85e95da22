"""The gate before the work: a few requests at once, some wait their turn, what is beyond that is sent away in words.

Past a handful of requests at once a process only gets slower for everybody. So the others wait, but never long (see
`config.crowd`): who would wait too long gets 503 with `Retry-After` before anything was done, while those inside are
served as quickly as ever. They are told different times, or all of them would be back in the same moment. A process
has a thread for each that is inside, for each that waits, and a few to send the others away.
"""

import os
import random
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from rapport.config.gate import Crowded, Gate
from rapport.core.outages import BUSY

MOST_AT_ONCE = 8  # one page each; below the size of the pool of connections
WAITING = int(os.environ.get("RAPPORT_REQUESTS_WAITING") or "40")
REFUSING = 4
BACK_IN = (4, 8)  # seconds, the shortest and the longest
ALWAYS_IN = ("/healthz", "/metrics")

Next = Callable[[HttpRequest], HttpResponseBase]


def at_once() -> int:
    """How many pages one process makes at a time."""
    return min(2 * (os.cpu_count() or 1) + 1, MOST_AT_ONCE)


def at_once_in_a_crowd() -> int:
    """How many then: what keeps the cores busy."""
    return min((os.cpu_count() or 1) + 1, at_once())


def threads() -> int:
    """How many threads one process needs."""
    return at_once() + WAITING + REFUSING


def admitted(get_response: Next) -> Next:
    """Middleware: lets requests in by turns."""
    from rapport.config.metrics import observe_wait

    gate = Gate(at_once=at_once(), in_a_crowd=at_once_in_a_crowd(), waiting=WAITING)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path in ALWAYS_IN:
            return get_response(request)
        try:
            with gate.place() as waited:
                observe_wait(waited)
                return get_response(request)
        except Crowded:
            return _sent_away(request)

    return middleware


def _sent_away(request: HttpRequest) -> HttpResponseBase:
    """In the language of the browser: who asks is not known yet."""
    from rapport.web.ui.outages import outage_answer

    with translation.override(translation.get_language_from_request(request)):
        request.LANGUAGE_CODE = translation.get_language() or "en"
        return outage_answer(request, replace(BUSY, retry_after=random.randint(*BACK_IN)))  # noqa: S311 - no secret
