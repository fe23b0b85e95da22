"""The pages of organisations, people and their roles."""

from rapport.web.records.page import RecordPage


class OrganisationPage(RecordPage):
    """An organisation: who they are, everything that happened, what is open."""

    record_type = "organisation"
    chips = ("lifecycle", "industry", "country", "owner")
    quick = ("name", "website", "industry", "country", "lifecycle", "owner")
    avatar = "square"
    timeline = True
    looks_alike = True


class PersonPage(RecordPage):
    """A person: how to reach them, where they work, what was said."""

    record_type = "person"
    chips = ("organisation", "job_title", "owner")
    quick = ("first_name", "last_name", "organisation", "job_title", "emails", "phones", "owner")
    avatar = "round"
    timeline = True
    looks_alike = True
