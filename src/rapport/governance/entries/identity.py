"""Teams and users in the dictionary."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rapport.identity.models import Team, User
from rapport.identity.roles import Role

from ..dictionary import Field, PersonalData, always, describe
from ..domains import (
    Boolean,
    Choice,
    EmailAddress,
    Link,
    PhoneNumber,
    Text,
    TimeZone,
)

_STEWARD = _("Administrators")

describe(
    Team,
    label=_("Team"),
    plural=_("Teams"),
    meaning=_("A unit of our own company. Its manager sees what it and the teams below it own."),
    icon="users",
    aliases=("regional_office", "office", "department", "business unit"),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(120),
            _("What the team is called."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("team", "regional_office", "office"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "parent",
            _("Above it"),
            Link("team"),
            _("The team that this one is part of."),
            steward=_STEWARD,
            aliases=("parent_team",),
            in_list=True,
        ),
    ],
)

describe(
    User,
    label=_("User"),
    plural=_("Users"),
    meaning=_("Somebody of our own company who owns records and may sign in."),
    icon="user-cog",
    aliases=("sales_agent", "agent", "seller", "salesperson", "employee"),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(150),
            _("First and last name."),
            PersonalData.CONTACT,
            _STEWARD,
            always,
            _("always"),
            ("full_name", "sales_agent", "agent", "user", "owner", "nom", "nome"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "email",
            _("E-mail"),
            EmailAddress(),
            _("The address to sign in with and to be written to."),
            PersonalData.CONTACT,
            _STEWARD,
            aliases=("email_address", "mail", "login", "username"),
            in_list=True,
        ),
        Field(
            "role",
            _("Role"),
            Choice(dict(Role.choices)),
            _("What the user may do."),
            steward=_STEWARD,
            aliases=("profile", "function"),
            in_list=True,
        ),
        Field(
            "team",
            _("Team"),
            Link("team"),
            _("The team the user belongs to."),
            steward=_STEWARD,
            aliases=("regional_office", "office", "department"),
            in_list=True,
        ),
        Field(
            "manager",
            _("Manager"),
            Link("user"),
            _("Whom the user reports to."),
            steward=_STEWARD,
            aliases=("reports_to", "supervisor", "boss"),
            in_list=True,
        ),
        Field(
            "job_title",
            _("Job title"),
            Text(120),
            _("The position in the company."),
            PersonalData.CONTACT,
            _STEWARD,
            aliases=("title", "position"),
        ),
        Field(
            "phone",
            _("Phone"),
            PhoneNumber(),
            _("The number to call."),
            PersonalData.CONTACT,
            _STEWARD,
            aliases=("telephone", "mobile"),
        ),
        Field(
            "language",
            _("Language"),
            Choice(dict(settings.LANGUAGES)),
            _("The language of the pages."),
            PersonalData.PERSONAL,
            _STEWARD,
        ),
        Field(
            "time_zone",
            _("Time zone"),
            TimeZone(),
            _("The zone in which times are shown."),
            PersonalData.PERSONAL,
            _STEWARD,
            aliases=("timezone",),
        ),
        Field(
            "is_active",
            _("Active"),
            Boolean(),
            _("Whether the user may sign in."),
            steward=_STEWARD,
            aliases=("active", "enabled"),
            form=False,
        ),
    ],
)
