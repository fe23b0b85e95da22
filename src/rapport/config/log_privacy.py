"""Keeps personal data out of the logs.

Our own lines name records by number only. Those of libraries can hold addresses typed by a visitor, arguments of jobs,
or, in the message of an exception, whole values of a row; so of these only what happened and where is kept.
"""

import sys
import traceback
from collections.abc import Iterator
from logging import LogRecord
from pathlib import Path

from structlog.typing import EventDict, WrappedLogger

from rapport.core.outages import causes_of

FRAMES_KEPT = 12


def without_values(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Processor: of a library's line, keeps what happened and drops what it happened to."""
    record = line.get("_record")
    name = record.name if record else ""
    if name.startswith(("django.request", "django.security")):
        line["event"] = str(line["event"]).partition(": ")[0]
    elif name.startswith("procrastinate") and record:
        line.update(_job_line(record))
    return line


def _job_line(record: LogRecord) -> dict[str, object]:
    job = getattr(record, "job", None) or {}
    about = {"task": job.get("task_name"), "job": job.get("id")} if job else {}
    return {"event": getattr(record, "action", "queue"), **about}


def brief_exceptions(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Processor: puts the kinds of exceptions and where they came from in place of their messages."""
    error = _exception_of(line.pop("exc_info", None))
    if error is not None:
        line["error"] = " < ".join(_kinds(error))
        line["where"] = _where(error)
    return line


def _exception_of(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _kinds(error: BaseException | None) -> Iterator[str]:
    for one in causes_of(error):
        diagnosis = getattr(one, "diag", None)
        also = [getattr(one, "sqlstate", None), getattr(diagnosis, "constraint_name", None)]
        yield " ".join([type(one).__name__, *(text for text in also if text)])


def _where(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_KEPT:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]
