"""The tables of activities."""

from .activity import Activity
from .call import Call, CallOutcome, Direction
from .file import File
from .mail import Mail
from .meeting import Meeting, MeetingStatus
from .note import Note
from .notification import Notification
from .task import IS_OPEN, Priority, Task, TaskStatus
from .timeline_entry import TimelineEntry

ACTIVITY_TYPES: tuple[type[Activity], ...] = (Note, Task, Meeting, Call, Mail, File)

__all__ = [
    "ACTIVITY_TYPES",
    "IS_OPEN",
    "Activity",
    "Call",
    "CallOutcome",
    "Direction",
    "File",
    "Mail",
    "Meeting",
    "MeetingStatus",
    "Note",
    "Notification",
    "Priority",
    "Task",
    "TaskStatus",
    "TimelineEntry",
]
