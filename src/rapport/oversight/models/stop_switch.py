"""The switch that stops machines: all, an action, an agent, an estimator, a team's, or all that concerns a record."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb

from ..commits import wait_for_commits


class StopSwitch(Record):
    """One switch. `key` is "instance", "action:quality.merge", "agent:Data quality",
    "estimator:rules.country", "team:<id>" or "record:<id>".

    The row is read at the commit of whatever a machine writes (see the migrations): once pulling it has been
    answered, nothing of a machine within its reach is committed any more.
    """

    key = models.CharField(max_length=100, unique=True)
    is_pulled = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("stop switch")
        verbose_name_plural = _("stop switches")

    @property
    def title(self) -> str:
        """What it stops."""
        return self.key

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everybody who is signed in sees which machines are stopped."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Stop machines"), past=_("stopped machines"), risk=Risk.IRREVERSIBLE)
    def pull(cls, *, key: str, reason: str = "") -> "StopSwitch":
        """Stop at once what the key names; when this is answered, nothing more of it is committed."""
        switch = cls._base_manager.select_for_update().filter(key=key).first() or cls(key=key)
        switch.turn(is_pulled=True, reason=reason)
        transaction.on_commit(wait_for_commits)
        return switch

    @verb(label=_("Let machines go on"), past=_("let machines go on"), risk=Risk.IRREVERSIBLE)
    def release(self, *, reason: str) -> None:
        """Let machines go on; a person says why."""
        if not reason.strip():
            raise Problem(_("Say why machines may go on."))
        if current_actor().kind not in (ActorKind.HUMAN, ActorKind.SYSTEM):
            raise Problem(_("A person lets machines go on."))
        self.turn(is_pulled=False, reason=reason)

    def turn(self, *, is_pulled: bool, reason: str) -> None:
        """Within a verb: set it, and note who did and when."""
        self.is_pulled, self.reason = is_pulled, reason.strip()
        self.changed_at, self.changed_by_id = now(), current_actor().user_id
        self.check_facts()
        self.save()
