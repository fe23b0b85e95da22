"""The tables of core, gathered for Django."""

from .done_jobs import DoneJob
from .events import Change, Event
from .seal import Seal, UnsealedEvent
from .search import SearchEntry

__all__ = ["Change", "DoneJob", "Event", "Seal", "SearchEntry", "UnsealedEvent"]
