"""What a person expects to sell in a period, before and beside what the machine foretells."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models.currency import base_currency
from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..forecasting.periods import period_named


class OwnEstimate(Record):
    """One estimate of one person for a month or quarter, in the base currency; the newest counts, older ones stay."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    period = models.CharField(max_length=7)
    amount = models.DecimalField(max_digits=16, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3)
    at = models.DateTimeField(default=now)

    if TYPE_CHECKING:
        user_id: UUID

    class Meta:
        verbose_name = _("own estimate")
        verbose_name_plural = _("own estimates")
        indexes = [models.Index(fields=["period", "user", "-at"], name="own_estimate_of_period")]

    @classmethod
    def title_of(cls, values: Any) -> str:
        """The period."""
        return str(values.get("period") or cls._meta.verbose_name)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """What somebody expects is theirs."""
        return actor.kind is not ActorKind.SYSTEM

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id)

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whose it is."""
        return actor.kind is ActorKind.SYSTEM or self.user_id == actor.user_id

    @classmethod
    @verb(label=_("Give an estimate"), past=_("gave an estimate for"))
    def give(cls, *, period: str, amount: Decimal) -> "OwnEstimate":
        """Say what one expects to sell oneself in a month or quarter that is not over; an earlier one stays."""
        actor, asked = current_actor(), period_named(period)
        if actor.kind is not ActorKind.HUMAN or actor.user_id is None:
            raise Problem(_("A person gives their own estimate."))
        if asked is None:
            raise Problem(_("Say a month or a quarter, such as 2026-11 or 2026-Q4."))
        if asked.end < now().date():
            raise Problem(_("This period is over. Choose one that is not."))
        estimate = cls(user_id=actor.user_id, period=asked.key, amount=amount, currency=base_currency())
        estimate.check_facts()
        estimate.save(force_insert=True)
        return estimate
