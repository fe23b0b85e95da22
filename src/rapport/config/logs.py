"""Logs: one line per fact, through structlog, to standard error; as JSON where a machine reads them.

No line tells whom a record is about: see `config.log_privacy`.
"""

import os
from typing import Any

import structlog
from structlog.typing import Processor

from rapport.config.log_privacy import brief_exceptions, without_values

QUIET = {
    "axes": "ERROR",
    "procrastinate": "WARNING",
    "psycopg.pool": "ERROR",
    "httpx": "WARNING",  # the addresses of webhooks, which may hold a key
    "interpret": "WARNING",
}
"""Libraries whose lines below these levels hold values, repeat ours, or tell nothing."""

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

_PROCESSORS: list[Processor] = [*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
"""One list for ever: loggers keep the one they first saw, and tests listen by changing it in place."""


def logging_settings(*, with_values: bool = False) -> dict[str, Any]:
    """Django's `LOGGING`, in which structlog's and the libraries' lines look alike.

    `RAPPORT_LOG_FORMAT` (text or json) and `RAPPORT_LOG_LEVEL` decide; `with_values` is for work on Rapport itself.
    """
    is_json = os.environ.get("RAPPORT_LOG_FORMAT", "text") == "json"
    level = os.environ.get("RAPPORT_LOG_LEVEL") or ("INFO" if is_json else "WARNING")
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": _renderers(is_json=is_json, with_values=with_values),
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": ["console"], "level": level, "propagate": False},
            "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            **{name: {"level": least} for name, least in QUIET.items()},
        },
    }


def _renderers(*, is_json: bool, with_values: bool) -> list[Processor]:
    privacy: list[Processor] = [] if with_values else [without_values, brief_exceptions]
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if is_json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    return [*privacy, structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
