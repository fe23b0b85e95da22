"""Mergers in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.core.merging.merger import Merger

from ..dictionary import Field, always, describe
from ..domains import Text

_ALWAYS = {"steward": _("Administrators"), "mandatory": always, "mandatory_when": _("always"), "editable": False}

describe(
    Merger,
    label=_("Merger"),
    plural=_("Mergers"),
    meaning=_("Says which record another one was merged into, so that old addresses and identifiers still lead there."),
    icon="merge",
    importable=False,
    fields=[
        Field("for_type", _("Record type"), Text(40), _("The type of both records."), **_ALWAYS),  # type: ignore[arg-type]
        Field("gone_id", _("Merged record"), Text(40), _("The id of the record that is no more."), **_ALWAYS),  # type: ignore[arg-type]
        Field(
            "gone_title",
            _("Name of the merged record"),
            Text(300),
            _("What the record was called that is no more."),
            steward=_("Administrators"),
            editable=False,
        ),
        Field("into_id", _("Merged into"), Text(40), _("The id of the record it is part of now."), **_ALWAYS),  # type: ignore[arg-type]
    ],
)
