"""Affiliations in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData, always, describe
from rapport.governance.domains import Date, Link, Text

from ..models import Affiliation

describe(
    Affiliation,
    label=_("Affiliation"),
    plural=_("Affiliations"),
    meaning=_("A role somebody has or had at an organisation, beside or before the main one."),
    icon="link",
    aliases=("role", "roles", "position", "positions", "account_contact_relation", "employment"),
    fields=[
        Field(
            "person",
            _("Person"),
            Link("person"),
            _("Who has the role."),
            PersonalData.CONTACT,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("contact", "contact_name", "personne", "pessoa"),
            in_list=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("Where the role is."),
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("account", "company", "organization", "entreprise", "empresa"),
            in_list=True,
        ),
        Field(
            "role",
            _("Role"),
            Text(150),
            _("The position there."),
            PersonalData.CONTACT,
            aliases=("title", "job_title", "position", "fonction", "cargo"),
            in_list=True,
        ),
        Field(
            "department",
            _("Department"),
            Text(100),
            _("The part of the organisation."),
            aliases=("division", "service", "departamento"),
        ),
        Field(
            "since",
            _("Since"),
            Date(),
            _("The first day of the role."),
            PersonalData.PERSONAL,
            aliases=("from", "start_date", "valid_from", "depuis", "desde"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "until",
            _("Until"),
            Date(),
            _("The last day of the role; empty while it is held."),
            PersonalData.PERSONAL,
            aliases=("to", "end_date", "valid_to", "jusqu'à", "até"),
            in_list=True,
            always_seen=True,
        ),
    ],
)
