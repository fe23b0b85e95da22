"""Closing: winning, losing, parking, and coming back."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.verbs import verb
from rapport.directory.models import Lifecycle

from ..stage import Stage, StageKind
from .facts import Status
from .staged import Staged

EXISTING_CUSTOMER = gettext_noop("Existing customer")
_KEPT_IN_A_NEW_CYCLE = ("organisation", "person", "product", "currency", "need", "owner", "team")

_BECOME_CUSTOMERS = ("", Lifecycle.PROSPECT, Lifecycle.FORMER_CUSTOMER)


class Closable(Staged):
    """Adds how it ended, and the verbs that end it or bring it back."""

    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    win_reason = models.CharField(_("reason for winning"), max_length=120, blank=True)
    loss_reason = models.CharField(_("reason for losing"), max_length=120, blank=True)
    lost_to = models.CharField(_("lost to"), max_length=120, blank=True)
    parked_until = models.DateField(_("parked until"), null=True, blank=True)

    class Meta:
        abstract = True

    @verb(label=_("Win"), past=_("won"))
    def win(self, *, reason: str = "", **facts: Any) -> None:
        """Note that the customer bought: the opportunity goes on to be followed up, the organisation is a customer.

        Raises `StageNeeds` when that stage needs something unknown; `facts` may supply it.
        """
        if self.status == Status.WON:
            raise Problem(_("This opportunity is won already."))
        self._apply({**facts, **({"win_reason": reason} if reason else {})})
        stage = self.pipeline.stages.filter(kind=StageKind.FOLLOW_UP).first()
        if stage:
            self._enter(stage)
        else:
            self._close(Status.WON)
        self.check_facts()
        self.save()

    @verb(label=_("Lose"), past=_("lost"))
    def lose(self, *, reason: str, competitor: str = "") -> None:
        """Note that the customer did not buy, why, and from whom they bought instead, if known."""
        if not reason.strip():
            raise ValidationError({"loss_reason": _("Say why it was lost: it helps with the next one.")})
        self.loss_reason, self.lost_to = reason.strip(), competitor.strip()
        if self.lost_to and self.lost_to not in self.competitors:
            self.competitors = [*self.competitors, self.lost_to]
        self._close(Status.LOST)
        self.check_facts()
        self.save()

    @verb(label=_("Park"), past=_("parked"))
    def park(self, *, until: date, reason: str = "") -> None:
        """Set aside until a day on which it comes back by itself; `reason` is kept with the event."""
        if until <= today():
            raise ValidationError({"parked_until": _("Choose a day after today: then it comes back by itself.")})
        if not self.is_open:
            raise Problem(_("Only an open opportunity can be parked. Reopen this one first."))
        self.status, self.parked_until = Status.PARKED, until
        self.save()

    @verb(label=_("Reopen"), past=_("reopened"))
    def reopen(self) -> None:
        """Work on it again, in the stage where it stood when it was closed or parked."""
        if self.is_open:
            raise Problem(_("This opportunity is open already."))
        stage = self.stage if self.stage and self.stage.is_selling else self._last_selling_stage()
        if stage.pk == self.stage_id:
            self._open_again()
        else:
            self._enter(stage)
        self.save()

    @verb(label=_("Start a new cycle"), past=_("started a new cycle after"), permission="opportunity.create")
    def begin_again(self, *, name: str = "", **facts: Any) -> Staged:
        """Create the next opportunity with a customer that was won, in the stage that receives customers.

        Raises `StageNeeds` when that stage needs something unknown; `facts` may supply it.
        """
        stages = self.pipeline.stages.filter(kind=StageKind.SELLING)
        stage = stages.filter(receives_customers=True).first() or self._last_selling_stage()
        kept = {fact: getattr(self, fact) for fact in _KEPT_IN_A_NEW_CYCLE}
        values = {"name": name or self.name, "source": EXISTING_CUSTOMER, "stage": stage, **kept, **facts}
        type(self)(**values).require(stage)
        return type(self).create(**values)

    def _follow(self, stage: Stage) -> None:
        if stage.is_selling:
            self._open_again()
        else:
            self._close(Status.WON)

    def _close(self, status: Status) -> None:
        self.status, self.closed_on, self.parked_until = status, self.closed_on or today(), None
        if status == Status.WON and self.organisation and self.organisation.lifecycle in _BECOME_CUSTOMERS:
            self.organisation.lifecycle = Lifecycle.CUSTOMER
            self.organisation.save()  # part of winning, whatever rights one has on organisations

    def _open_again(self) -> None:
        """Forget how it ended; history remembers."""
        self.status, self.closed_on, self.parked_until = Status.OPEN, None, None
        self.win_reason = self.loss_reason = self.lost_to = ""

    def _last_selling_stage(self) -> Stage:
        """Where it stood last among the stages in which we sell; the first one if it never did."""
        visits = self.stage_visits.filter(stage__kind=StageKind.SELLING).select_related("stage")  # type: ignore[attr-defined]
        visit = visits.order_by("-left_at").first()
        stage: Stage | None = visit.stage if visit else self.pipeline.stages.filter(kind=StageKind.SELLING).first()
        if stage is None:
            raise Problem(_("Its pipeline has no stage to sell in. Ask an administrator to add one."))
        return stage
