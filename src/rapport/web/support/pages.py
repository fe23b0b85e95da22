"""The page of a ticket."""

from typing import Any

from rapport.support.models import TicketStatus
from rapport.web.activities.panels import Files, OpenTasks
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage

_TONES = {TicketStatus.NEW: "warning", TicketStatus.SOLVED: "good"}


class TicketPage(RecordPage):
    """A ticket: what a customer asked or complained about, and what became of it."""

    record_type = "ticket"
    chips = ("organisation", "person", "priority", "owner")
    quick = ("subject", "organisation", "person", "priority", "channel", "description", "owner")
    timeline = True
    actions = (
        Action("answer", icon="reply", tone="plain", applies=lambda ticket: ticket.is_open),
        Action("solve", icon="check", tone="primary", applies=lambda ticket: ticket.is_open),
        Action("reopen", icon="rotate-ccw", tone="plain", applies=lambda ticket: not ticket.is_open),
    )
    panels = (OpenTasks, Files)

    def badges(self, record: Any) -> list[Badge]:
        """How far it is."""
        return [Badge(record.get_status_display(), _TONES.get(record.status, "accent"))]
