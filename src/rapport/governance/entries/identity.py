"""Users, teams and visibility rules in the dictionary."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rapport.identity.models import Audience, FieldRight, FieldRule, SavedView, Scope, Team, User, VisibilityRule
from rapport.identity.roles import Role

from ..dictionary import Field, PersonalData, always, describe
from ..domains import Boolean, Choice, EmailAddress, Integer, Link, LongText, PhoneNumber, Text, TimeZone

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

describe(
    VisibilityRule,
    label=_("Visibility rule"),
    plural=_("Visibility rules"),
    meaning=_("By whom the records of one type are seen."),
    icon="eye",
    importable=False,
    fields=[
        Field(
            "for_type",
            _("Record type"),
            Text(40),
            _("The type the rule is about."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "scope",
            _("Seen by"),
            Choice(dict(Scope.choices)),
            _("How far its records are seen."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
    ],
)

describe(
    FieldRule,
    label=_("Field rule"),
    plural=_("Field rules"),
    meaning=_("A field that a role only reads, or does not see."),
    icon="eye-off",
    importable=False,
    fields=[
        Field(
            "role",
            _("Role"),
            Choice(dict(Role.choices)),
            _("The role that the rule is for."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "for_type",
            _("Record type"),
            Text(40),
            _("The type the rule is about."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "field",
            _("Field"),
            Text(80),
            _("The field the rule is about."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "right",
            _("Right"),
            Choice(dict(FieldRight.choices)),
            _("What is left of reading and editing the field."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
    ],
)

describe(
    SavedView,
    label=_("Saved view"),
    plural=_("Saved views"),
    meaning=_("A list with its filters, order and columns, under a name."),
    icon="bookmark",
    importable=False,
    fields=[
        Field("name", _("Name"), Text(80), _("What the view is called."), mandatory=always, mandatory_when=_("always")),
        Field("for_type", _("Record type"), Text(40), _("The list it is a view of."), editable=False),
        Field("query", _("Query"), LongText(4000), _("Filters, order and columns, as in the address."), editable=False),
        Field("audience", _("For"), Choice(dict(Audience.choices)), _("Who sees the view.")),
        Field("owner", _("Owner"), Link("user"), _("Who made it."), editable=False),
        Field("team", _("Team"), Link("team"), _("The team that it was shared with."), form=False, editable=False),
        Field("position", _("Position"), Integer(), _("Its place in the row of views."), form=False),
        Field("is_default", _("Opens first"), Boolean(), _("Whether the list opens with it."), form=False),
    ],
)
