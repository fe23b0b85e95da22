"""What machines propose for a record, beside it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.oversight.models import Proposal, ProposalState
from rapport.web.records.panels import Panel

from .cards import cards_of

_SHOWN = 5


class Proposals(Panel):
    """The proposals about this record that wait; empty ones are left out."""

    key, title, icon, template = "proposals", _("Proposals"), "sparkles", "oversight/panel.html"
    is_lazy = True

    def applies(self) -> bool:
        """For people; machines see none."""
        return bool(self.actor.user_id)

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """Something that waits."""
        return (self._waiting,)

    def content(self) -> dict[str, Any]:
        """The cards."""
        may_stop = self.actor.may("stopswitch.pull")
        found = list(self._waiting.select_related("run").order_by("pk")[:_SHOWN])
        return {"cards": cards_of(found, self.actor), "may_stop": may_stop}

    @property
    def _waiting(self) -> QuerySet[Any]:
        return Proposal.objects.visible_to(self.actor).filter(subject_id=self.record.pk, state=ProposalState.PENDING)
