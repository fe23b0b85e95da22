"""The pages of organisations, people and their roles."""

from typing import Any

from rapport.directory.models import Lifecycle
from rapport.web.activities.panels import Files, OpenTasks
from rapport.web.duplicates.actions import merging
from rapport.web.duplicates.panels import Duplicates
from rapport.web.orders.panels import Contracts, Orders
from rapport.web.pipeline.panels import Opportunities
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage
from rapport.web.support.panels import Tickets

from .panels import FormerPeople, Group, People, Roles

_TONES = {Lifecycle.CUSTOMER: "good", Lifecycle.PROSPECT: "accent", Lifecycle.FORMER_CUSTOMER: "warning"}


class OrganisationPage(RecordPage):
    """An organisation: who they are, everything that happened, what is open."""

    record_type = "organisation"
    chips = ("industry", "country", "segment", "parent", "owner")
    quick = ("name", "website", "industry", "country", "lifecycle", "owner")
    hidden_facts = (
        *("chance_to_become_customer", "risk_of_leaving", "risk_of_discontent"),
        *("lifetime_value", "next_offer", "segment", "portfolio_place", "collaboration", "service_model"),
    )
    avatar = "square"
    timeline = looks_alike = True
    actions = (merging("organisation"),)
    panels = (Duplicates, Opportunities, OpenTasks, People, Tickets, Orders, Contracts, Group, FormerPeople, Files)

    def badges(self, record: Any) -> list[Badge]:
        """What it is to us."""
        tone = _TONES.get(record.lifecycle, "")
        return [Badge(record.get_lifecycle_display(), tone)] if record.lifecycle else []


class PersonPage(RecordPage):
    """A person: how to reach them, where they work, what was said."""

    record_type = "person"
    chips = ("job_title", "organisation", "owner")
    quick = ("first_name", "last_name", "organisation", "job_title", "emails", "phones", "owner")
    avatar = "round"
    timeline = looks_alike = True
    actions = (
        Action("move_to", icon="arrow-right-left"),
        Action("add_role", icon="briefcase"),
        merging("person"),
    )
    panels = (Duplicates, Opportunities, OpenTasks, Roles, Tickets, Files)

    def badges(self, record: Any) -> list[Badge]:
        """The part they play when their organisation buys."""
        return [Badge(record.get_buying_role_display(), "accent")] if record.buying_role else []


class AffiliationPage(RecordPage):
    """A role of a person at an organisation."""

    record_type = "affiliation"
    chips = ("person", "organisation")
    actions = (Action("end", icon="calendar-x", tone="plain", applies=lambda role: role.is_current),)
