"""The tables of core, gathered for Django."""

from .done_jobs import DoneJob
from .editions import Edition
from .events import Change, Event
from .merging.merger import Merger
from .overdue_jobs import OverdueJob
from .processes import Process
from .seal import Seal, UnsealedEvent
from .search_entries import SearchEntry
from .spelling import KnownWord

__all__ = [
    "Change",
    "DoneJob",
    "Edition",
    "Event",
    "KnownWord",
    "Merger",
    "OverdueJob",
    "Process",
    "Seal",
    "SearchEntry",
    "UnsealedEvent",
]
