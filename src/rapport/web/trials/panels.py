"""Beside a record: what its reader is asked before the machine's number is shown, and what both said."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from rapport.oversight.trials.registry import Trialled, all_trialled
from rapport.oversight.trials.withholding import trial_of
from rapport.web.records.panels import Panel

from .questions import asked_of


class AskedFirst(Panel):
    """The question of each running trial that the reader takes part in."""

    key, title, icon, template = "asked-first", gettext_lazy("Your estimate"), "scale", "trials/panel.html"

    def applies(self) -> bool:
        """Where a trial withholds something of this record, or has asked about it."""
        return any(trial_of(self.actor.user_id, one.name) for one in self._of_type())

    def content(self) -> Mapping[str, Any]:
        """One question a trial."""
        found = [asked_of(self.actor.user_id, one, self.record.pk) for one in self._of_type()]
        return {"asked": [one for one in found if one is not None]}

    def _of_type(self) -> Iterator[Trialled]:
        return (one for one in all_trialled().values() if one.record_type == self.record.record_type)
