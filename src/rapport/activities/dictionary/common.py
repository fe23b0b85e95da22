"""The fields that all activities share."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData
from rapport.governance.domains import DateTime, Link, LongText, Text

from ..domains import AboutRecords

ABOUT_ALIASES = (
    "regarding",
    "related_to",
    "relates_to",
    "associated_record",
    "what_id",
    "concerne",
    "sobre",
    "assunto de",
)


def spellings(codes: Mapping[str, str]) -> dict[str, str]:
    """Other spelling → code, from code → other spellings separated by commas."""
    return {word.strip(): code for code, words in codes.items() for word in words.split(",")}


def at_field(label: str | Promise, meaning: str | Promise, *aliases: str) -> Field:
    """When it happened."""
    return Field("at", label, DateTime(), meaning, aliases=aliases, in_list=True, sortable=True)


def subject_field(label: str | Promise, meaning: str | Promise, *aliases: str, **more: object) -> Field:
    """Its title."""
    known = ("subject", "title", "name", "objet", "assunto", *aliases)
    return Field("subject", label, Text(300), meaning, PersonalData.PERSONAL, aliases=known, in_list=True, **more)  # type: ignore[arg-type]


def text_field(label: str | Promise, meaning: str | Promise, *aliases: str) -> Field:
    """The words."""
    return Field("text", label, LongText(), meaning, PersonalData.PERSONAL, aliases=aliases)


def shared_fields() -> list[Field]:
    """What it is about, who is mentioned, owner and team."""
    return [
        Field(
            "about",
            _("About"),
            AboutRecords(),
            _("The organisations, people, opportunities and other records it is about."),
            aliases=ABOUT_ALIASES,
            in_list=True,
        ),
        Field(
            "owner",
            _("Owner"),
            Link("user"),
            _("The colleague whose activity it is."),
            aliases=("assigned_to", "assignee", "activity_owner", "created_by", "user", "attribué à", "responsável"),
            in_list=True,
        ),
        Field("team", _("Team"), Link("team"), _("The team of the owner."), form=False),
        Field(
            "mentions",
            _("Mentioned"),
            AboutRecords(),
            _("The colleagues named with “@” in the text; they are told."),
            form=False,
            editable=False,
        ),
    ]
