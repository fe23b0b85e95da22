"""The fields that all activities share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, Label, PersonalData, always
from rapport.governance.domains import DateTime, Link, LongText, Text

from ..domains import AboutRecords

ABOUT_ALIASES = ("regarding", "related_to", "relates_to", "associated_record", "what_id", "concerne", "sobre")


def spellings(codes: Mapping[str, str]) -> dict[str, str]:
    """Other spelling → code, from code → other spellings separated by commas."""
    return {word: code for code, others in codes.items() for word in words(others)}


def words(separated: str) -> tuple[str, ...]:
    """The words of a list that commas separate."""
    return tuple(word.strip() for word in separated.split(",") if word.strip())


def at_field(label: Label, meaning: Label, aliases: str = "") -> Field:
    """When it happened."""
    return Field(
        "at", label, DateTime(), meaning, aliases=words(aliases), in_list=True, sortable=True, always_seen=True
    )


def subject_field(label: Label, meaning: Label, aliases: str = "", *, mandatory: bool = False) -> Field:
    """Its title."""
    return Field(
        "subject",
        label,
        Text(300),
        meaning,
        PersonalData.PERSONAL,
        mandatory=always if mandatory else None,
        mandatory_when=_("always") if mandatory else "",
        aliases=words(f"subject, title, name, objet, assunto, {aliases}"),
        in_list=True,
    )


def text_field(label: Label, meaning: Label, aliases: str = "", *, or_title: bool = False) -> Field:
    """The words; with `or_title`, text or title must be there."""
    return Field(
        "text",
        label,
        LongText(),
        meaning,
        PersonalData.PERSONAL,
        mandatory=_untitled if or_title else None,
        mandatory_when=_("without a title") if or_title else "",
        aliases=words(aliases),
    )


def _untitled(values: Mapping[str, Any]) -> bool:
    return not values.get("subject")


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
            AboutRecords(others=("user",)),
            _("The colleagues named with “@” in the text; they are told."),
            form=False,
            editable=False,
        ),
    ]
