"""Beside a record: what could be done about it next."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.insights.next_actions.listing import actions_about
from rapport.insights.next_actions.source import all_sources
from rapport.web.places import record_address
from rapport.web.records.panels import Panel

from .shown import answers_for, lines_of

_THROUGH = ("organisation", "person")


class NextActions(Panel):
    """What could be done about the record, the best first; it comes after the page."""

    key, title, icon, template = "next", _("Next"), "list-todo", "next_actions/panel.html"
    is_lazy = True

    def applies(self) -> bool:
        """Beside the kinds of records that a source speaks of."""
        return self.record.record_type in {*_THROUGH, *(one.record_type for one in all_sources().values())}

    def content(self) -> Mapping[str, Any]:
        """The suggestions about it."""
        listing = actions_about(self.actor, self.record)
        return {
            "lines": lines_of(listing.entries[:6]),
            "is_stopped": listing.is_stopped,
            "answers": answers_for(self.actor, record_address(self.record.record_type, self.record.pk)),
        }
