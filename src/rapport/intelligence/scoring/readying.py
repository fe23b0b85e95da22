"""What pages need for reasons, read before somebody asks: the first time it takes seconds."""

import threading

import structlog
from django.db import connection
from django.db.utils import Error

from rapport.core.problems import Problem

from ..models import Estimator, Score
from ..predictions import predictions
from .explaining import explain

_log = structlog.get_logger("rapport.intelligence")


def begin_to_read() -> None:
    """Do it beside the first pages; where no version is live, nothing is loaded."""
    threading.Thread(target=_read, name="read-what-is-live", daemon=True).start()


def read_what_is_live() -> int:
    """Explain one score of each version that is live; returns how many were there."""
    read = 0
    for name in predictions():
        live = Estimator.live_of(name)
        given = Score._base_manager.filter(prediction=name, estimator=live, chance__isnull=False)
        score = given.first() if live else None
        if score and live:
            explain(score, live)
            read += 1
    return read


def _read() -> None:
    try:
        read_what_is_live()
    except (Error, Problem) as problem:
        _log.warning("what_is_live_was_not_read", reason=type(problem).__name__)
    finally:
        connection.close()
