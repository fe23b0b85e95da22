"""The outermost middleware: each request gets a number, and leaves one line in the log and its figures in the metrics.

The line has the pattern of the address instead of the address, and the user's number instead of a name. Static files
and monitors' questions leave none.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from rapport.config.figures import Figures, count_statements, gathered
from rapport.config.metrics import observe_request
from rapport.config.telemetry import traced

NUMBER = "X-Request-ID"
log = structlog.get_logger("rapport.requests")
_SOUND = re.compile(r"[A-Za-z0-9_-]{8,64}")

Next = Callable[[HttpRequest], HttpResponseBase]
Tell = Callable[[HttpResponseBase], HttpResponseBase]


def watched(get_response: Next) -> Next:
    """Middleware: number, log line and figures of each request."""
    count_statements()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with _watching(request) as tell:
            return tell(get_response(request))

    return middleware


@contextmanager
def _watching(request: HttpRequest) -> Iterator[Tell]:
    request.number = number = _number(request)  # type: ignore[attr-defined]
    started = time.perf_counter()
    with structlog.contextvars.bound_contextvars(request=number), gathered() as figures, traced(request) as mark:

        def tell(response: HttpResponseBase) -> HttpResponseBase:
            response.headers[NUMBER] = number
            mark(response, route_of(request))
            if not _is_dull(request):
                _note(request, response, time.perf_counter() - started, figures)
            return response

        yield tell


def _number(request: HttpRequest) -> str:
    """The number a proxy of ours gave, where there is one; otherwise a new one, short enough to be read out."""
    given = request.headers.get(NUMBER, "") if settings.PUBLIC_URL else ""
    return given if _SOUND.fullmatch(given) else secrets.token_hex(5)


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, such as `people/<uuid:pk>/`; "none" where no page has it."""
    match = request.resolver_match
    return (match.route or "/") if match else "none"


def _is_dull(request: HttpRequest) -> bool:
    return request.path.startswith((f"/{settings.STATIC_URL.lstrip('/')}", "/healthz", "/metrics"))


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float, figures: Figures) -> None:
    actor = getattr(request, "actor", None)
    user = getattr(actor, "user_id", None)
    observe_request(request.method or "", route_of(request), int(response.status_code), seconds, figures)
    write = log.warning if response.status_code >= 500 else log.info
    write(
        "request",
        method=request.method,
        route=route_of(request),
        status=int(response.status_code),
        ms=round(seconds * 1000, 1),
        database_ms=round(figures.database_seconds * 1000, 1),
        queries=figures.queries,
        user=str(user) if user else None,
    )
