"""What machines propose for a record, beside it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.oversight.models import Proposal, ProposalState
from rapport.web.records.panels import Panel

from .cards import cards_of

_SHOWN = 5


class Proposals(Panel):
    """The proposals about this record that wait; empty ones are left out."""

    key, title, icon, template = "proposals", _("Proposals"), "sparkles", "oversight/panel.html"
    is_lazy = True

    def __init__(self, record: Any, actor: Any) -> None:
        super().__init__(record, actor)
        waiting = Proposal.objects.visible_to(actor).filter(subject_id=record.pk, state=ProposalState.PENDING)
        self.found = list(waiting.select_related("run").order_by("pk")[:_SHOWN]) if actor.user_id else []

    def applies(self) -> bool:
        """Where something waits."""
        return bool(self.found)

    def content(self) -> dict[str, Any]:
        """The cards."""
        may_stop = self.actor.may("stopswitch.pull")
        return {"cards": cards_of(self.found, self.actor), "may_stop": may_stop}
