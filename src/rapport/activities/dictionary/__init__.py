"""Activities in the dictionary."""

from . import files, mail, meetings, notes, notifications, tasks  # noqa: F401 - each describes its types
