"""What higher layers listen to: each is called within the verb that gives the reason."""

from collections.abc import Callable
from uuid import UUID

from rapport.core.records import Record

DRILL_FAILED: list[Callable[[Record], None]] = []
"""Called with a drill of the stop switch that failed."""
ALARM_RUNG: list[Callable[[Record], None]] = []
"""Called with an alarm that is new."""
QUESTION_ASKED: list[Callable[[UUID, Record], None]] = []
"""Called with the person and the trial when somebody is asked for an estimate, once a day at most."""
