"""Territories and shares in the dictionary."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.identity.models import Share, Territory, TerritoryMember

from ..dictionary import Field, always, describe
from ..domains import Boolean, Date, Link, LongText, Text

_STEWARD = _("Administrators")
_ALWAYS = {"steward": _STEWARD, "mandatory": always, "mandatory_when": _("always")}

describe(
    Territory,
    label=_("Territory"),
    plural=_("Territories"),
    meaning=_("Organisations that fulfil some conditions, seen by its members with what belongs to them."),
    icon="map",
    importable=False,
    fields=[
        Field("name", _("Name"), Text(120), _("What the territory is called."), in_list=True, **_ALWAYS),  # type: ignore[arg-type]
        Field(
            "query",
            _("Conditions"),
            LongText(4000),
            _("Which organisations lie in it, as the filters of a list."),
            editable=False,
            **_ALWAYS,  # type: ignore[arg-type]
        ),
        Field(
            "may_edit",
            _("Members may edit"),
            Boolean(),
            _("Whether its members may change what lies in it, or only see it."),
            steward=_STEWARD,
            in_list=True,
        ),
    ],
)

describe(
    TerritoryMember,
    label=_("Member of a territory"),
    plural=_("Members of territories"),
    meaning=_("A person or a team that sees what lies in a territory."),
    icon="user-check",
    importable=False,
    fields=[
        Field("territory", _("Territory"), Link("territory"), _("The territory."), in_list=True, **_ALWAYS),  # type: ignore[arg-type]
        Field("user", _("Person"), Link("user"), _("The person who belongs to it."), steward=_STEWARD, in_list=True),
        Field("team", _("Team"), Link("team"), _("The team that belongs to it."), steward=_STEWARD, in_list=True),
    ],
)

describe(
    Share,
    label=pgettext_lazy("what is shared", "Share"),
    plural=_("Shares"),
    meaning=_("One record shown to a person or a team that would not see it otherwise."),
    icon="share-2",
    importable=False,
    fields=[
        Field("for_type", _("Record type"), Text(40), _("The type of the record shared."), editable=False, **_ALWAYS),  # type: ignore[arg-type]
        Field("record_id", _("Record"), Text(40), _("The record shared."), editable=False, **_ALWAYS),  # type: ignore[arg-type]
        Field("user", _("Person"), Link("user"), _("With whom it is shared."), steward=_STEWARD, in_list=True),
        Field("team", _("Team"), Link("team"), _("The team it is shared with."), steward=_STEWARD, in_list=True),
        Field("may_edit", _("May edit"), Boolean(), _("Whether they may change it, or only see it."), steward=_STEWARD),
        Field("until", _("Until"), Date(), _("The last day on which it is shared; empty: no end."), steward=_STEWARD),
        Field(
            "shared_by",
            _("Shared by"),
            Link("user"),
            _("Who shared it."),
            steward=_STEWARD,
            editable=False,
            form=False,
        ),
    ],
)
