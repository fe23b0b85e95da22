"""How far a lead has come: working, qualifying, parking, discarding."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.verbs import verb

from .facts import Facts, LeadStatus

OPEN_STATUSES = (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)
_BY_OTHER_VERBS = ("status", "converted_on", "parked_until", "organisation", "person", "opportunity")
_ENDED = (LeadStatus.CONVERTED, LeadStatus.DISCARDED)


class Progressing(Facts):
    """Adds the verbs that bring a lead further, or set it aside."""

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether somebody should work on it."""
        return self.status in OPEN_STATUSES

    @verb(label=_("Change"), past=_("changed"))
    def change(self, **values: Any) -> None:
        """Change some facts; how far the lead has come is told by the other verbs."""
        refused = [name for name in _BY_OTHER_VERBS if name in values and values[name] != getattr(self, name)]
        if refused:
            message = _("This is not edited by hand: work on, qualify, park, discard or convert the lead instead.")
            raise ValidationError(dict.fromkeys(refused, message))
        super().change(**values)

    @verb(label=_("Start working"), past=_("started working on"))
    def work(self) -> None:
        """Note that somebody has taken the lead up."""
        self._must_be_open()
        self.status = LeadStatus.WORKING
        self.save()

    @verb(label=_("Qualify"), past=_("qualified"))
    def qualify(self) -> None:
        """Note that the lead is worth an opportunity."""
        self._must_be_open()
        self.status = LeadStatus.QUALIFIED
        self.save()

    @verb(label=_("Discard"), past=_("discarded"))
    def discard(self, *, reason: str) -> None:
        """Give the lead up, and say why."""
        self._must_not_have_ended()
        if not reason.strip():
            raise ValidationError({"discard_reason": _("Say why it is given up: it shows which sources work.")})
        self.status, self.discard_reason, self.parked_until = LeadStatus.DISCARDED, reason.strip(), None
        self.check_facts()
        self.save()

    @verb(label=_("Park"), past=_("parked"))
    def park(self, *, until: date, reason: str = "") -> None:
        """Set aside until a day on which it comes back by itself; `reason` is kept with the event."""
        self._must_not_have_ended()
        if until <= today():
            raise ValidationError({"parked_until": _("Choose a day after today: then it comes back by itself.")})
        self.status, self.parked_until = LeadStatus.PARKED, until
        self.save()

    @verb(label=_("Take up again"), past=_("took up again"))
    def reopen(self) -> None:
        """Work on a parked or discarded lead again."""
        if self.is_open or self.status == LeadStatus.CONVERTED:
            raise Problem(_("Only a parked or discarded lead can be taken up again."))
        self.status, self.discard_reason, self.parked_until = LeadStatus.WORKING, "", None
        self.save()

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Problem(_("This lead is closed or parked. Take it up again first."))

    def _must_not_have_ended(self) -> None:
        if self.status in _ENDED:
            raise Problem(_("This lead was converted or discarded already. Reload the page to see."))
