"""Proposals: verb calls of machines that wait for a person, and what became of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.scopes import in_scope
from rapport.core.verbs import VERBS, Risk, verb
from rapport.governance.dictionary import entries

from .machine_run import MachineRun


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    PENDING = "pending", _("waits")
    ACCEPTED = "accepted", _("accepted")
    EDITED = "edited", _("edited and accepted")
    REJECTED = "rejected", _("rejected")
    STALE = "stale", _("overtaken")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Proposal(Record):
    """One verb call that waits: what would be done, on what grounds, who is asked, and the decision.

    `arguments` hold the call as `calls` writes it, `before` the values that it would replace, `rests_on` prints of the
    records that must be as they were. `fields` are the fields it sets ("person.phone"): who doesn't see them all
    doesn't see it. `event_id` is the event that carrying it out became.
    """

    run = models.ForeignKey(MachineRun, on_delete=models.PROTECT, related_name="proposals")
    action = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    verb_name = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True, blank=True)
    subject_title = models.CharField(max_length=300, blank=True)
    arguments = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    rests_on = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    why = models.TextField(blank=True)
    words = models.JSONField(default=dict, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    estimator = models.CharField(max_length=120, blank=True)
    cost = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64)
    proposed_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    saw_sources = models.BooleanField(default=False)
    is_plant = models.BooleanField(default=False)
    in_bulk = models.BooleanField(default=False)
    edits = models.JSONField(default=dict, blank=True)
    edit_distance = models.FloatField(null=True, blank=True)
    reason_code = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    event_id = models.BigIntegerField(null=True, blank=True)

    if TYPE_CHECKING:
        run_id: UUID
        asked_id: UUID | None
        decided_by_id: UUID | None

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["asked", "-id"], name="proposal_waits", condition=Q(state="pending")),
            models.Index(fields=["subject_id", "-id"], name="proposal_of_subject"),
            models.Index(fields=["fingerprint"], name="proposal_print"),
            models.Index(fields=["action", "-decided_at"], name="proposal_decided", condition=~Q(decided_at=None)),
            models.Index(fields=["event_id"], name="proposal_event", condition=~Q(event_id=None)),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What would be done to what."""
        declared = VERBS.get(str(values.get("verb_name")))
        label = declared.label if declared else values.get("verb_name") or ""
        return f"{label}: {values.get('subject_title') or ''}".removesuffix(": ")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """A proposal tells of a record and its fields: who doesn't see all of these doesn't see all proposals."""
        return actor.kind is not ActorKind.SYSTEM and (not actor.sees_everything or bool(actor.hidden_fields))

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """Those about records that the actor sees, or asked of the actor; none that sets a field hidden from them."""
        if actor.user_id is None:
            return Q(pk__in=[])
        types = [key for key, entry in entries().items() if entry.importable and key in RECORD_TYPES]
        seen = in_scope(actor, types, type_column="subject_type", id_column="subject_id")
        reach = Q(asked_id=actor.user_id) | (seen & ~Q(subject_id=None)) | Q(decided_by_id=actor.user_id)
        if actor.may("machinerun.oversee"):
            reach |= Q(subject_id=None)
        if not actor.hidden_fields:
            return reach
        return reach & ~Q(fields__has_any_keys=sorted(actor.hidden_fields))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever sees it; carrying it out asks for the rights to the record itself."""
        return actor.kind is ActorKind.SYSTEM or type(self).objects.visible_to(actor).filter(pk=self.pk).exists()

    @property
    def is_open(self) -> bool:
        """Whether it can be decided."""
        return self.state == ProposalState.PENDING and self.expires_at > now()

    @classmethod
    @verb(label=_("Propose"), past=_("proposed"))
    def park(cls, **values: Any) -> Self:
        """Keep a call of a machine until a person decides."""
        proposal = cls(**values)
        proposal.check_facts()
        proposal.save(force_insert=True)
        return proposal

    @verb(label=_("Accept"), past=_("accepted"), risk=Risk.IRREVERSIBLE)
    def accept(self, *, edits: Mapping[str, Any] | None = None, seen: Mapping[str, Any] | None = None) -> None:
        """Carry it out with the rights of whoever accepts, with some of its arguments changed if `edits` says so.

        Raises `Problem` when it can no longer be decided, and what the verb itself refuses. What was proposed by the
        machine is undone by the event that it became, not by this one.
        """
        from ..carrying import carry_out, edited

        self._decide(ProposalState.EDITED if edits else ProposalState.ACCEPTED, seen)
        if self.is_plant:
            self.save()
            return
        call = edited(self, edits or {})
        self.edits, self.edit_distance = call.edits, call.distance
        self.event_id = carry_out(self, call.arguments).pk
        self.save()

    @verb(label=_("Reject"), past=_("rejected"))
    def reject(self, *, code: str = "", reason: str = "", seen: Mapping[str, Any] | None = None) -> None:
        """Say no to it, and perhaps why."""
        from ..reviewing import review
        from ..trust import SEVERE

        self._decide(ProposalState.REJECTED, seen)
        self.reason_code, self.reason = code, reason.strip()
        self.save()
        if code == SEVERE and not self.is_plant:
            review(self.action)

    @verb(label=_("Set aside"), past=_("set aside"))
    def set_aside(self, *, state: str) -> None:
        """Take it off the lists without a decision: it was overtaken, expired or withdrawn."""
        if self.state == ProposalState.PENDING:
            self.state, self.decided_at = state, now()
            self.save()

    def _decide(self, state: ProposalState, seen: Mapping[str, Any] | None) -> None:
        from ..own_answers import refuse_unanswered

        actor, seen = current_actor(), seen or {}
        if actor.kind is ActorKind.AI:
            raise Forbidden(_("A person decides about proposals."))
        if not self.is_open:
            raise Problem(_("This proposal was decided already, or has expired."))
        refuse_unanswered(self, actor.user_id)
        self.state, self.decided_by_id, self.decided_at = state, actor.user_id, now()
        self.seconds = seen.get("seconds")
        self.saw_sources, self.in_bulk = bool(seen.get("sources")), bool(seen.get("bulk"))
