"""What a person answered before a machine's proposal was shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb

from .proposal import Proposal


class OwnAnswer(Record):
    """One answer: the values a person would set, or whether they would do it; empty when they don't know.

    `agrees` says whether the machine proposed the same; it is empty when the person didn't know.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="own_answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(max_length=3, blank=True, choices=[("yes", _("yes")), ("no", _("no"))])
    agrees = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(default=now)

    if TYPE_CHECKING:
        proposal_id: UUID
        user_id: UUID

    class Meta:
        verbose_name = _("own answer")
        verbose_name_plural = _("own answers")
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="own_answer_is_given_once")]

    @property
    def title(self) -> str:
        """What it is."""
        return str(self._meta.verbose_name)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """How somebody judges is private to them."""
        return actor.kind is not ActorKind.SYSTEM

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id)

    @classmethod
    @verb(label=_("Answer before the machine"), past=_("answered before the machine"), risk=Risk.IRREVERSIBLE)
    def give(cls, *, proposal: Proposal, values: Mapping[str, Any] | None = None, verdict: str = "") -> "OwnAnswer":
        """Keep what the person would do, before they see what the machine proposes; nothing means “I don't know”."""
        from ..own_answers import agreement, as_kept

        actor = current_actor()
        if actor.kind is not ActorKind.HUMAN or actor.user_id is None:
            raise Problem(_("A person answers before the machine."))
        if not proposal.is_open:
            raise Problem(_("This proposal was decided already, or has expired."))
        if cls._base_manager.filter(proposal=proposal, user_id=actor.user_id).exists():
            raise Problem(_("You answered already."))
        kept = as_kept(proposal, values or {})
        answer = cls(proposal=proposal, user_id=actor.user_id, values=kept, verdict=verdict)
        answer.agrees = agreement(proposal, kept, verdict)
        answer.check_facts()
        answer.save(force_insert=True)
        return answer
