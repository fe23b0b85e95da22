"""The tables of core, gathered for Django."""

from .events import Change, Event
from .seal import Seal, UnsealedEvent
from .search import SearchEntry

__all__ = ["Change", "Event", "Seal", "SearchEntry", "UnsealedEvent"]
