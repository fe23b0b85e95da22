"""The pages of leads and campaigns."""

from typing import Any

from rapport.leads.models import LeadStatus
from rapport.web.activities.panels import Files, OpenTasks
from rapport.web.duplicates.actions import merging
from rapport.web.duplicates.panels import Duplicates, OnRecordAlready
from rapport.web.pipeline.stage_forms import reason_field
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage

from . import converting
from .panels import LeadsOfCampaign

_TONES = {
    LeadStatus.NEW: "warning",
    LeadStatus.QUALIFIED: "good",
    LeadStatus.CONVERTED: "good",
    LeadStatus.DISCARDED: "bad",
}


def _is_open(lead: Any) -> bool:
    return bool(lead.is_open)


def _can_come_back(lead: Any) -> bool:
    return lead.status in (LeadStatus.PARKED, LeadStatus.DISCARDED)


def _has_not_ended(lead: Any) -> bool:
    return lead.status not in (LeadStatus.CONVERTED, LeadStatus.DISCARDED)


class LeadPage(RecordPage):
    """A lead: who it is, what they need, what became of them."""

    record_type = "lead"
    chips = ("organisation_name", "job_title", "source", "owner")
    quick = ("first_name", "last_name", "organisation_name", "emails", "phones", "need", "source", "owner")
    hidden_facts = ("chance_to_convert", "expected_kind", "expected_size")
    timeline = looks_alike = True
    panels = (OnRecordAlready, Duplicates, OpenTasks, Files)

    @property
    def actions(self) -> tuple[Action, ...]:  # type: ignore[override]
        """From taking it up to converting or giving it up."""
        discard = (reason_field("discard_reason", record_type="lead", needed=True),)
        return (
            Action(
                "convert",
                "arrow-right-left",
                "primary",
                arguments=(),
                ask=converting.ask,
                given=converting.given,
                leads_to=converting.leads_to,
                applies=_has_not_ended,
            ),
            Action("work", "play", "plain", applies=lambda lead: lead.status == LeadStatus.NEW),
            Action("qualify", "check", "plain", applies=lambda lead: lead.status == LeadStatus.WORKING),
            Action("reopen", "rotate-ccw", "plain", applies=_can_come_back),
            Action("park", "calendar-clock", applies=_is_open),
            merging("lead"),
            Action("discard", "circle-x", arguments=discard, applies=_has_not_ended),
        )

    def badges(self, record: Any) -> list[Badge]:
        """How far it has come."""
        return [Badge(record.get_status_display(), _TONES.get(record.status, "accent"))]


class CampaignPage(RecordPage):
    """A campaign and the leads it brought."""

    record_type = "campaign"
    chips = ("kind", "starts_on", "ends_on", "budget")
    panels = (LeadsOfCampaign,)
