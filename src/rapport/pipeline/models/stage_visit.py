"""Stage visits: the completed stays of opportunities in stages; the present stay is on the opportunity itself."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record

from .opportunity import Opportunity
from .stage import Stage

if TYPE_CHECKING:
    from uuid import UUID


class StageVisit(Record):
    """From when to when an opportunity stood in a stage it has left; written by the verb that moved it."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="stage_visits", verbose_name=_("opportunity")
    )
    stage = models.ForeignKey(
        Stage, on_delete=models.CASCADE, related_name="visits", verbose_name=_("stage"), db_index=False
    )
    entered_at = models.DateTimeField(_("entered"))
    left_at = models.DateTimeField(_("left"))

    if TYPE_CHECKING:
        opportunity_id: UUID
        stage_id: UUID

    class Meta:
        verbose_name = _("stage visit")
        verbose_name_plural = _("stage visits")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """As for opportunities."""
        return Opportunity.restricts(actor)

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """Those of the opportunities one sees."""
        return models.Q(opportunity__in=Opportunity.objects.visible_to(actor))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may change the opportunity."""
        return self.opportunity.may_be_changed_by(actor)
