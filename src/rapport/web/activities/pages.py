"""The pages of single activities."""

from typing import Any

from rapport.activities.models import CallOutcome, MeetingStatus
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage


class NotePage(RecordPage):
    """A note."""

    record_type = "note"
    chips = ("at", "owner")


class TaskPage(RecordPage):
    """A task: what is to be done, by whom, until when."""

    record_type = "task"
    chips = ("due_on", "priority", "owner")
    quick = ("subject", "due_on", "priority", "owner", "text")
    actions = (
        Action("complete", icon="check", tone="primary", applies=lambda task: not task.is_done),
        Action("reopen", icon="rotate-ccw", tone="plain", applies=lambda task: task.is_done),
        Action("snooze", icon="alarm-clock", applies=lambda task: not task.is_done),
        Action("assign", icon="user-plus", applies=lambda task: not task.is_done),
    )

    def badges(self, record: Any) -> list[Badge]:
        """Done, late or open."""
        from django.utils.translation import gettext as _

        if record.is_done:
            return [Badge(_("Done"), "good")]
        return [Badge(_("Late"), "bad") if record.is_overdue else Badge(_("Open"), "accent")]


class MeetingPage(RecordPage):
    """A meeting: with whom, when, where, and what came of it."""

    record_type = "meeting"
    chips = ("at", "place", "owner")
    quick = ("subject", "at", "ends_at", "place", "text", "owner")
    actions = (
        Action("hold", icon="check", tone="primary", applies=lambda meeting: meeting.status == MeetingStatus.PLANNED),
        Action("move", icon="calendar-clock", applies=lambda meeting: meeting.status != MeetingStatus.HELD),
        Action("cancel", icon="ban", applies=lambda meeting: meeting.status == MeetingStatus.PLANNED),
    )

    def badges(self, record: Any) -> list[Badge]:
        """Planned, held or cancelled."""
        tones = {MeetingStatus.HELD: "good", MeetingStatus.CANCELLED: "bad"}
        return [Badge(record.get_status_display(), tones.get(record.status, "accent"))]


class CallPage(RecordPage):
    """A call."""

    record_type = "call"
    chips = ("at", "direction", "owner")

    def badges(self, record: Any) -> list[Badge]:
        """How it ended."""
        tone = "good" if record.outcome == CallOutcome.REACHED else "warning"
        return [Badge(record.get_outcome_display(), tone)] if record.outcome else []


class MailPage(RecordPage):
    """A mail."""

    record_type = "mail"
    chips = ("at", "sender", "recipients")


class FilePage(RecordPage):
    """A file kept with records."""

    record_type = "file"
    chips = ("at", "size", "owner")
