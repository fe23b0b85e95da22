"""Who may see and do what in the dictionary: visibility rules, rights on fields, saved views and tokens."""

from django.utils.translation import gettext_lazy as _

from rapport.identity.models import (
    ApiToken,
    Audience,
    FieldRight,
    FieldRule,
    SavedView,
    Scope,
    VisibilityRule,
)
from rapport.identity.roles import Role

from ..dictionary import Field, always, describe
from ..domains import (
    Boolean,
    Choice,
    DateTime,
    Integer,
    Link,
    LongText,
    Several,
    Text,
)

_STEWARD = _("Administrators")

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

describe(
    ApiToken,
    label=_("API token"),
    plural=_("API tokens"),
    meaning=_("A key with which a program acts for a user."),
    icon="key",
    importable=False,
    fields=[
        Field("name", _("Name"), Text(80), _("What the token is for."), mandatory=always, mandatory_when=_("always")),
        Field("user", _("User"), Link("user"), _("For whom it acts."), form=False, editable=False),
        Field("prefix", _("Begins with"), Text(20), _("The beginning of the key."), form=False, editable=False),
        Field("digest", _("Hash"), Text(64), _("What is kept of the key itself."), form=False, editable=False),
        Field("scopes", _("May do"), Several(Text(82)), _("What it may do of what its user may."), editable=False),
        Field("expires_at", _("Valid until"), DateTime(), _("When it ends by itself."), editable=False),
        Field("revoked_at", _("Revoked"), DateTime(), _("When it was ended."), form=False, editable=False),
    ],
)
