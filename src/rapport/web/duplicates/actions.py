"""Merging as an action on the page of a record."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always
from rapport.governance.domains import Link
from rapport.web.records.actions import Action


def merging(record_type: str) -> Action:
    """Merging with a record that one chooses."""
    stays = _(
        "This one stays and gets what it lacks. Values that differ are kept in the history; undo makes two again."
    )
    other = Field("other", _("With which one"), Link(record_type), stays, mandatory=always)
    return Action("merge_into", icon="merge", arguments=(other,))
