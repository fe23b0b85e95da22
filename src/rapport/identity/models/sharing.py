"""Sharing one record: verbs of every owned record, so that its history tells with whom it was shared."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor, current_actor
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

from .share import Share
from .team import Team
from .user import User

WHEN_SHARED: list[Callable[[Record, Share], None]] = []


class Shareable(models.Model):
    """Adds the verbs that share a record and take it back; activities follow what they are about instead."""

    is_shareable: ClassVar[bool] = True

    class Meta:
        abstract = True

    @verb(label=pgettext_lazy("to share a record", "Share"), past=_("shared"), permission=".change")
    def share_with(
        self,
        *,
        user: User | None = None,
        team: Team | None = None,
        may_edit: bool = False,
        until: date | None = None,
    ) -> Share:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        assert isinstance(self, Record)
        self._refuse_passing_on(current_actor())
        if (user is None) == (team is None):
            raise ValidationError({"user": _("Choose a person or a team.")})
        known = Share.objects.filter(record_id=self.pk, user=user, team=team).first()
        share = known or Share(for_type=self.record_type, record_id=self.pk, user=user, team=team)
        share.may_edit, share.until, share.shared_by_id = may_edit, until, current_actor().user_id
        share.check_facts()
        share.save()
        for follow in WHEN_SHARED:
            follow(self, share)
        return share

    @verb(label=_("Stop sharing"), past=_("stopped sharing"), permission=".change")
    def stop_sharing(self, share_id: UUID) -> None:
        """Take a share back; whoever had it sees the record no longer from the next page on."""
        assert isinstance(self, Record)
        self._refuse_passing_on(current_actor())
        share = Share.objects.filter(record_id=self.pk, pk=share_id).first()
        if share is None:
            raise Problem(_("This is shared no longer. Reload the page."))
        share.delete()

    def _refuse_passing_on(self, actor: Actor) -> None:
        """What was only shared with somebody they don't share further."""
        if not self.is_shareable:
            raise Problem(_("This can't be shared alone: share what it is about."))
        if not self.is_reached_by(actor):
            raise Forbidden(_("This was shared with you; ask its owner to share it further."))

    def is_reached_by(self, actor: Actor) -> bool:
        """Whether owner, team or rule give the actor the record, sharing and territories apart."""
        raise NotImplementedError


def shares_of(record: Record) -> "models.QuerySet[Share]":
    """With whom a record is shared, in the order in which it was done."""
    return Share.objects.filter(record_id=record.pk).select_related("user", "team").order_by("id")
