"""Sign-on providers and rules about second factors in the dictionary."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.identity.models import SecondFactorRule, SignOnLink, SignOnProvider
from rapport.identity.roles import Role

from ..dictionary import Field, PersonalData, always, describe
from ..domains import Boolean, Choice, Date, Link, Text

_STEWARD = _("Administrators")
_ALWAYS: dict[str, Any] = {"steward": _STEWARD, "mandatory": always, "mandatory_when": _("always")}

describe(
    SignOnProvider,
    label=_("Sign-on provider"),
    plural=_("Sign-on providers"),
    meaning=_("The company's own sign-on, which vouches for users."),
    icon="log-in",
    importable=False,
    fields=[
        Field("name", _("Name"), Text(60), _("What its button on the log-in page says."), **_ALWAYS),
        Field("issuer", _("Issuer"), Text(300), _("The address it names itself by."), **_ALWAYS),
        Field("client_id", _("Client id"), Text(300), _("What it calls this installation."), **_ALWAYS),
        Field("domains", _("Mail domains"), Text(500), _("Whose addresses it may sign in."), **_ALWAYS),
        Field(
            "creates_users", _("Creates users"), Boolean(), _("Whether unknown people become users."), steward=_STEWARD
        ),
        Field("role", _("Role"), Choice(dict(Role.choices)), _("The role of users it creates."), steward=_STEWARD),
        Field("team", _("Team"), Link("team"), _("The team of users it creates."), steward=_STEWARD),
        Field(
            "asks_second_factor",
            _("Asks for a second factor"),
            Boolean(),
            _("Whether it asks for a second factor itself, so that we don't."),
            steward=_STEWARD,
        ),
        Field("is_active", _("Active"), Boolean(), _("Whether it is offered on the log-in page."), steward=_STEWARD),
        Field(
            "sealed_secret",
            _("Client secret"),
            Text(4000),
            _("What we prove ourselves with to the provider, encrypted."),
            steward=_STEWARD,
            form=False,
            editable=False,
        ),
    ],
)

describe(
    SignOnLink,
    label=_("Sign-on link"),
    plural=_("Sign-on links"),
    meaning=_("Which account at a sign-on provider is which user."),
    icon="link",
    importable=False,
    fields=[
        Field("user", _("User"), Link("user"), _("The user."), PersonalData.PERSONAL, **_ALWAYS),
        Field("provider", _("Provider"), Link("signonprovider"), _("Who vouches."), **_ALWAYS),
        Field(
            "subject",
            _("Subject"),
            Text(255),
            _("The provider's name of the account."),
            PersonalData.PERSONAL,
            **_ALWAYS,
        ),
    ],
)

describe(
    SecondFactorRule,
    label=_("Second factor rule"),
    plural=_("Second factor rules"),
    meaning=_("From when on users of a role need a second factor."),
    icon="shield-check",
    importable=False,
    fields=[
        Field("role", _("Role"), Choice(dict(Role.choices)), _("Whom it is about."), **_ALWAYS),
        Field("since", _("Required from"), Date(), _("From this day on they must set one up to go on."), **_ALWAYS),
    ],
)
